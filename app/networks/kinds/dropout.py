"""A dropout, once the network has been trained."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.dropout import DropoutTrace, trace_dropout
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape

NOTE = "Dropout leaves every value as it is once a network has been trained."


class DropoutKind(Kind):
    """What drops values in training and none afterwards."""

    name = "Dropout"
    modules = (nn.Dropout,)
    is_pointwise = True
    trace_type = DropoutTrace

    def facts(self, module: nn.Dropout, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape and the view of what comes in."""
        read = only(inputs)
        return Facts({"p": module.p}, output_shape=read.shape, view=read.view, note=NOTE)

    def trace(self, module: nn.Dropout, inputs: Sequence[Tensor], at: Position) -> DropoutTrace:
        """The number that came in."""
        return trace_dropout(only(inputs), module.p, at.channel, at.row, at.column)
