"""Lines along the edge of a picture: a drawn frame, a cell of a table, the dark edge of a scan."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from app.imaging.cells import Cells, Mask, Region, reduced
from app.imaging.ink import Grey, Ink, erased
from app.imaging.pieces import MOST_PARTS
from app.imaging.remarks import Remark

# Cells across the longer side of the picture.
_CELLS = 96
# A line begins no further from its edge than this, is no thicker than this, and covers so much of
# the edge's length; one that meets no other runs from edge to edge of the picture.
_MOST_DISTANCE = 0.2
_MOST_THICKNESS = 0.14
_LEAST_LENGTH = 0.75
_WHOLE_LENGTH = 0.95
# What a frame stands around is at least so long, and beside a single line it keeps so far from
# every edge, as ink on paper does: a digit cut out closely has strokes along the edges too.
_LEAST_INSIDE = 0.15
_LEAST_MARGIN = 0.02

_LEVEL = ("top", "bottom")
_SIDES = (*_LEVEL, "left", "right")


@dataclass(frozen=True, slots=True)
class Border:
    """The lines along a picture's edge: along which edges, and their pixels.

    Shape: mask (H, W)
    """

    sides: tuple[str, ...]
    mask: Mask

    @property
    def detail(self) -> str:
        """What is done about them, in a sentence."""
        return f"{self._subject} no ink: {np.count_nonzero(self.mask):,} pixels made paper."

    @property
    def remark(self) -> Remark:
        """What is to be known of them where nothing is done."""
        return Remark("border", f"{self._subject} kept as ink, and read with the digit.")

    @property
    def _subject(self) -> str:
        """What they are and where, as a sentence about them begins."""
        if len(self.sides) == len(_SIDES):
            return "A frame along all four edges is"
        *first, last = self.sides
        if not first:
            return f"A line along the {last} edge is"
        return f"Lines along the {', '.join(first)} and {last} edges are"

    def removed(self, grey: Grey, ink: Ink) -> Grey:
        """A grey image without them, as bright there as its paper."""
        return erased(grey, self.mask, ink.paper)


def find_border(ink: Ink) -> Border | None:
    """The lines along the edge of a picture, or None.

    A line is ink that hangs together and lies along one or more edges, with other ink apart from
    it: what touches the digit is the digit's, and a rectangle with nothing in it is a digit itself.
    """
    height, width = ink.grey.shape
    if not any(_may_run_along(side, ink) for side in _SIDES):
        return None
    side_px = -(-max(height, width) // _CELLS)
    grid = Cells.of(reduced(ink.levels.sure_ink(ink.grey), side_px))
    parts = list(islice(grid.components(), MOST_PARTS))
    lines = {part: found for part in parts if (found := _sides_of(part))}
    if not lines or len(parts) == MOST_PARTS:
        return None
    sides = tuple(side for side in _SIDES if any(side in found for found in lines.values()))
    rest = [part.box for part in parts if part not in lines]
    if not _stands_inside(rest, grid, is_framed=len(sides) == len(_SIDES)):
        return None
    bits = sum(part.bits for part in lines)
    line = Cells(grid.rows, grid.columns, bits)
    other = Cells(grid.rows, grid.columns, grid.bits & ~bits)
    mask = line.widened().mask & ~other.widened().mask | line.mask
    pixels = mask.repeat(side_px, axis=0).repeat(side_px, axis=1)[:height, :width]
    return Border(sides, pixels)


def _may_run_along(side: str, ink: Ink) -> bool:
    """Whether the outermost ink near a side is as long as a line there, be it one line or not."""
    height, width = ink.grey.shape
    top, left, bottom, right = ink.region
    start = {"top": top, "bottom": height - bottom, "left": left, "right": width - right}[side]
    depth, length = (height, width) if side in _LEVEL else (width, height)
    extent = ink.region.width if side in _LEVEL else ink.region.height
    if start > _MOST_DISTANCE * depth or extent < _LEAST_LENGTH * length:
        return False
    outermost = _turned(ink.sure, side)[: max(2, round(_MOST_THICKNESS * depth))]
    return bool(np.count_nonzero(outermost.any(axis=0)) >= _LEAST_LENGTH * length)


def _sides_of(part: Cells) -> tuple[str, ...]:
    """The edges along which a part runs; none where it is anything but lines along edges."""
    box, rows, columns = part.box, part.rows, part.columns
    if box.height < _LEAST_LENGTH * rows and box.width < _LEAST_LENGTH * columns:
        return ()
    mask, rest, found, lengths = part.mask, part.mask.copy(), [], []
    for side in _SIDES:
        # Turned so that the side is the top.
        turned, left = _turned(mask, side), _turned(rest, side)
        start = int(np.argmax(turned.any(axis=1)))
        end = start + max(2, round(_MOST_THICKNESS * len(turned)))
        length = float(turned[start:end].any(axis=0).mean())
        if start <= _MOST_DISTANCE * len(turned) and length >= _LEAST_LENGTH:
            found.append(side)
            lengths.append(length)
            left[start:end] = False
    if rest.any():
        return ()
    is_corner = bool(set(_LEVEL) & set(found)) and bool({"left", "right"} & set(found))
    return tuple(found) if is_corner or min(lengths, default=0) >= _WHOLE_LENGTH else ()


def _turned(mask: Mask, side: str) -> NDArray[np.bool_]:
    """A view of a mask with one of its sides at the top."""
    upright = mask if side in _LEVEL else mask.T
    return upright if side in ("top", "left") else upright[::-1]


def _stands_inside(boxes: list[Region], grid: Cells, *, is_framed: bool) -> bool:
    """Whether what is no line is something to read, and no digit cut out closely."""
    least = _LEAST_INSIDE * max(grid.rows, grid.columns)
    if not any(max(box.height, box.width) >= least for box in boxes):
        return False
    if is_framed:
        return True
    margin = _LEAST_MARGIN * max(grid.rows, grid.columns)
    return all(
        min(box.top, box.left, grid.rows - box.bottom, grid.columns - box.right) >= margin
        for box in boxes
    )
