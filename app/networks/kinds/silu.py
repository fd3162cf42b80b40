"""An activation function that takes each value times its own sigmoid."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from app.mechanics.activation import SiLUTrace, sigmoid
from app.networks.kinds.activation import ActivationKind


class SiLUKind(ActivationKind):
    """An activation function that takes each value times its own sigmoid."""

    name = "SiLU"
    modules = (nn.SiLU,)
    trace_type = SiLUTrace
    written = "{} · sigmoid"

    def function(self, module: nn.SiLU) -> Callable[[float], float]:
        """SiLU."""
        return lambda x: x * sigmoid(x)
