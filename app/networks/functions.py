"""Functions and methods that a network's forward calls, as the modules that mean the same.

Each is written with PyTorch's own signature, so that what does not fit it is refused by Python.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any, Literal

import torch
from torch import nn
from torch.nn import functional

from app.networks.modules import Add, Concatenate


class Activation:
    """Where an activation stands among the arguments of a call."""


def _relu(input: Activation, inplace: bool = False) -> nn.Module:
    """ReLU."""
    return nn.ReLU()


def _tanh(input: Activation) -> nn.Module:
    """Tanh."""
    return nn.Tanh()


def _add(input: Activation, other: Activation) -> nn.Module:
    """The sum of two activations."""
    if not isinstance(other, Activation):
        raise TypeError("A number is added, and no activation.")
    return Add()


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
    **dict.fromkeys((torch.relu, functional.relu, "relu"), _relu),
    **dict.fromkeys((torch.tanh, functional.tanh, "tanh"), _tanh),
    **dict.fromkeys((torch.add, operator.add, "add"), _add),
    **dict.fromkeys((torch.cat, torch.concat, torch.concatenate), _cat),
    **dict.fromkeys((torch.flatten, "flatten"), _flatten),
    **dict.fromkeys((torch.softmax, functional.softmax, "softmax"), _softmax),
    functional.dropout: _dropout,
    functional.max_pool2d: _max_pool2d,
    functional.avg_pool2d: _avg_pool2d,
    functional.adaptive_avg_pool2d: _adaptive_avg_pool2d,
}
"""By what is called: a function, or a method's name."""

RESHAPES = ("view", "reshape", torch.reshape)


def module_of(
    target: Any, args: tuple[Any, ...], kwargs: dict[str, Any], flattens: bool
) -> nn.Module | None:
    """The module that means the same as a call; None where none does.

    Args:
        args, kwargs: with an `Activation` wherever one is passed.
        flattens: whether one activation becomes a single axis with its values in order.
    """
    if target in RESHAPES and flattens:
        return nn.Flatten()
    if target not in FUNCTIONS:
        return None
    try:
        return FUNCTIONS[target](*args, **kwargs)
    except TypeError:
        return None
