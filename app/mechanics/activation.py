"""What one value of an activation function is made of."""

import math
from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.trace import Trace, check_place


@dataclass(frozen=True, slots=True)
class ReLUTrace(Trace):
    """What one value of a ReLU is made of: the number that came in, or 0 where it is negative."""

    kind: ClassVar[str] = "ReLU"
    input: float
    expression: str


@dataclass(frozen=True, slots=True)
class TanhTrace(Trace):
    """What one value of a hyperbolic tangent is made of: the number that came in, bent into ±1."""

    kind: ClassVar[str] = "Tanh"
    input: float
    expression: str


def trace_relu(input: Tensor, channel: int, row: int = 0, column: int = 0) -> ReLUTrace:
    """What the value at one position is made of: max(0, the value at the same position).

    Args:
        channel, row, column: the position, counted from 0; of a vector only `channel` is read.

    Shape:
        input: (C, H, W) or (C)

    Raises:
        MechanicsError: a position that the input does not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ReLU.html

    Example:
        >>> import torch
        >>> trace_relu(torch.tensor([-0.25, 3.0]), channel=0).expression
        'max(0, -0.25) = 0'
    """
    number = float(input[check_place(tuple(input.shape), channel, row, column)])
    value = 0.0 if number <= 0 else number  # NaN stays NaN, as in PyTorch
    return ReLUTrace(value=value, input=number, expression=f"max(0, {number:.6g}) = {value:.6g}")


def trace_tanh(input: Tensor, channel: int, row: int = 0, column: int = 0) -> TanhTrace:
    """What the value at one position is made of: tanh of the value at the same position.

    Args:
        channel, row, column: the position, counted from 0; of a vector only `channel` is read.

    Shape:
        input: (C, H, W) or (C)

    Raises:
        MechanicsError: a position that the input does not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanh.html

    Example:
        >>> import torch
        >>> trace_tanh(torch.tensor([0.0, 0.5]), channel=1).expression
        'tanh(0.5) = 0.462117'
    """
    number = float(input[check_place(tuple(input.shape), channel, row, column)])
    value = math.tanh(number)
    return TanhTrace(value=value, input=number, expression=f"tanh({number:.6g}) = {value:.6g}")
