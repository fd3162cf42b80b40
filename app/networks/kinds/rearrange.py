"""A layer that puts values in another order, or takes some of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from torch import Tensor

from app.mechanics.rearrangement import RearrangeTrace, trace_rearrange
from app.mechanics.window_spec import WindowSpec
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import View, extent_of
from app.networks.position import Position, Shape
from app.networks.rearrangement import Rearrange


class RearrangeKind(Kind):
    """Values in another order, or some of them: transposed, sliced, shuffled, repeated."""

    name = "Rearrange"
    modules = (Rearrange,)
    trace_type = RearrangeTrace

    def facts(self, module: Rearrange, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """Where each value comes from, and what the units see, where they keep their places."""
        read = only(inputs)
        shape = tuple(map(len, module.tables))
        return Facts(
            settings={"operation": module.title, "sources": [list(t) for t in module.tables]},
            output_shape=shape,
            view=_view(read, module.tables) or read.view.everywhere(extent_of(shape)),
        )

    def trace(self, module: Rearrange, inputs: Sequence[Tensor], at: Position) -> RearrangeTrace:
        """Where the number stood."""
        return trace_rearrange(only(inputs), module.tables, at.channel, at.row, at.column)


def _view(read: Incoming, tables: tuple[tuple[int, ...], ...]) -> View | None:
    """The view of maps whose rows and columns are those that were, or every second of them."""
    if len(read.shape) != 3 or len(tables) != 3:
        return None
    maps, rows, columns = tables
    width, area = read.shape[2], prod(read.shape[1:])
    down, across = _step(rows, width), _step(columns, 1)
    if down is None or across is None or any(first % area for first in maps):
        return None
    field = read.view.field.then(WindowSpec(kernel_size=(1, 1), stride=(down, across)))
    return View(field, (len(rows), len(columns)))


def _step(lines: tuple[int, ...], size: int) -> int | None:
    """How many lines lie from one to the next, where that is always as many."""
    step = lines[1] // size if len(lines) > 1 else 1
    return step if step > 0 and lines == tuple(i * step * size for i in range(len(lines))) else None
