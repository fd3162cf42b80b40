"""What one value of an activation function is made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import ClassVar, TypeVar

from torch import Tensor

from app.mechanics.trace import Trace, check_place


@dataclass(frozen=True, slots=True)
class ActivationTrace(Trace):
    """What one value of an activation function is made of: the number that came in."""

    input: float
    expression: str


@dataclass(frozen=True, slots=True)
class ReLUTrace(ActivationTrace):
    """What one value of a ReLU is made of: the number that came in, or 0 where it is negative."""

    kind: ClassVar[str] = "ReLU"


@dataclass(frozen=True, slots=True)
class ReLU6Trace(ActivationTrace):
    """What one value of a ReLU6 is made of: the number that came in, kept between 0 and 6."""

    kind: ClassVar[str] = "ReLU6"


@dataclass(frozen=True, slots=True)
class LeakyReLUTrace(ActivationTrace):
    """What one value of a leaky ReLU is made of: the number that came in, scaled if negative."""

    kind: ClassVar[str] = "LeakyReLU"


@dataclass(frozen=True, slots=True)
class PReLUTrace(ActivationTrace):
    """What one value of a PReLU is made of: the number that came in, and what was learned for it.

    `weight` is what a negative number is taken times.
    """

    kind: ClassVar[str] = "PReLU"
    weight: float


@dataclass(frozen=True, slots=True)
class ELUTrace(ActivationTrace):
    """What one value of an ELU is made of: the number that came in, bent where it is negative."""

    kind: ClassVar[str] = "ELU"


@dataclass(frozen=True, slots=True)
class TanhTrace(ActivationTrace):
    """What one value of a hyperbolic tangent is made of: the number that came in, bent into ±1."""

    kind: ClassVar[str] = "Tanh"


@dataclass(frozen=True, slots=True)
class ScaledTanhTrace(ActivationTrace):
    """What one value of a scaled hyperbolic tangent is made of: the number that came in."""

    kind: ClassVar[str] = "ScaledTanh"


@dataclass(frozen=True, slots=True)
class SigmoidTrace(ActivationTrace):
    """What one value of a sigmoid is made of: the number that came in, bent into 0 to 1."""

    kind: ClassVar[str] = "Sigmoid"


@dataclass(frozen=True, slots=True)
class SiLUTrace(ActivationTrace):
    """What one value of a SiLU is made of: the number that came in, times its own sigmoid."""

    kind: ClassVar[str] = "SiLU"


@dataclass(frozen=True, slots=True)
class AffineTrace(ActivationTrace):
    """What one value is made of that has a number added, taken off or multiplied: what came in."""

    kind: ClassVar[str] = "Affine"


@dataclass(frozen=True, slots=True)
class GELUTrace(ActivationTrace):
    """What one value of a GELU is made of: the number that came in, times a share of it."""

    kind: ClassVar[str] = "GELU"


@dataclass(frozen=True, slots=True)
class HardswishTrace(ActivationTrace):
    """What one value of a hard-swish is made of: the number that came in, times a ramp of it."""

    kind: ClassVar[str] = "Hardswish"


@dataclass(frozen=True, slots=True)
class HardsigmoidTrace(ActivationTrace):
    """What one value of a hard sigmoid is made of: the number that came in, on a ramp of 0 to 1."""

    kind: ClassVar[str] = "Hardsigmoid"


Found = TypeVar("Found", bound=ActivationTrace)

_NO_SETTINGS: Mapping[str, float] = MappingProxyType({})


def relu(x: float) -> float:
    """max(0, x); NaN stays NaN, as in PyTorch."""
    return 0.0 if x <= 0 else x


def relu6(x: float) -> float:
    """min(max(0, x), 6); NaN stays NaN."""
    return 6.0 if x > 6 else relu(x)


LEAKY = "max(0, {0}) + {negative_slope} · min(0, {0})"
"""How a leaky ReLU is written."""


def leaky_relu(x: float, negative_slope: float) -> float:
    """max(0, x) + negative_slope · min(0, x)."""
    return x if x > 0 else negative_slope * x


def elu(x: float, alpha: float) -> float:
    """max(0, x) + alpha · (e^min(0, x) - 1)."""
    return x if x > 0 else alpha * math.expm1(x)


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x), where no exponential overflows."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def gelu(x: float) -> float:
    """X · Φ(x), where Φ is the share of a standard normal distribution that lies below x."""
    return x * math.erfc(-x / math.sqrt(2)) / 2


def gelu_tanh(x: float) -> float:
    """X · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2, which is close to `gelu`."""
    return x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x))) / 2


def hardswish(x: float) -> float:
    """X · relu6(x + 3) / 6."""
    return x * relu6(x + 3) / 6


def hardsigmoid(x: float) -> float:
    """relu6(x + 3) / 6."""
    return relu6(x + 3) / 6


def trace_activation(
    trace_type: type[Found],
    function: Callable[[float], float],
    written: str,
    input: Tensor,
    place: tuple[int, int, int],
    settings: Mapping[str, float] = _NO_SETTINGS,
) -> Found:
    """What the value at one position is made of: a function of the value at the same position.

    Args:
        trace_type: of which the answer is.
        written: the function's call, with {0} where its number stands, and a setting's name in
            braces where that stands.
        place: channel, row and column, counted from 0; of a vector only the channel is read.
        settings: the numbers that the function has beside what comes in.

    Shape:
        input: (C, H, W) or (C)

    Raises:
        MechanicsError: a position that the input does not have.

    Source: https://docs.pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity

    Example:
        >>> import torch
        >>> x = torch.tensor([-0.25, 3.0])
        >>> trace_activation(ReLUTrace, relu, "max(0, {})", x, (0, 0, 0)).expression
        'max(0, -0.25) = 0'
    """
    number = float(input[check_place(tuple(input.shape), *place)])
    value = function(number)
    numbers = {name: f"{setting:.6g}" for name, setting in settings.items()}
    expression = f"{written.format(f'{number:.6g}', **numbers)} = {value:.6g}"
    return trace_type(value=value, input=number, expression=expression)


def trace_prelu(input: Tensor, weight: Tensor, place: tuple[int, int, int]) -> PReLUTrace:
    """What the value of a PReLU at one position is made of.

    Args:
        place: channel, row and column, counted from 0; of a vector only the channel is read.

    Shape:
        input: (C, H, W) or (C)
        weight: (C), or (1) where it goes for all channels

    Raises:
        MechanicsError: a position that the input does not have.

    Example:
        >>> import torch
        >>> trace_prelu(torch.tensor([1.0, -3.0]), torch.tensor([0.1, 0.5]), (1, 0, 0)).expression
        'max(0, -3) + 0.5 · min(0, -3) = -1.5'
    """
    check_place(tuple(input.shape), *place)
    slope = float(weight[place[0] if len(weight) > 1 else 0])
    found = trace_activation(
        LeakyReLUTrace,
        partial(leaky_relu, negative_slope=slope),
        LEAKY,
        input,
        place,
        {"negative_slope": slope},
    )
    return PReLUTrace(found.value, found.input, found.expression, slope)
