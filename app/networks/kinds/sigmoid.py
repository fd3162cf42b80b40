"""An activation function that bends every value into the range from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from app.mechanics.activation import SigmoidTrace, sigmoid
from app.networks.kinds.activation import ActivationKind


class SigmoidKind(ActivationKind):
    """An activation function that bends every value into the range from 0 to 1."""

    name = "Sigmoid"
    modules = (nn.Sigmoid,)
    trace_type = SigmoidTrace
    written = "sigmoid({})"

    def function(self, module: nn.Sigmoid) -> Callable[[float], float]:
        """Sigmoid."""
        return sigmoid
