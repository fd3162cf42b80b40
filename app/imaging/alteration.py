"""A network's input turned, shifted and made noisy, to see what the network relies on."""

from __future__ import annotations

from math import cos, radians, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.imaging.decoded_image import Image
from app.imaging.prepared_image import Mapping, Prepared, Scale, Step, axis_mapping

_SEED = 0


class Alteration(NamedTuple):
    """What is done to a prepared image, in this order.

    `turn`: degrees against the clock, about the middle; `right`, `down`: pixels by which it is
    shifted; `noise`: the standard deviation of what is added to each value, the same every time.
    """

    turn: float = 0.0
    right: int = 0
    down: int = 0
    noise: float = 0.0


NOTHING = Alteration()


def alter(
    prepared: Prepared, alteration: Alteration, scale: Scale, fill: tuple[float, ...]
) -> Prepared:
    """The prepared image with an alteration, and a step that says so before it is normalized.

    Args:
        scale: of the network, for the last step anew.
        fill: for each channel, what stands where nothing of the image is.
    """
    if alteration == NOTHING:
        return prepared
    ground = np.array(fill, dtype=np.float32)[:, np.newaxis, np.newaxis]
    image = prepared.image - ground
    if alteration.turn:
        image = turned(image, alteration.turn)
    image = shifted(image, alteration.right, alteration.down) + ground
    if alteration.noise:
        chance = np.random.default_rng(_SEED).standard_normal(image.shape, dtype=np.float32)
        image = image + np.float32(alteration.noise) * chance
    image = np.clip(image, 0, 1).astype(np.float32, copy=False)
    *steps, normalized = prepared.steps
    return prepared._replace(
        image=image,
        steps=(
            *steps,
            Step("altered", _detail(alteration), image),
            normalized._replace(image=scale.normalize(image)),
        ),
        mapping=_moved(prepared.mapping, alteration),
    )


def shifted(image: Image, right: int, down: int) -> Image:
    """The image moved by whole pixels, 0 where nothing of it is.

    Shape: (C, H, W) → the same
    """
    _, height, width = image.shape
    moved = np.zeros_like(image)
    to_rows, from_rows = _overlap(down, height)
    to_columns, from_columns = _overlap(right, width)
    moved[:, to_rows, to_columns] = image[:, from_rows, from_columns]
    return moved


def turned(image: Image, degrees: float) -> Image:
    """The image turned against the clock about its middle, 0 where nothing of it is.

    Each pixel is a mixture of the four nearest to where it was, by how near they are.

    Shape: (C, H, W) → the same

    Source: PyTorch's `grid_sample`, bilinear, zeros beyond the edge, align_corners=False.
    """
    _, height, width = image.shape
    x, y = np.arange(width) - (width - 1) / 2, np.arange(height)[:, np.newaxis] - (height - 1) / 2
    cosine, sine = cos(radians(degrees)), sin(radians(degrees))
    columns = cosine * x - sine * y + (width - 1) / 2
    rows = sine * x + cosine * y + (height - 1) / 2
    left, top = np.floor(columns), np.floor(rows)
    result = np.zeros(image.shape)
    for row, row_share in ((top, 1 - (rows - top)), (top + 1, rows - top)):
        for column, share in ((left, 1 - (columns - left)), (left + 1, columns - left)):
            result += _values(image, row, column) * (row_share * share)
    return result.astype(np.float32)


def _values(image: Image, rows: NDArray[np.float64], columns: NDArray[np.float64]) -> Image:
    """The pixels at places, 0 beyond the edge."""
    _, height, width = image.shape
    is_inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    at = np.where(is_inside, rows, 0).astype(int), np.where(is_inside, columns, 0).astype(int)
    return np.where(is_inside, image[:, *at], np.float32(0))


def _overlap(by: int, size: int) -> tuple[slice, slice]:
    """Where along an axis a moved image lies, and which part of it."""
    by = min(max(by, -size), size)
    return slice(max(0, by), size + min(0, by)), slice(max(0, -by), size - max(0, by))


def _detail(alteration: Alteration) -> str:
    """What was done, in a sentence."""
    told = []
    if alteration.turn:
        way = "against the clock" if alteration.turn > 0 else "with the clock"
        told.append(f"turned {abs(alteration.turn):g}° {way}")
    if alteration.right:
        told.append(
            f"{abs(alteration.right)} px to the {'right' if alteration.right > 0 else 'left'}"
        )
    if alteration.down:
        told.append(f"{abs(alteration.down)} px {'down' if alteration.down > 0 else 'up'}")
    if alteration.noise:
        told.append(f"noise of deviation {alteration.noise:g} added")
    sentence = ", ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _moved(mapping: Mapping, alteration: Alteration) -> Mapping:
    """The way back to the source of an image that was shifted; a turn has none along the axes."""
    return {
        name: axis_mapping(axis["scale"], axis["offset"] - by * axis["scale"])
        for (name, axis), by in zip(
            mapping.items(), (alteration.right, alteration.down), strict=True
        )
    }
