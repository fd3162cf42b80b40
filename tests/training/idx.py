"""Files in MNIST's format, small enough for a test."""

from __future__ import annotations

import hashlib
import math
import struct
from typing import Any

import pytest
import torch
from torch import Tensor

from app.training import mnist
from app.training.mnist import IdxFile


def idx_bytes(shape: tuple[int, ...], magic: int | None = None) -> bytes:
    """A file of that shape whose values count up."""
    kind = magic if magic is not None else 0x0800 + len(shape)
    header = struct.pack(f">{1 + len(shape)}i", kind, *shape)
    return header + bytes(i % 10 for i in range(math.prod(shape)))


def small_mnist(monkeypatch: pytest.MonkeyPatch, count: int = 20) -> dict[str, bytes]:
    """Let MNIST be `count` + 10 images of 3×3 for one test; returns the files by name."""
    contents: dict[str, bytes] = {}
    for key, file in list(mnist.FILES.items()):
        number = count if key.startswith("train") else 10
        shape = (number, 3, 3) if key.endswith("images") else (number,)
        contents[file.name] = idx_bytes(shape)
        digest = hashlib.sha256(contents[file.name]).hexdigest()
        monkeypatch.setitem(mnist.FILES, key, IdxFile(file.name, digest, shape))
    return contents


def values(tensor: Tensor) -> Any:
    """A tensor's values as nested lists."""
    assert tensor.dtype == torch.uint8
    return tensor.tolist()
