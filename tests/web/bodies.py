"""Bodies that tests send: arrays, pictures, forms."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.imaging import samples

NPY = "application/x-npy"
SAFETENSORS = "application/x-safetensors"
JSON = "application/json"
PROBLEM = "application/problem+json"


def npy(values: NDArray[Any]) -> bytes:
    """An array as a .npy file."""
    buffer = io.BytesIO()
    np.save(buffer, values, allow_pickle=False)
    return buffer.getvalue()


def digit(name: str = "digit-7-0") -> NDArray[np.float32]:
    """A shipped digit, (1, 28, 28) in [0, 1]."""
    return samples.get_sample(name).image


def drawing() -> NDArray[np.uint8]:
    """A stroke as the page sends one: (280, 280), 255 is ink."""
    canvas = np.zeros((280, 280), np.uint8)
    canvas[60:220, 130:150] = 255
    return canvas


def png(values: NDArray[np.uint8]) -> bytes:
    """A picture as a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, format="PNG")
    return buffer.getvalue()


def form(content: bytes, name: str = "file", boundary: str = "frontier") -> tuple[bytes, str]:
    """A multipart body with one part, and its content type."""
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="x"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
