"""An activation function that lets nothing negative through."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from app.mechanics.activation import ReLUTrace, relu
from app.networks.kinds.activation import ActivationKind


class ReLUKind(ActivationKind):
    """An activation function that lets nothing negative through."""

    name = "ReLU"
    modules = (nn.ReLU,)
    trace_type = ReLUTrace
    written = "max(0, {})"

    def function(self, module: nn.ReLU) -> Callable[[float], float]:
        """ReLU."""
        return relu
