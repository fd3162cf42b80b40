"""An activation function that bends every value into a range, and leaves 1 and -1 as they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from torch import nn

from app.mechanics.activation import ScaledTanhTrace
from app.networks.kinds.activation import ActivationKind
from app.networks.modules import ScaledTanh


class ScaledTanhKind(ActivationKind):
    """A hyperbolic tangent with its two factors."""

    name = "ScaledTanh"
    modules = (ScaledTanh,)
    trace_type = ScaledTanhTrace
    written = "1.7159 · tanh(2/3 · {})"

    def settings(self, module: nn.Module) -> dict[str, Any]:
        """Both factors."""
        return {"amplitude": ScaledTanh.amplitude, "slope": ScaledTanh.slope}

    def function(self, module: ScaledTanh) -> Callable[[float], float]:
        """The tangent, scaled before and after."""
        return lambda x: module.amplitude * math.tanh(module.slope * x)
