"""Functions that are called with the network's own weights, as the modules that mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from torch import Tensor, nn

from app.networks.activation_place import Activation


def conv2d(
    input: Activation,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> nn.Module:
    """A convolution, with weights that are the network's own."""
    filters, channels, height, width = _own(weight).shape
    settings = (stride, padding, dilation, groups, bias is not None)
    module = nn.Conv2d(channels * groups, filters, (height, width), *settings)
    return _with_tensors(module, weight=weight, bias=bias)


def linear(input: Activation, weight: Tensor, bias: Tensor | None = None) -> nn.Module:
    """A fully connected layer, with weights that are the network's own."""
    units, features = _own(weight).shape
    return _with_tensors(nn.Linear(features, units, bias is not None), weight=weight, bias=bias)


def batch_norm(
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
    module = nn.BatchNorm2d(len(_own(running_mean)), eps, momentum, affine=weight is not None)
    tensors = {"weight": weight, "bias": bias, "running_mean": running_mean}
    return _with_tensors(module, **tensors, running_var=running_var)


def group_norm(
    input: Activation,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> nn.Module:
    """Group normalization, with weights that are the network's own."""
    if weight is None or bias is None:
        raise TypeError("It does not learn both of weight and bias.")
    module = nn.GroupNorm(num_groups, len(_own(weight)), eps)
    return _with_tensors(module, weight=weight, bias=bias)


def layer_norm(
    input: Activation,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> nn.Module:
    """Layer normalization, with weights that are the network's own."""
    if weight is None or bias is None:
        raise TypeError("It does not learn both of weight and bias.")
    return _with_tensors(nn.LayerNorm(list(normalized_shape), eps), weight=weight, bias=bias)


def _own(tensor: Tensor) -> Tensor:
    """A tensor that the network has, and does not compute from the image."""
    if not isinstance(tensor, Tensor):
        raise TypeError("It is computed from the image.")
    return tensor


def _with_tensors(module: nn.Module, **tensors: Tensor | None) -> nn.Module:
    """The module with these very tensors, and no copies of them."""
    for name, tensor in tensors.items():
        if tensor is None:
            continue
        data = _own(tensor).detach()
        is_parameter = name in module._parameters
        setattr(module, name, nn.Parameter(data, requires_grad=False) if is_parameter else data)
    return module
