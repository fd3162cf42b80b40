"""An activation function that lets nothing negative through, and nothing above 6."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from app.mechanics.activation import ReLU6Trace, relu6
from app.networks.kinds.activation import ActivationKind


class ReLU6Kind(ActivationKind):
    """An activation function that lets nothing negative through, and nothing above 6."""

    name = "ReLU6"
    modules = (nn.ReLU6,)
    trace_type = ReLU6Trace
    written = "min(max(0, {}), 6)"

    def function(self, module: nn.ReLU6) -> Callable[[float], float]:
        """ReLU6."""
        return relu6
