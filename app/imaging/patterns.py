"""Images whose convolution one can tell by eye."""

import numpy as np
from numpy.typing import NDArray

from app.imaging.decoded_image import Image

SIDE = 28


def patterns() -> dict[str, Image]:
    """Every pattern under its name.

    Shape: (1, 28, 28) in [0, 1] each
    """
    rows, columns = np.mgrid[:SIDE, :SIDE]
    distance = np.hypot(rows - SIDE // 2, columns - SIDE // 2)
    drawn = {
        "impulse": distance == 0,  # gives back the kernel
        "ramp": columns / (SIDE - 1),
        "step-edge": columns >= SIDE // 2,
        "diagonal-edge": columns >= rows,
        "stripes": columns // 2 % 2,
        "checkerboard": (rows // 2 + columns // 2) % 2,
        "square": (np.abs(rows - 13.5) < 6) & (np.abs(columns - 13.5) < 6),
        "ring": np.clip(2.5 - np.abs(distance - 8), 0, 1),
        "blob": np.exp(-(distance**2) / (2 * 4.0**2)),
    }
    return {name: _as_image(values) for name, values in drawn.items()}


def _as_image(values: NDArray[np.generic]) -> Image:
    """The values with a channel axis."""
    return values.astype(np.float32)[np.newaxis]
