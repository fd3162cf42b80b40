"""MNIST on disk: the four IDX files, what they must be, and how they become tensors."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

CREDIT = {
    "title": "MNIST",
    "authors": "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
    "license": "CC BY-SA 3.0",
}

IMAGES_MAGIC = 0x0803
LABELS_MAGIC = 0x0801


@dataclass(frozen=True)
class IdxFile:
    """One file of MNIST: its name, the SHA-256 of its uncompressed bytes, and its shape."""

    name: str
    sha256: str
    shape: tuple[int, ...]


FILES: dict[str, IdxFile] = {
    "train_images": IdxFile(
        "train-images-idx3-ubyte",
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        (60_000, 28, 28),
    ),
    "train_labels": IdxFile(
        "train-labels-idx1-ubyte",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        (60_000,),
    ),
    "test_images": IdxFile(
        "t10k-images-idx3-ubyte",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        (10_000, 28, 28),
    ),
    "test_labels": IdxFile(
        "t10k-labels-idx1-ubyte",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        (10_000,),
    ),
}


class DataError(ValueError):
    """A data set that is not there, or is not what it should be; the message is a sentence."""


def raw_directory(data_dir: Path) -> Path:
    """Where the IDX files lie: torchvision's own layout, so that both can read them."""
    return data_dir / "MNIST" / "raw"


def parse_idx(data: bytes, file: IdxFile) -> Tensor:
    """The numbers of one IDX file as a uint8 tensor of the file's shape.

    Raises: DataError when the checksum, the magic number, or the counts differ.
    """
    digest = hashlib.sha256(data).hexdigest()
    if digest != file.sha256:
        raise DataError(
            f"{file.name} has SHA-256 {digest}, but MNIST's has {file.sha256}: the file is damaged."
        )
    rank = len(file.shape)
    header = np.frombuffer(data, dtype=">i4", count=1 + rank)
    magic = IMAGES_MAGIC if rank == 3 else LABELS_MAGIC
    shape = tuple(int(size) for size in header[1:])
    if int(header[0]) != magic or shape != file.shape:
        raise DataError(f"{file.name} holds {shape} values, but MNIST's holds {file.shape}.")
    values = np.frombuffer(data, dtype=np.uint8, offset=header.nbytes)
    if values.size != math.prod(file.shape):
        raise DataError(
            f"{file.name} holds {values.size} values, but {math.prod(file.shape)} were announced."
        )
    return torch.from_numpy(values.reshape(file.shape).copy())


def read_mnist(data_dir: Path) -> dict[str, Tensor]:
    """MNIST's four tensors, each checked against its checksum and its count.

    Shape: train_images (60000, 28, 28), train_labels (60000,), test_images (10000, 28, 28),
    test_labels (10000,); all uint8.

    Raises: DataError when a file is missing or damaged.
    """
    directory = raw_directory(data_dir)
    tensors: dict[str, Tensor] = {}
    for key, file in FILES.items():
        path = directory / file.name
        if not path.is_file():
            raise DataError(
                f"MNIST is not complete: {file.name} is missing. Get it with: python -m app data"
            )
        tensors[key] = parse_idx(path.read_bytes(), file)
    return tensors


def mnist_is_complete(data_dir: Path) -> bool:
    """Whether all four files are there and whole."""
    try:
        read_mnist(data_dir)
    except DataError:
        return False
    return True


def data_sha256() -> str:
    """One checksum for the whole of MNIST: SHA-256 over the four files' own SHA-256."""
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in FILES.values())
    return hashlib.sha256(lines.encode()).hexdigest()
