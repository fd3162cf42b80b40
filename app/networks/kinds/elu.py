"""An activation function that bends what is negative towards a lowest value."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from torch import nn

from app.mechanics.activation import ELUTrace, elu
from app.networks.kinds.activation import ActivationKind


class ELUKind(ActivationKind):
    """An activation function that bends what is negative towards a lowest value."""

    name = "ELU"
    modules = (nn.ELU,)
    trace_type = ELUTrace
    written = "max(0, {0}) + {alpha} · (exp(min(0, {0})) - 1)"

    def settings(self, module: Any) -> dict[str, Any]:
        """How far below 0 the lowest value is."""
        return {"alpha": float(module.alpha)}

    def function(self, module: nn.ELU) -> Callable[[float], float]:
        """ELU."""
        return partial(elu, **self.settings(module))
