"""What makes a picture another than those that a network was trained on: digits, or clothes."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

from app.imaging.cells import Cells
from app.imaging.ink import Grey, Ink
from app.imaging.pieces import InkGrid

# Each limit lies beyond every one of MNIST's 10,000 test digits as they come, and beyond what
# thick, thin, drawn and photographed ones have. Behind it, the most of any test digit, and what is
# to be told from it.
_MOST_GREY = 0.45  # 0.11; three of the shipped photographs 0.50, 0.67 and 0.76
_MOST_STROKES = 2.45  # 2.32, drawn thinly 2.38; the finer of the noises from 2.5
_MOST_PARTS = 5  # 5; specks all over a sheet 6 and more
_LEAST_PART = 0.03  # of all ink: what is less is a speck beside a digit
_WIDEST_SQUARE = 11  # 10, drawn very thickly 11; a filled square 20
# Half a sheet of ink in no more than a square of 10: a digit as thick covers 0.40 of its sheet.
_WIDE_SQUARE, _MOST_INK = 8, 0.45
# From and up to here on the way from dark to bright, a pixel is neither paper nor ink.
_GREY_FROM, _GREY_TO = 0.25, 0.75

# The same of Fashion-MNIST, by 400 of its test pictures; behind it, the least or the most of any.
# Empty is what differs by no more than this share of all tones from the ground.
_PAPER_TONES = 0.02
_LEAST_PAPER = 0.05  # 0.079; five of the six photographs up to 0.03, greyish noises as well
_MOST_CLOTHES_STROKES = 4.3  # 4.14; the sixth photograph 6.4, down to a fourth of its size 4.5

_ANYHOW = "hardly a digit, but read as one."
_ANYHOW_CLOTHES = "hardly one piece of clothing, but taken for one."


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be known beside a prediction: its kind as a name, and a sentence."""

    name: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        """The remark as plain values for JSON."""
        return {"name": self.name, "detail": self.detail}


def remark_on_ink(grid: InkGrid) -> Remark | None:
    """Why the ink of a picture is hardly that of digits, or None.

    Measured: none of MNIST's 10,000 test digits has one; all shipped photographs have, but for one
    reduced to 64 pixels, and all of 18 kinds of noise from 28 to 512 pixels. Smooth blots as large
    as a digit have none, for they may be one.
    """
    ink = grid.ink
    if ink.levels.is_blank or not grid.parts:
        return Remark("no_ink", "There is no ink in the picture.")
    grey = _grey_share(ink)
    if grey > _MOST_GREY:
        told = f"{100 * grey:.0f} % of the picture is neither paper nor ink: {_ANYHOW}"
        return Remark("no_paper", told)
    parts = sum(part.area >= _LEAST_PART * grid.cells.area for part in grid.parts)
    if parts > _MOST_PARTS:
        told = f"The ink is in {parts} parts, a digit's in one or two: {_ANYHOW}"
        return Remark("many_parts", told)
    strokes = _strokes_a_line(grid)
    if strokes > _MOST_STROKES:
        told = f"A line across the ink meets {strokes:.1f} strokes on average: {_ANYHOW}"
        return Remark("many_strokes", told)
    return None


def remark_on_clothes(grid: InkGrid) -> Remark | None:
    """Why a picture is hardly one of Fashion-MNIST, or None.

    Measured: none of 400 of its test pictures has one, and all shipped photographs have. What is
    black and white through and through may be a pattern, and has none.
    """
    ink = grid.ink
    if ink.levels.is_blank or not grid.parts:
        return Remark("no_ink", "There is nothing in the picture.")
    if _paper_share(ink) < _LEAST_PAPER:
        told = f"Less than {100 * _LEAST_PAPER:.0f} % of the picture is empty: {_ANYHOW_CLOTHES}"
        return Remark("no_paper", told)
    strokes = _strokes_a_line(grid)
    if strokes > _MOST_CLOTHES_STROKES:
        told = f"A line across meets {strokes:.1f} things on average: {_ANYHOW_CLOTHES}"
        return Remark("many_strokes", told)
    return None


def remark_on_pieces(count: int) -> Remark | None:
    """That several pieces are read as one, or None."""
    if count < 2:
        return None
    told = f"{count} pieces of ink are read as one digit; each can be read by itself."
    return Remark("several_pieces", told)


def remark_on_digit(centred: Grey, ink: Ink) -> Remark | None:
    """Why the ink in 28×28 is hardly that of strokes, or None."""
    side = _widest_square(Cells.of(centred > 0.5))
    share = float(np.count_nonzero(ink.sure)) / ink.grey.size
    if side > _WIDEST_SQUARE or (side > _WIDE_SQUARE and share > _MOST_INK):
        told = f"The ink fills a square of {side}×{side} of the 28×28 pixels: {_ANYHOW}"
        return Remark("filled", told)
    return None


class Subject(NamedTuple):
    """What the pictures are of that a network was trained on.

    Args:
        remark_on_ink: why a picture is hardly of it.
        remark_on_centred: why what is left of the ink in 28×28 is hardly of it.
        has_pieces: whether several of them may lie beside each other, each to be read by itself.
        has_border: whether lines along the edges of the sheet that they stand on are remarked upon
            where they are kept.
    """

    remark_on_ink: Callable[[InkGrid], Remark | None]
    remark_on_centred: Callable[[Grey, Ink], Remark | None]
    has_pieces: bool
    has_border: bool


DIGIT = Subject(remark_on_ink, remark_on_digit, has_pieces=True, has_border=True)
CLOTHES = Subject(
    remark_on_clothes, lambda _centred, _ink: None, has_pieces=False, has_border=False
)


def _paper_share(ink: Ink) -> float:
    """The share of a picture that is as its ground is."""
    darkest, brightest, sample = ink.tones
    up_to = sample.searchsorted(darkest + _PAPER_TONES * (brightest - darkest), "right")
    return float(up_to) / sample.size


def _grey_share(ink: Ink) -> float:
    """The share of a picture that is neither paper nor ink."""
    darkest, brightest, sample = ink.tones
    span = brightest - darkest
    limits = (darkest + _GREY_FROM * span, darkest + _GREY_TO * span)
    low, high = sample.searchsorted(limits).tolist()
    return float(high - low) / sample.size


def _strokes_a_line(grid: InkGrid) -> float:
    """How often a line across the ink enters it: the geometric mean of along rows and columns.

    Two lines a cell are looked at, as many on a small picture as on a large one.
    """
    if grid.side_px == 1:
        down, along = grid.cells.beginnings
    else:
        step, sure = grid.side_px // 2, grid.ink.sure
        down, _ = Cells.of(sure[:, ::step]).beginnings
        _, along = Cells.of(sure[::step]).beginnings
    return sqrt(down * along)


def _widest_square(cells: Cells) -> int:
    """The side of the largest square that is filled with cells."""
    stride, filled, side = cells.columns + 1, cells.bits, 0
    while filled:
        side += 1
        filled &= filled >> 1
        filled &= filled >> stride
    return side
