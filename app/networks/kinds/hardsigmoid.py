"""An activation function that bends every value into the range from 0 to 1, along a ramp."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from app.mechanics.activation import HardsigmoidTrace, hardsigmoid
from app.networks.kinds.activation import ActivationKind


class HardsigmoidKind(ActivationKind):
    """An activation function that bends every value into the range from 0 to 1, along a ramp."""

    name = "Hardsigmoid"
    modules = (nn.Hardsigmoid,)
    trace_type = HardsigmoidTrace
    written = "min(max(0, {} + 3), 6) / 6"

    def function(self, module: nn.Hardsigmoid) -> Callable[[float], float]:
        """Hard sigmoid."""
        return hardsigmoid
