"""An activation function that bends every value into the range from -1 to 1."""

from __future__ import annotations

import math
from collections.abc import Callable

from torch import nn

from app.mechanics.activation import TanhTrace
from app.networks.kinds.activation import ActivationKind


class TanhKind(ActivationKind):
    """An activation function that bends every value into the range from -1 to 1."""

    name = "Tanh"
    modules = (nn.Tanh,)
    trace_type = TanhTrace
    written = "tanh({})"

    def function(self, module: nn.Tanh) -> Callable[[float], float]:
        """Tanh."""
        return math.tanh
