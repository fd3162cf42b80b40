"""Pictures made of test digits: in frames, beside each other; and pictures of nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

Ink = NDArray[np.float32]
Pixels = NDArray[np.uint8]
SIDE = 280


def cut_out(digit: Pixels) -> Pixels:
    """A digit without the empty rows and columns around it."""
    rows, columns = (np.flatnonzero(digit.any(axis=axis)) for axis in (1, 0))
    return digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def enlarged(digit: Pixels, factor: float) -> Ink:
    """A digit as ink in [0, 1], its sides `factor` times as long."""
    height, width = (max(1, round(side * factor)) for side in digit.shape)
    large = Pillow.fromarray(digit).resize((width, height), Pillow.Resampling.BICUBIC)
    return _ink(np.asarray(large) / 255)


def in_the_middle(ink: Ink, height: int = SIDE, width: int = SIDE) -> Ink:
    """Ink in the middle of blank paper of 0."""
    paper = np.zeros((height, width), dtype=np.float32)
    top, left = (height - ink.shape[0]) // 2, (width - ink.shape[1]) // 2
    paper[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return paper


def side_by_side(inks: list[Ink], gap: int, drops: list[int], margin: int = 40) -> Ink:
    """Inks on one sheet with a gap between their boxes, each lower than the top by its drop."""
    height = max(ink.shape[0] + drop for ink, drop in zip(inks, drops, strict=True))
    width = sum(ink.shape[1] for ink in inks) + gap * (len(inks) - 1)
    paper = np.zeros((height + 2 * margin, width + 2 * margin), dtype=np.float32)
    left = margin
    for ink, drop in zip(inks, drops, strict=True):
        top = margin + drop
        paper[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
        left += ink.shape[1] + gap
    return paper


def framed(
    ink: Ink, width: float, distance: float = 0.0, sides: str = "tblr", degrees: float = 0.0
) -> Ink:
    """Ink with lines along some of its sides, their width and distance in parts of its own side.

    Four lines meet at their corners, one to three run on over the edge.
    """
    return _ink(np.maximum(ink, _lines(len(ink), width, distance, sides, degrees)))


@lru_cache(maxsize=16)
def _lines(length: int, width: float, distance: float, sides: str, degrees: float) -> Ink:
    """The lines alone, on a sheet of so many rows and columns."""
    scale = 4
    side = scale * length
    near, thick = round(distance * side), max(1, round(width * side))
    start, end = (near, side - near) if len(sides) == 4 else (-side, 2 * side)
    sheet = Pillow.new("L", (side, side))
    pen = ImageDraw.Draw(sheet)
    boxes = {
        "t": (start, near, end, near + thick),
        "b": (start, side - near - thick, end, side - near),
        "l": (near, start, near + thick, end),
        "r": (side - near - thick, start, side - near, end),
    }
    for name in sides:
        pen.rectangle(boxes[name], fill=255)
    turned = sheet.rotate(degrees, Pillow.Resampling.BICUBIC)
    return _ink(np.asarray(turned.resize((length, length), Pillow.Resampling.BOX)) / 255)


def with_dark_edge(ink: Ink, side: str, random: np.random.Generator) -> Ink:
    """Ink on a scan whose one edge is dark: a soft, slightly slanting band of up to 9 %."""
    length = len(ink)
    places = np.arange(length)
    edge = random.uniform(0.02, 0.07) * length + random.uniform(-0.02, 0.02) * (places - length / 2)
    edge += np.cumsum(random.normal(0, 0.1, length))
    band = np.clip((edge - places[:, np.newaxis]) / 3 + 0.5, 0, 1).astype(np.float32)
    turned = {"t": band, "b": band[::-1], "l": band.T, "r": band[::-1].T}[side]
    return _ink(np.maximum(ink, turned * random.uniform(0.7, 1)))


def noises(random: np.random.Generator, side: int) -> Iterator[tuple[str, Ink]]:
    """Pictures of nothing, each with what it is."""
    grains = random.random((side, side))
    yield "even", _ink(grains)
    yield "normal on grey", _ink(np.clip(random.normal(0.5, 0.1, (side, side)), 0, 1))
    yield "faint on grey", _ink(np.clip(random.normal(0.5, 0.02, (side, side)), 0, 1))
    for share in (0.05, 0.2, 0.5, 0.8):
        yield f"salt {share}", _ink(random.random((side, side)) < share)
    spectrum = np.fft.fft2(grains - grains.mean())
    across, down = np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side))
    frequency = np.hypot(across, down)
    for blur in (0.01, 0.02, 0.04, 0.08, 0.15):
        weight = np.exp(-2 * (np.pi * max(0.5, blur * side) * frequency) ** 2)
        clouds = _stretched(np.fft.ifft2(spectrum * weight).real)
        yield f"clouds {blur}", _ink(clouds)
        if blur <= 0.02:
            yield f"spots {blur}", _ink(clouds > np.quantile(clouds, 0.5))
            yield f"few spots {blur}", _ink(clouds > np.quantile(clouds, 0.8))
    frequency[0, 0] = 1
    for power in (1, 2):
        yield f"1/f^{power}", _ink(_stretched(np.fft.ifft2(spectrum / frequency**power).real))
    bars = np.arange(side) // max(1, side // 14) % 2
    yield "bars", _ink(np.tile(bars, (side, 1)))
    yield "squares", _ink(bars[:, np.newaxis] ^ bars)


def _stretched(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values from 0 to 1."""
    stretched: NDArray[np.float64] = (values - values.min()) / np.ptp(values)
    return stretched


def _ink(values: NDArray[np.generic]) -> Ink:
    """The values as ink."""
    return values.astype(np.float32)
