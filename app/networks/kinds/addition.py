"""A sum of maps, as where a residual connection ends."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from app.mechanics.addition import AddTrace, trace_add
from app.mechanics.errors import MechanicsError
from app.networks.kinds.kind import Facts, Incoming, Kind
from app.networks.kinds.view import joined
from app.networks.modules import Add
from app.networks.position import Position, Shape, times


class AddKind(Kind):
    """A sum of maps of one shape."""

    name = "Add"
    modules = (Add,)
    trace_type = AddTrace

    def facts(self, module: Add, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape of each input, and a view that holds those of all."""
        shapes = {each.shape for each in inputs}
        if len(shapes) > 1:
            raise MechanicsError(
                f"Maps of {' and '.join(map(times, sorted(shapes)))} are added by repeating some."
            )
        view = joined([each.view for each in inputs])
        return Facts(settings={}, output_shape=inputs[0].shape, view=view)

    def trace(self, module: Add, inputs: Sequence[Tensor], at: Position) -> AddTrace:
        """The value of each input at the position."""
        return trace_add(inputs, at.channel, at.row, at.column)
