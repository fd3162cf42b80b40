"""An activation function that lets little of what is negative through."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from torch import nn

from app.mechanics.activation import LEAKY, LeakyReLUTrace, leaky_relu
from app.networks.kinds.activation import ActivationKind


class LeakyReLUKind(ActivationKind):
    """An activation function that lets little of what is negative through."""

    name = "LeakyReLU"
    modules = (nn.LeakyReLU,)
    trace_type = LeakyReLUTrace
    written = LEAKY

    def settings(self, module: Any) -> dict[str, Any]:
        """How much of a negative number is let through."""
        return {"negative_slope": float(module.negative_slope)}

    def function(self, module: nn.LeakyReLU) -> Callable[[float], float]:
        """Leaky ReLU."""
        return partial(leaky_relu, **self.settings(module))
