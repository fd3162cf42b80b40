"""Functions and methods that a network's forward calls, as the modules that mean the same.

Each is written with PyTorch's own signature, so that what does not fit it is refused by Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.networks.arguments import Activation, finite, own, with_tensors
from app.networks.modules import Add, Affine, Concatenate, Mean, Multiply, Pad
from app.networks.pointwise_functions import POINTWISE


def _pad(
    input: Activation, pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> nn.Module:
    """Constant values around maps."""
    if mode != "constant":
        raise TypeError("It repeats what is there instead of a constant.")
    return Pad((*pad, 0, 0, 0, 0)[: max(len(pad), 4)], value or 0.0)


def _add(input: Activation, other: Activation | float) -> nn.Module:
    """The sum of two activations, or of one and a number."""
    return Add() if isinstance(other, Activation) else Affine("+", finite(other))


def _mul(input: Activation, other: Activation | float) -> nn.Module:
    """The product of two activations, or of one and a number."""
    return Multiply() if isinstance(other, Activation) else Affine("*", finite(other))


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


def _mean(input: Activation, dim: Any, keepdim: bool = False) -> nn.Module:
    """The mean of each map: global average pooling, where it stays a map of one value."""
    axes = {axis % 4 for axis in dim} if isinstance(dim, (tuple, list)) else None
    if axes != {2, 3}:
        raise TypeError("It is no mean over rows and columns.")
    return nn.AdaptiveAvgPool2d(1) if keepdim else Mean(dim)


def _conv2d(
    input: Activation,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> nn.Module:
    """A convolution, with weights that are the network's own."""
    filters, channels, height, width = own(weight).shape
    settings = (stride, padding, dilation, groups, bias is not None)
    module = nn.Conv2d(channels * groups, filters, (height, width), *settings)
    return with_tensors(module, weight=weight, bias=bias)


def _linear(input: Activation, weight: Tensor, bias: Tensor | None = None) -> nn.Module:
    """A fully connected layer, with weights that are the network's own."""
    units, features = own(weight).shape
    return with_tensors(nn.Linear(features, units, bias is not None), weight=weight, bias=bias)


def _batch_norm(
    input: Activation,
    running_mean: Tensor,
    running_var: Tensor,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> nn.Module:
    """Batch normalization by statistics that are the network's own."""
    if training:
        raise TypeError("It normalizes by the batch even when the network is not being trained.")
    if (weight is None) != (bias is None):
        raise TypeError("It has one of weight and bias.")
    module = nn.BatchNorm2d(len(own(running_mean)), eps, momentum, affine=weight is not None)
    tensors = {"weight": weight, "bias": bias, "running_mean": running_mean}
    return with_tensors(module, **tensors, running_var=running_var)


FUNCTIONS: dict[Any, Callable[..., nn.Module]] = {
    **POINTWISE,
    functional.pad: _pad,
    **dict.fromkeys((torch.add, Tensor.add, Tensor.add_, Tensor.__radd__), _add),
    **dict.fromkeys((torch.mul, Tensor.mul, Tensor.mul_, Tensor.__rmul__), _mul),
    **dict.fromkeys((torch.cat, torch.concat, torch.concatenate), _cat),
    **dict.fromkeys((torch.mean, Tensor.mean), _mean),
    **dict.fromkeys((torch.flatten, Tensor.flatten), _flatten),
    **dict.fromkeys((torch.softmax, functional.softmax, Tensor.softmax), _softmax),
    functional.conv2d: _conv2d,
    functional.linear: _linear,
    functional.batch_norm: _batch_norm,
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
