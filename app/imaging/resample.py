"""An image in another size."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from app.imaging.decoded_image import Image

_REDUCING_GAP = 3.0
# A matrix for a longer axis takes more memory and time to make than it saves.
_LONGEST_AXIS = 512
# So many lines are made together: fewer are more calls, more are made of more zeros.
_LINES = 16


def resize(image: Image, height: int, width: int) -> Image:
    """The image with so many rows and columns; the same array where it has them already.

    Lanczos both ways: a reduction weighs all pixels it covers, so thin strokes turn grey instead of
    breaking up, and an enlargement of a few pixels stays steeper than a bilinear or bicubic one.
    A large reduction averages whole blocks first, down to three times the size: three times as
    fast, and no difference that one could see.

    Shape: (C, H, W) → (C, height, width)
    """
    if image.shape[1:] == (height, width):
        return image
    channels = [
        Pillow.fromarray(channel).resize(
            (width, height), Pillow.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP
        )
        for channel in np.asarray(image, dtype=np.float32)
    ]
    return np.stack([np.asarray(channel) for channel in channels])


def fit_within(height: int, width: int, side: int) -> tuple[int, int]:
    """The size whose longer side is `side` and whose shape is nearest to height:width.

    Example:
        >>> fit_within(140, 70, 20), fit_within(8, 3, 20)
        ((20, 10), (20, 8))
    """
    scale = side / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def thumbnail(image: Image, side: int) -> Image:
    """The image, made smaller where a side is longer than `side`; never larger.

    Shape: (C, H, W) → (C, H′, W′)

    Example:
        >>> thumbnail(np.zeros((1, 280, 140), dtype=np.float32), 64).shape
        (1, 64, 32)
    """
    _, height, width = image.shape
    if max(height, width) <= side:
        return image
    lowest, highest = image.min(), image.max()
    return np.clip(_shrink(image, *fit_within(height, width, side)), lowest, highest)


def _shrink(image: Image, height: int, width: int) -> Image:
    """What `resize` gives, to float32's last digits, in a third of the time.

    Resampling is linear and goes axis by axis, so it is a matrix on each side, and a drawing hand
    asks for the same two again and again.
    """
    channels, rows, columns = image.shape
    if max(rows, columns) > _LONGEST_AXIS:
        return resize(image, height, width)
    low = np.empty((channels, height, columns), dtype=np.float32)
    for band in _bands(rows, height):
        np.matmul(band.weights, image[:, band.taken], out=low[:, band.given])
    small = np.empty((channels, height, width), dtype=np.float32)
    for band in _bands(columns, width):
        small[..., band.given] = low[..., band.taken] @ band.weights.T
    return small


class _Band(NamedTuple):
    """Some of the wanted lines: which, the lines that they take of, and how much of each."""

    given: slice
    taken: slice
    weights: NDArray[np.float32]


@lru_cache(maxsize=128)
def _bands(size: int, wanted: int) -> tuple[_Band, ...]:
    """How `wanted` lines are made of `size` lines, as `resize` has it.

    A line takes only of those near it, so a few lines at a time are a product of a third the size.
    """
    weights = resize(np.eye(size, dtype=np.float32)[None], wanted, size).reshape(wanted, size)
    bands = []
    for start in range(0, wanted, _LINES):
        part = weights[start : start + _LINES]
        near = np.flatnonzero(np.any(part, axis=0))
        taken = slice(int(near[0]), int(near[-1]) + 1)
        bands.append(_Band(slice(start, start + len(part)), taken, part[:, taken].copy()))
    return tuple(bands)
