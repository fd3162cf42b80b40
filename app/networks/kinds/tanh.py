"""An activation function that bends every value into the range from -1 to 1."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.activation import TanhTrace, trace_tanh
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class TanhKind(Kind):
    """An activation function that bends every value into the range from -1 to 1."""

    name = "Tanh"
    modules = (nn.Tanh,)
    trace_type = TanhTrace

    def facts(self, module: nn.Tanh, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape and the view of what comes in."""
        read = only(inputs)
        return Facts(settings={}, output_shape=read.shape, view=read.view)

    def trace(self, module: nn.Tanh, inputs: Sequence[Tensor], at: Position) -> TanhTrace:
        """The number that came in, and its hyperbolic tangent."""
        return trace_tanh(only(inputs), at.channel, at.row, at.column)
