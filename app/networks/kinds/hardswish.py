"""An activation function that takes each value times a ramp from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from app.mechanics.activation import HardswishTrace, hardswish
from app.networks.kinds.activation import ActivationKind


class HardswishKind(ActivationKind):
    """An activation function that takes each value times a ramp from 0 to 1."""

    name = "Hardswish"
    modules = (nn.Hardswish,)
    trace_type = HardswishTrace
    written = "{} · ramp"

    def function(self, module: nn.Hardswish) -> Callable[[float], float]:
        """Hardswish."""
        return hardswish
