"""What is sent: a digit of the shipped set as it is, and as large as a drawing."""

from __future__ import annotations

import io
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.settings import get_settings

NPY = "application/x-npy"
JSON = "application/json"
SAFETENSORS = "application/x-safetensors"

Pixels: TypeAlias = NDArray[np.uint8]
# How many pixels of the paper one pixel of a digit becomes.
ENLARGED = 10


def digit() -> Pixels:
    """The first test digit of the shipped set.

    Shape: (28, 28), 255 is ink.
    """
    path = get_settings().models_dir / "mnist-subset" / "digits.npz"
    with np.load(path) as arrays:
        first: Pixels = arrays["test_images"][0]
    return first


def digit_body() -> bytes:
    """The digit as a `.npy` file of 28×28 bytes."""
    return npy_bytes(digit())


def drawn_body() -> bytes:
    """The digit as a `.npy` file of 280×280 bytes, as large as the page sends a drawing."""
    return npy_bytes(np.kron(digit(), np.ones((ENLARGED, ENLARGED), np.uint8)))


def npy_bytes(pixels: Pixels) -> bytes:
    """Pixels as a `.npy` file."""
    buffer = io.BytesIO()
    np.save(buffer, pixels, allow_pickle=False)
    return buffer.getvalue()
