"""What stands among the arguments of a call in a network's forward."""

from __future__ import annotations

from math import isfinite
from typing import Any

from torch import Tensor, nn


class Activation:
    """Where an activation stands among the arguments of a call."""


def finite(number: Any) -> float:
    """A number of Python's, and no tensor."""
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not isfinite(number):
        raise TypeError("It is no number.")
    return number


def own(tensor: Tensor) -> Tensor:
    """A tensor that the network has, and does not compute from the image."""
    if not isinstance(tensor, Tensor):
        raise TypeError("It is computed from the image.")
    return tensor


def with_tensors(module: nn.Module, **tensors: Tensor | None) -> nn.Module:
    """The module with these very tensors, and no copies of them."""
    for name, tensor in tensors.items():
        if tensor is None:
            continue
        data = own(tensor).detach()
        is_parameter = name in module._parameters
        setattr(module, name, nn.Parameter(data, requires_grad=False) if is_parameter else data)
    return module
