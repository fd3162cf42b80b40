"""An image in another size."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from app.imaging.decoded_image import Image

_REDUCING_GAP = 3.0
# Lanczos's window, in lines of what is coarser: the image, or what is made of it.
_LOBES = 3
# A matrix for a longer axis takes more memory and time to make than it saves.
_LONGEST_AXIS = 512
# So many lines are made together: fewer are more calls, more are made of more zeros. A few more
# than so many are not worth a second call.
_LINES, _FEW_LINES = 16, 24


def resize(image: Image, height: int, width: int) -> Image:
    """The image with so many rows and columns; the same array where it has them already.

    Lanczos both ways: a reduction weighs all pixels it covers, so thin strokes turn grey instead of
    breaking up, and an enlargement of a few pixels stays steeper than a bilinear or bicubic one.
    A large reduction averages whole blocks first, down to three times the size: three times as
    fast, and no difference that one could see.

    Resampling is linear and goes axis by axis, so it is a matrix on each side: in a fifth of
    Pillow's time, and to float32's last digits the same. Long axes are left to Pillow.

    Shape: (C, H, W) → (C, height, width)
    """
    channels, rows, columns = image.shape
    if (rows, columns) == (height, width):
        return image
    if max(rows, columns, height, width) > _LONGEST_AXIS:
        return _resize_by_pillow(image, height, width)
    low = np.empty((channels, height, columns), dtype=np.float32)
    small = np.empty((channels, height, width), dtype=np.float32)
    for channel, low_one, small_one in zip(image, low, small, strict=True):
        for band in _bands(rows, height):
            np.dot(band.weights, channel[band.taken], out=low_one[band.given])
        for band in _bands(columns, width):
            small_one[:, band.given] = np.dot(low_one[:, band.taken], band.weights.T)
    return small


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
    return np.clip(resize(image, *fit_within(height, width, side)), lowest, highest)


def _resize_by_pillow(image: Image, height: int, width: int) -> Image:
    """What `resize` gives, of axes of any length."""
    channels = [
        Pillow.fromarray(channel).resize(
            (width, height), Pillow.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP
        )
        for channel in np.asarray(image, dtype=np.float32)
    ]
    return np.stack([np.asarray(channel) for channel in channels])


class _Band(NamedTuple):
    """Some of the wanted lines: which, the lines that they take of, and how much of each."""

    given: slice
    taken: slice
    weights: NDArray[np.float32]


@lru_cache(maxsize=256)
def _bands(size: int, wanted: int) -> tuple[_Band, ...]:
    """How `wanted` lines are made of `size` lines.

    A line takes only of those near it, so a few lines at a time are a product of a third the size.
    """
    weights = _weights(size, wanted)
    bands = []
    together = wanted if wanted <= _FEW_LINES else _LINES
    for start in range(0, wanted, together):
        part = weights[start : start + together]
        near = np.flatnonzero(np.any(part, axis=0))
        taken = slice(int(near[0]), int(near[-1]) + 1)
        bands.append(_Band(slice(start, start + len(part)), taken, part[:, taken].copy()))
    return tuple(bands)


def _weights(size: int, wanted: int) -> NDArray[np.float32]:
    """How much each of `size` lines counts in each of `wanted` lines.

    A drawing hand asks for another size again and again, so only what is not zero is computed.

    Shape: (wanted, size)

    Source: Pillow's `Image.resize` with `LANCZOS` and a `reducing_gap`, which the tests hold it to.
    """
    if size == wanted:
        return np.eye(size, dtype=np.float32)
    block = max(1, int(size / wanted / _REDUCING_GAP))
    blocks = -(-size // block)
    step = size / block / wanted
    stretch = max(step, 1.0)
    centres = (np.arange(wanted) + 0.5)[:, np.newaxis] * step
    reach = int(_LOBES * stretch) + 1
    near = centres.astype(np.intp) + np.arange(-reach, reach + 1)
    away = (near + 0.5 - centres) / stretch
    is_in = (np.abs(away) < _LOBES) & (near >= 0) & (near < blocks)
    parts = np.where(is_in, _lanczos(away), 0)
    parts /= np.add.reduce(parts, axis=1, keepdims=True)
    weights = np.zeros((wanted, blocks + 2 * reach))
    weights[np.arange(wanted)[:, np.newaxis], near + reach] = parts
    weights = weights[:, reach : reach + blocks]
    if block > 1:
        lines = np.full(blocks, block)
        lines[-1] = size - block * (blocks - 1)
        weights = np.repeat(weights / lines, lines, axis=1)
    return weights.astype(np.float32)


def _lanczos(away: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lanczos's kernel, so many lines away from its middle, without its end at `_LOBES`."""
    angle = np.pi * np.where(away == 0, 1e-20, away)
    value: NDArray[np.float64] = np.sin(angle) * np.sin(angle / _LOBES) * _LOBES / (angle * angle)
    return value
