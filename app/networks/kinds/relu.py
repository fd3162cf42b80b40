"""An activation function that lets nothing negative through."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.activation import ReLUTrace, trace_relu
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class ReLUKind(Kind):
    """An activation function that lets nothing negative through."""

    name = "ReLU"
    modules = (nn.ReLU,)
    trace_type = ReLUTrace

    def facts(self, module: nn.ReLU, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape and the view of what comes in."""
        read = only(inputs)
        return Facts(settings={}, output_shape=read.shape, view=read.view)

    def trace(self, module: nn.ReLU, inputs: Sequence[Tensor], at: Position) -> ReLUTrace:
        """The number that came in, against 0."""
        return trace_relu(only(inputs), at.channel, at.row, at.column)
