"""Functions and methods that a network's forward calls, as the modules that mean the same.

Each is written with PyTorch's own signature, so that what does not fit it is refused by Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.networks import weighted_functions as weighted
from app.networks.activation_place import Activation
from app.networks.interpolation import Interpolate
from app.networks.modules import Add, Concatenate, Mean, Multiply, Pad


def _relu(input: Activation, inplace: bool = False) -> nn.Module:
    """ReLU."""
    return nn.ReLU()


def _tanh(input: Activation) -> nn.Module:
    """Tanh."""
    return nn.Tanh()


def _relu6(input: Activation, inplace: bool = False) -> nn.Module:
    """ReLU6."""
    return nn.ReLU6()


def _sigmoid(input: Activation) -> nn.Module:
    """Sigmoid."""
    return nn.Sigmoid()


def _silu(input: Activation, inplace: bool = False) -> nn.Module:
    """SiLU."""
    return nn.SiLU()


def _hardswish(input: Activation, inplace: bool = False) -> nn.Module:
    """Hard-swish."""
    return nn.Hardswish()


def _hardsigmoid(input: Activation, inplace: bool = False) -> nn.Module:
    """Hard sigmoid."""
    return nn.Hardsigmoid()


def _mean(input: Activation, dim: Any, keepdim: bool = False, *, dtype: None = None) -> nn.Module:
    """A mean over some axes."""
    return Mean((dim,) if isinstance(dim, int) else dim, keepdim)


def _interpolate(
    input: Activation,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> nn.Module:
    """Maps of another size."""
    return Interpolate(size, scale_factor, mode, align_corners, recompute_scale_factor, antialias)


def _pad(
    input: Activation, pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> nn.Module:
    """Constant values around maps."""
    if mode != "constant":
        raise TypeError("It repeats what is there instead of a constant.")
    return Pad((*pad, 0, 0, 0, 0)[: max(len(pad), 4)], value or 0.0)


def _add(input: Activation, other: Activation) -> nn.Module:
    """The sum of two activations."""
    if not isinstance(other, Activation):
        raise TypeError("A number is added, and no activation.")
    return Add()


def _mul(input: Activation, other: Activation) -> nn.Module:
    """The product of two activations."""
    if not isinstance(other, Activation):
        raise TypeError("A number is multiplied, and no activation.")
    return Multiply()


def _cat(tensors: Sequence[Activation], dim: int = 0) -> nn.Module:
    """A concatenation."""
    return Concatenate(dim)


def _flatten(input: Activation, start_dim: int = 0, end_dim: int = -1) -> nn.Module:
    """Maps as one vector."""
    return nn.Flatten(start_dim, end_dim)


def _softmax(input: Activation, dim: int, _stacklevel: int = 3, dtype: None = None) -> nn.Module:
    """Softmax."""
    return nn.Softmax(dim)


def _dropout(
    input: Activation, p: float = 0.5, training: bool = True, inplace: bool = False
) -> nn.Module:
    """Dropout, where it asks whether the network is being trained."""
    if training:
        raise TypeError("It drops values even when the network is not being trained.")
    return nn.Dropout(p)


def _max_pool2d(
    input: Activation,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,  # with them it is another function
) -> nn.Module:
    """Max pooling."""
    return nn.MaxPool2d(kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)


def _avg_pool2d(input: Activation, *settings: Any, **named: Any) -> nn.Module:
    """Average pooling."""
    return nn.AvgPool2d(*settings, **named)


def _adaptive_avg_pool2d(input: Activation, output_size: Any) -> nn.Module:
    """Adaptive average pooling."""
    return nn.AdaptiveAvgPool2d(output_size)


FUNCTIONS: dict[Any, Callable[..., nn.Module]] = {
    **dict.fromkeys((torch.relu, torch.relu_, functional.relu, Tensor.relu, Tensor.relu_), _relu),
    **dict.fromkeys((torch.tanh, functional.tanh, Tensor.tanh, Tensor.tanh_), _tanh),
    functional.relu6: _relu6,
    **dict.fromkeys((torch.sigmoid, functional.sigmoid, Tensor.sigmoid), _sigmoid),
    functional.silu: _silu,
    functional.hardswish: _hardswish,
    functional.hardsigmoid: _hardsigmoid,
    **dict.fromkeys((torch.mean, Tensor.mean), _mean),
    functional.interpolate: _interpolate,
    functional.group_norm: weighted.group_norm,
    functional.layer_norm: weighted.layer_norm,
    functional.pad: _pad,
    **dict.fromkeys((torch.add, Tensor.add, Tensor.add_, Tensor.__radd__), _add),
    **dict.fromkeys((torch.mul, Tensor.mul, Tensor.mul_, Tensor.__rmul__), _mul),
    **dict.fromkeys((torch.cat, torch.concat, torch.concatenate), _cat),
    **dict.fromkeys((torch.flatten, Tensor.flatten), _flatten),
    **dict.fromkeys((torch.softmax, functional.softmax, Tensor.softmax), _softmax),
    functional.conv2d: weighted.conv2d,
    functional.linear: weighted.linear,
    functional.batch_norm: weighted.batch_norm,
    functional.dropout: _dropout,
    functional.max_pool2d: _max_pool2d,
    functional.avg_pool2d: _avg_pool2d,
    functional.adaptive_avg_pool2d: _adaptive_avg_pool2d,
}
"""By the function or method that is called."""

RESHAPES = (Tensor.view, Tensor.reshape, torch.reshape)


def module_of(
    target: Any, args: tuple[Any, ...], kwargs: dict[str, Any], flattens: bool
) -> nn.Module | None:
    """The module that means the same as a call; None where none does.

    Args:
        args, kwargs: with an `Activation` wherever one is passed.
        flattens: whether one activation becomes a single axis with its values in order.
    """
    if flattens and target in RESHAPES:
        return nn.Flatten()
    if target not in FUNCTIONS:
        return None
    try:
        return FUNCTIONS[target](*args, **kwargs)
    except TypeError:
        return None
