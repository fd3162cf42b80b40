"""An array as the bytes of an image file."""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow


def encode_png(image: NDArray[Any]) -> bytes:
    r"""The PNG file of a grey or colour image; decoding it gives the same 8-bit values.

    Args:
        image: floats in [0, 1], what is outside cut off, or uint8.

    Shape: (H, W), (1, H, W) or (3, H, W)

    Raises: ValueError, for another shape.

    Example:
        >>> encode_png(np.zeros((2, 2)))[:4]
        b'\x89PNG'
    """
    channels = image[np.newaxis] if image.ndim == 2 else image
    if channels.ndim != 3 or channels.shape[0] not in (1, 3):
        raise ValueError(f"A PNG is made of (H, W), (1, H, W) or (3, H, W), not of {image.shape}.")
    if channels.dtype != np.uint8:
        channels = np.rint(np.clip(channels, 0, 1) * 255).astype(np.uint8)
    pixels = channels[0] if len(channels) == 1 else np.moveaxis(channels, 0, -1)
    file = io.BytesIO()
    Pillow.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG")
    return file.getvalue()
