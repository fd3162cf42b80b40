"""Files in MNIST's format, small enough for a test."""

from __future__ import annotations

import hashlib
import math
import struct
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from app.training.mnist import MNIST, Collection, IdxFile


def idx_bytes(shape: tuple[int, ...], magic: int | None = None) -> bytes:
    """A file of that shape whose values count up."""
    kind = magic if magic is not None else 0x0800 + len(shape)
    header = struct.pack(f">{1 + len(shape)}i", kind, *shape)
    return header + bytes(i % 10 for i in range(math.prod(shape)))


def small(
    monkeypatch: pytest.MonkeyPatch, collection: Collection = MNIST, count: int = 20
) -> dict[str, bytes]:
    """Let a data set be `count` + 10 images of 3×3 for one test; returns the files by name."""
    contents: dict[str, bytes] = {}
    for key, file in list(collection.files.items()):
        number = count if key.startswith("train") else 10
        shape = (number, 3, 3) if key.endswith("images") else (number,)
        contents[file.name] = idx_bytes(shape)
        digest = hashlib.sha256(contents[file.name]).hexdigest()
        monkeypatch.setitem(collection.files, key, IdxFile(file.name, digest, shape))
    return contents


def write(contents: dict[str, bytes], data_dir: Path, collection: Collection = MNIST) -> None:
    """Put the files where the data set's are read from."""
    collection.directory(data_dir).mkdir(parents=True)
    for name, data in contents.items():
        (collection.directory(data_dir) / name).write_bytes(data)


def values(tensor: Tensor) -> Any:
    """A tensor's values as nested lists."""
    assert tensor.dtype == torch.uint8
    return tensor.tolist()
