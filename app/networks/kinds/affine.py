"""A number added to each value, taken off it, or multiplied with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from torch import Tensor

from app.mechanics.activation import AffineTrace, trace_activation
from app.networks.kinds.activation import ActivationKind
from app.networks.kinds.kind import only
from app.networks.modules import Affine
from app.networks.position import Position

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

    def trace(self, module: Any, inputs: Sequence[Tensor], at: Position) -> AffineTrace:
        """The number that came in, and what the operator makes of it."""
        number, sign = "{number}", _WRITTEN[module.operator]
        written = f"{number} {sign} {{0}}" if module.is_first else f"{{0}} {sign} {number}"
        place = (at.channel, at.row, at.column)
        settings = {"number": float(module.number)}
        return trace_activation(AffineTrace, module.forward, written, only(inputs), place, settings)
