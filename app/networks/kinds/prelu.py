"""An activation function that has learned how much of what is negative it lets through."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.activation import PReLUTrace, trace_prelu
from app.mechanics.cost import prelu_parameters
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class PReLUKind(Kind):
    """A leaky ReLU whose slope was learned, one for each channel or one for all."""

    name = "PReLU"
    modules = (nn.PReLU,)
    is_pointwise = True
    trace_type = PReLUTrace

    def facts(self, module: nn.PReLU, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape and the view of what comes in."""
        read = only(inputs)
        return Facts(
            settings={"num_parameters": module.num_parameters},
            output_shape=read.shape,
            view=read.view,
            parameters=prelu_parameters(module.num_parameters),
        )

    def trace(self, module: nn.PReLU, inputs: Sequence[Tensor], at: Position) -> PReLUTrace:
        """The number that came in, and the slope of its channel."""
        place = (at.channel, at.row, at.column)
        return trace_prelu(only(inputs), module.weight, place)
