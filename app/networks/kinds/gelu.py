"""An activation function that takes each value times the normal distribution's share below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from app.mechanics.activation import GELUTrace, gelu, gelu_tanh
from app.networks.kinds.activation import ActivationKind

_FUNCTIONS = {"none": gelu, "tanh": gelu_tanh}
_WRITTEN = {
    "none": "{0} · Φ({0})",
    "tanh": "{0} · (1 + tanh(√(2/π) · ({0} + 0.044715 · {0}³))) / 2",
}


class GELUKind(ActivationKind):
    """An activation function that takes each value times the normal distribution's share below."""

    name = "GELU"
    modules = (nn.GELU,)
    trace_type = GELUTrace

    def call(self, module: nn.GELU) -> str:
        """The share by its name, or the tangent that stands for it."""
        return _WRITTEN[module.approximate]

    def settings(self, module: Any) -> dict[str, Any]:
        """Whether the share is computed by a hyperbolic tangent, which is quicker."""
        return {"approximate": module.approximate}

    def function(self, module: nn.GELU) -> Callable[[float], float]:
        """GELU, exact or by the tangent."""
        return _FUNCTIONS[module.approximate]
