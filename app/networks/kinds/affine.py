"""A number added to each value, taken off it, or multiplied with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.mechanics.activation import AffineTrace
from app.networks.kinds.activation import ActivationKind
from app.networks.modules import Affine

_WRITTEN = {"+": "+", "-": "-", "*": "·", "/": "/"}


class AffineKind(ActivationKind):
    """A number added to each value, taken off it, or multiplied with it."""

    name = "Affine"
    modules = (Affine,)
    trace_type = AffineTrace

    def settings(self, module: Any) -> dict[str, Any]:
        """The operator, the number, and which of the two operands that is."""
        return {
            "operator": module.operator,
            "number": float(module.number),
            "is_first": module.is_first,
        }

    def function(self, module: Affine) -> Callable[[float], float]:
        """The same operator."""
        return module.forward

    def call(self, module: Affine) -> str:
        """Both operands, in their order."""
        operands = ["{0}", "{number}"]
        if module.is_first:
            operands.reverse()
        return f" {_WRITTEN[module.operator]} ".join(operands)
