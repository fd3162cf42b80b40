"""Functions of each value by itself, as the modules that mean the same.

Each is written with PyTorch's own signature, so that what does not fit it is refused by Python.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.networks.arguments import Activation, finite, own, with_tensors
from app.networks.modules import Affine


def _relu(input: Activation, inplace: bool = False) -> nn.Module:
    """ReLU."""
    return nn.ReLU()


def _tanh(input: Activation) -> nn.Module:
    """Tanh."""
    return nn.Tanh()


def _relu6(input: Activation, inplace: bool = False) -> nn.Module:
    """ReLU6."""
    return nn.ReLU6()


def _leaky_relu(
    input: Activation, negative_slope: float = 0.01, inplace: bool = False
) -> nn.Module:
    """Leaky ReLU."""
    return nn.LeakyReLU(negative_slope)


def _prelu(input: Activation, weight: Tensor) -> nn.Module:
    """PReLU, with slopes that are the network's own."""
    return with_tensors(nn.PReLU(len(own(weight))), weight=weight)


def _elu(input: Activation, alpha: float = 1.0, inplace: bool = False) -> nn.Module:
    """ELU."""
    return nn.ELU(alpha)


def _sigmoid(input: Activation) -> nn.Module:
    """Sigmoid."""
    return nn.Sigmoid()


def _silu(input: Activation, inplace: bool = False) -> nn.Module:
    """SiLU."""
    return nn.SiLU()


def _gelu(input: Activation, *, approximate: str = "none") -> nn.Module:
    """GELU."""
    return nn.GELU(approximate)


def _hardswish(input: Activation, inplace: bool = False) -> nn.Module:
    """Hard-swish."""
    return nn.Hardswish()


def _hardsigmoid(input: Activation, inplace: bool = False) -> nn.Module:
    """Hard sigmoid."""
    return nn.Hardsigmoid()


def _sub(input: Activation, other: float) -> nn.Module:
    """A number taken off."""
    return Affine("-", finite(other))


def _rsub(input: Activation, other: float) -> nn.Module:
    """What is left of a number."""
    return Affine("-", finite(other), is_first=True)


def _div(input: Activation, other: float, *, rounding_mode: str | None = None) -> nn.Module:
    """A division by a number."""
    if rounding_mode is not None or not finite(other):
        raise TypeError("It is rounded, or divided by 0.")
    return Affine("/", other)


def _neg(input: Activation) -> nn.Module:
    """The sign turned round, which times -1 is to the bit."""
    return Affine("*", -1)


POINTWISE: dict[Any, Callable[..., nn.Module]] = {
    **dict.fromkeys((torch.relu, torch.relu_, functional.relu, Tensor.relu, Tensor.relu_), _relu),
    **dict.fromkeys((torch.tanh, functional.tanh, Tensor.tanh, Tensor.tanh_), _tanh),
    functional.relu6: _relu6,
    **dict.fromkeys((functional.leaky_relu, functional.leaky_relu_), _leaky_relu),
    **dict.fromkeys((torch.prelu, functional.prelu, Tensor.prelu), _prelu),
    **dict.fromkeys((functional.elu, functional.elu_), _elu),
    **dict.fromkeys((torch.sigmoid, functional.sigmoid, Tensor.sigmoid), _sigmoid),
    **dict.fromkeys((torch.sub, Tensor.sub, Tensor.sub_), _sub),
    **dict.fromkeys((torch.rsub, Tensor.__rsub__), _rsub),
    **dict.fromkeys((torch.div, Tensor.div, Tensor.div_), _div),
    **dict.fromkeys((torch.neg, Tensor.neg, Tensor.neg_), _neg),
    functional.silu: _silu,
    functional.gelu: _gelu,
    functional.hardswish: _hardswish,
    functional.hardsigmoid: _hardsigmoid,
}
"""By the function or method that is called."""
