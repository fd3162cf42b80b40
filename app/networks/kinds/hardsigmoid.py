"""An activation function that lays each value on a ramp from 0 at -3 to 1 at 3."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from app.mechanics.activation import HardsigmoidTrace, hardsigmoid
from app.networks.kinds.activation import ActivationKind


class HardsigmoidKind(ActivationKind):
    """An activation function that lays each value on a ramp from 0 at -3 to 1 at 3."""

    name = "Hardsigmoid"
    modules = (nn.Hardsigmoid,)
    trace_type = HardsigmoidTrace
    written = "min(max(0, {} + 3), 6) / 6"

    def function(self, module: nn.Hardsigmoid) -> Callable[[float], float]:
        """Hardsigmoid."""
        return hardsigmoid
