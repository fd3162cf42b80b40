"""The pieces of ink that lie beside each other: two digits on one sheet are two."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from app.imaging.cells import Cells, Mask, Region, bounds, reduced
from app.imaging.ink import Grey, Ink, erased

# Cells across the shorter side of all ink, so that a gap counts in parts of a digit's height; and
# at most so many across the longer one.
_CELLS = 24
_MOST_CELLS = 128
# What is lower than so much of the highest part belongs to another: a bar, a dot, a speck.
_LEAST_HEIGHT = 0.45
# Two parts are beside each other where their columns have no more in common than so much of the
# narrower one, and above each other where their rows lie apart by so much of the higher one.
_MOST_OVERLAP = 0.34
_LEAST_GAP = 0.25
# With more parts than this it is no writing; they are counted no further.
MOST_PARTS = 60


class NoSuchPiece(ValueError):
    """A piece that a picture does not have."""

    def __init__(self, count: int) -> None:
        have = {0: "no ink, hence no piece", 1: "one piece of ink: number 0"}
        told = have.get(count, f"{count} pieces of ink: numbers 0 to {count - 1}")
        super().__init__(f"The picture has {told}.")
        self.count = count


class Piece(NamedTuple):
    """One piece of ink: its part of the picture in pixels, and its share of all ink."""

    box: Region
    ink: float
    cells: Cells


class InkGrid(NamedTuple):
    """The ink on a grid of square cells that lies over its region, and the parts it is in.

    A part is what hangs together; a gap narrower than a cell is none.
    """

    ink: Ink
    side_px: int
    cells: Cells
    parts: tuple[Cells, ...]

    @classmethod
    def of(cls, ink: Ink) -> "InkGrid":
        """The grid over the ink of a picture, with at most `MOST_PARTS` parts."""
        shorter, longer = sorted((ink.region.height, ink.region.width))
        side = max(-(-shorter // _CELLS), -(-longer // _MOST_CELLS))
        cells = Cells.of(reduced(ink.sure, side))
        return cls(ink, side, cells, tuple(islice(cells.components(), MOST_PARTS)))

    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in the order one reads them; none on blank paper.

        Parts of one digit need not touch, as a 5 and its bar do not, so a piece is all parts that
        are not clearly beside or above each other; what is much lower than the highest part goes
        with the part it is nearest to.
        """
        if len(self.parts) <= 1 or len(self.parts) == MOST_PARTS:
            return self.whole()
        boxes = {part: part.box for part in self.parts}
        least = _LEAST_HEIGHT * max(box.height for box in boxes.values())
        groups = _grouped([part for part in self.parts if boxes[part].height >= least], boxes)
        for part in self.parts:
            if boxes[part].height < least:
                _nearest(groups, part, boxes).append(part)
        return tuple(_in_reading_order([self._piece(group) for group in groups]))

    def whole(self) -> tuple[Piece, ...]:
        """All ink as one piece, or none where there is none."""
        return (Piece(self.ink.region, 1.0, self.cells),) if self.parts else ()

    def only(self, piece: Piece) -> Grey:
        """The picture with the ink of one piece, that of all others made paper."""
        others = Cells(self.cells.rows, self.cells.columns, self.cells.bits & ~piece.cells.bits)
        beyond = others.widened().bits & ~piece.cells.widened().bits | others.bits
        region, part = self.ink.region, np.zeros(self.ink.grey.shape, dtype=np.bool_)
        part[region.top : region.bottom, region.left : region.right] = self._pixels(beyond)
        return erased(self.ink.grey, part, self.ink.paper)

    def _pixels(self, bits: int) -> Mask:
        """Some cells as pixels of the ink's region."""
        mask = Cells(self.cells.rows, self.cells.columns, bits).mask
        pixels = mask.repeat(self.side_px, axis=0).repeat(self.side_px, axis=1)
        return pixels[: self.ink.region.height, : self.ink.region.width]

    def _piece(self, parts: Sequence[Cells]) -> Piece:
        """Some parts as a piece."""
        cells = Cells(self.cells.rows, self.cells.columns, sum(part.bits for part in parts))
        sure = self.ink.sure & self._pixels(cells.bits)
        top, left, _, _ = self.ink.region
        box = bounds(sure)
        assert box is not None  # a cell is one because of sure ink in it
        box = Region(box.top + top, box.left + left, box.bottom + top, box.right + left)
        share = np.count_nonzero(sure) / np.count_nonzero(self.ink.sure)
        return Piece(box, share, cells)


def _grouped(parts: Sequence[Cells], boxes: dict[Cells, Region]) -> list[list[Cells]]:
    """The parts in groups, each of one digit: no two of its parts need be near, but a chain is."""
    groups: list[list[Cells]] = []
    for part in parts:
        near = [g for g in groups if not all(_is_apart(boxes[part], boxes[p]) for p in g)]
        groups = [group for group in groups if group not in near]
        groups.append([part, *(other for group in near for other in group)])
    return groups


def _is_apart(one: Region, other: Region) -> bool:
    """Whether two parts lie clearly beside each other or above each other."""
    common = min(one.right, other.right) - max(one.left, other.left)
    if common <= _MOST_OVERLAP * min(one.width, other.width):
        return True
    gap = max(one.top, other.top) - min(one.bottom, other.bottom)
    return gap >= _LEAST_GAP * max(one.height, other.height)


def _nearest(groups: Sequence[list[Cells]], part: Cells, boxes: dict[Cells, Region]) -> list[Cells]:
    """The group with a part to which there are the fewest cells from a part."""
    return min(groups, key=lambda group: min(_distance(boxes[p], boxes[part]) for p in group))


def _distance(one: Region, other: Region) -> int:
    """How many cells lie between two parts, along the axis on which they are further apart."""
    rows = max(one.top, other.top) - min(one.bottom, other.bottom)
    columns = max(one.left, other.left) - min(one.right, other.right)
    return max(rows, columns)


def _in_reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Line by line, each from the left; on one line is what begins above its first's middle."""
    rest, ordered = sorted(pieces, key=lambda piece: piece.box.top), []
    while rest:
        middle = (rest[0].box.top + rest[0].box.bottom) / 2
        line = [piece for piece in rest if piece.box.top <= middle]
        ordered += sorted(line, key=lambda piece: piece.box.left)
        rest = [piece for piece in rest if piece not in line]
    return ordered
