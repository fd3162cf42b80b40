"""What the units of a layer see of the network's input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.mechanics.padding import Pair
from app.mechanics.receptive_field import Box, ReceptiveField
from app.mechanics.shape import flatten_source
from app.networks.position import Position, Shape


@dataclass(frozen=True)
class View:
    """What the units of a layer see of the input, and over how many places they are spread.

    `extent` is the (height, width) of the layer's maps, kept through a flattening, so that a dense
    layer knows the whole of what it reads; (1, 1) where every unit sees the same. `flattened` is
    the (C, H, W) of the maps that a vector's units come from, where they still see only their part.
    """

    field: ReceptiveField
    extent: Pair
    flattened: tuple[int, int, int] | None = None

    def box(self, at: Position) -> Box:
        """The part of the input that the unit at one position sees."""
        row, column = at.row, at.column
        if self.flattened is not None:
            source = flatten_source(self.flattened, at.channel)
            row, column = source["row"], source["column"]
        return self.field.box(row, column)

    def reached(self, row: int, column: int) -> Box:
        """The places of the maps whose units see one pixel; of a vector, of the maps it was."""
        return self.field.reached(row, column, *self.extent)

    def whole(self) -> View:
        """The view of units that read all of this one's."""
        return View(self.field.then_whole(*self.extent), (1, 1))

    def everywhere(self, extent: Pair) -> View:
        """The view of units of which no more is known than that they may read all of this one's."""
        return View(self.field.everywhere(*self.extent), extent)


def joined(views: Sequence[View]) -> View:
    """The view of units that read those of several layers, each at its own position."""
    first, *others = views
    for other in others:
        if other != first:
            field = first.field.joined(other.field, *first.extent)
            first = replace(first, field=field)
    return first


def extent_of(shape: Shape) -> Pair:
    """The (height, width) of an activation's maps; (1, 1) of a vector."""
    return (shape[1], shape[2]) if len(shape) == 3 else (1, 1)
