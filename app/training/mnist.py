"""MNIST and Fashion-MNIST on disk: four IDX files each, and how they become tensors."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

IMAGES_MAGIC = 0x0803
LABELS_MAGIC = 0x0801


@dataclass(frozen=True)
class IdxFile:
    """One file of MNIST: its name, the SHA-256 of its uncompressed bytes, and its shape."""

    name: str
    sha256: str
    shape: tuple[int, ...]


class DataError(ValueError):
    """A data set that is not there, or is not what it should be; the message is a sentence."""


def parse_idx(data: bytes, file: IdxFile) -> Tensor:
    """The numbers of one IDX file as a uint8 tensor of the file's shape.

    Raises: DataError when the checksum, the magic number, or the counts differ.
    """
    digest = hashlib.sha256(data).hexdigest()
    if digest != file.sha256:
        raise DataError(
            f"{file.name} has SHA-256 {digest}, but {file.sha256} is right: the file is damaged."
        )
    rank = len(file.shape)
    header = np.frombuffer(data, dtype=">i4", count=1 + rank)
    magic = IMAGES_MAGIC if rank == 3 else LABELS_MAGIC
    shape = tuple(int(size) for size in header[1:])
    if int(header[0]) != magic or shape != file.shape:
        raise DataError(f"{file.name} holds {shape} values, but there must be {file.shape}.")
    values = np.frombuffer(data, dtype=np.uint8, offset=header.nbytes)
    if values.size != math.prod(file.shape):
        raise DataError(
            f"{file.name} holds {values.size} values, but {math.prod(file.shape)} were announced."
        )
    return torch.from_numpy(values.reshape(file.shape).copy())


@dataclass(frozen=True)
class Collection:
    """A data set made like MNIST: 60,000 + 10,000 grey images of 28×28 in ten classes.

    Args:
        name: under which it is asked for.
        title: how it is written; without its hyphen the name that torchvision has for it.
        images: how many there are of what, in words.
        credit: who made it, and its license.
        files: by what they hold.
    """

    name: str
    title: str
    images: str
    credit: dict[str, str]
    files: dict[str, IdxFile]

    @property
    def sha256(self) -> str:
        """One checksum for the whole: SHA-256 over the four files' own SHA-256."""
        lines = "".join(f"{file.sha256}  {file.name}\n" for file in self.files.values())
        return hashlib.sha256(lines.encode()).hexdigest()

    def directory(self, data_dir: Path) -> Path:
        """Where the IDX files lie: torchvision's own layout, so that both can read them."""
        return data_dir / self.title.replace("-", "") / "raw"

    def read(self, data_dir: Path) -> dict[str, Tensor]:
        """The four tensors, each checked against its checksum and its count.

        Shape: train_images (60000, 28, 28), train_labels (60000,), test_images (10000, 28, 28),
        test_labels (10000,); all uint8.

        Raises: DataError when a file is missing or damaged.
        """
        tensors: dict[str, Tensor] = {}
        for key, file in self.files.items():
            path = self.directory(data_dir) / file.name
            if not path.is_file():
                raise DataError(
                    f"{self.title} is not complete: {file.name} is missing. "
                    f"Get it with: {self.command}"
                )
            tensors[key] = parse_idx(path.read_bytes(), file)
        return tensors

    @property
    def command(self) -> str:
        """What gets it."""
        return "python -m app data" if self.name == "mnist" else f"python -m app data {self.name}"

    def is_complete(self, data_dir: Path) -> bool:
        """Whether all four files are there and whole."""
        try:
            self.read(data_dir)
        except DataError:
            return False
        return True


def _files(*sha256: str) -> dict[str, IdxFile]:
    """The four files of a collection, by their checksums."""
    parts = {
        "train_images": ("train-images-idx3-ubyte", (60_000, 28, 28)),
        "train_labels": ("train-labels-idx1-ubyte", (60_000,)),
        "test_images": ("t10k-images-idx3-ubyte", (10_000, 28, 28)),
        "test_labels": ("t10k-labels-idx1-ubyte", (10_000,)),
    }
    return {
        key: IdxFile(name, digest, shape)
        for (key, (name, shape)), digest in zip(parts.items(), sha256, strict=True)
    }


MNIST = Collection(
    name="mnist",
    title="MNIST",
    images="60,000 + 10,000 digits",
    credit={
        "title": "MNIST",
        "authors": "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
        "license": "CC BY-SA 3.0",
    },
    files=_files(
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)

FASHION = Collection(
    name="fashion-mnist",
    title="Fashion-MNIST",
    images="60,000 + 10,000 pictures of clothes",
    credit={
        "title": "Fashion-MNIST",
        "authors": "Han Xiao, Kashif Rasul, Roland Vollgraf (Zalando SE)",
        "license": "MIT",
    },
    files=_files(
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ),
)

COLLECTIONS = {collection.name: collection for collection in (MNIST, FASHION)}
