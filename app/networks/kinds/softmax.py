"""Logits as probabilities."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.mechanics.softmax import SoftmaxTrace, trace_softmax
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class SoftmaxKind(Kind):
    """Logits as probabilities."""

    name = "Softmax"
    modules = (nn.Softmax,)
    trace_type = SoftmaxTrace

    def facts(self, module: nn.Softmax, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape of the logits; every probability sees all of them."""
        read = only(inputs)
        if len(read.shape) != 1 or module.dim not in (1, -1):
            raise MechanicsError("Probabilities are explained of one row of logits alone.", "dim")
        settings = {"dim": module.dim}
        return Facts(settings=settings, output_shape=read.shape, view=read.view.whole())

    def trace(self, module: nn.Softmax, inputs: Sequence[Tensor], at: Position) -> SoftmaxTrace:
        """One exponential over the sum of all."""
        return trace_softmax(only(inputs), at.channel)
