"""What one value of a normalization by its own image is made of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from torch import Tensor

from app.mechanics.trace import Trace, check_place


@dataclass(frozen=True, slots=True)
class NormTrace(Trace):
    """What one value is made of: weight · (input − mean) / √(variance + eps) + bias.

    Mean and variance are those of `count` values of this very image.
    """

    input: float
    mean: float
    variance: float
    count: int
    eps: float
    weight: float
    bias: float


@dataclass(frozen=True, slots=True)
class GroupNormTrace(NormTrace):
    """What one value of a group normalization is made of; mean and variance are of its group."""

    kind: ClassVar[str] = "GroupNorm"


@dataclass(frozen=True, slots=True)
class LayerNormTrace(NormTrace):
    """What one value of a layer normalization is made of; mean, variance are of the last axes."""

    kind: ClassVar[str] = "LayerNorm"


Found = TypeVar("Found", bound=NormTrace)


def trace_group_norm(
    input: Tensor,
    groups: int,
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
    place: tuple[int, int, int],
) -> GroupNormTrace:
    """What the value at one position is made of.

    Args:
        groups: how many groups the maps are shared out among.
        place: channel, row and column, counted from 0; of a vector only the channel is read.

    Shape:
        input: (C, H, W) or (C); weight, bias: (C), None where nothing is learned

    Raises:
        MechanicsError: a position that the input lacks.

    Source: Wu, He, "Group Normalization", 2018;
        https://docs.pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html

    Example:
        >>> import torch
        >>> maps = torch.tensor([[[1.0]], [[3.0]]])
        >>> trace_group_norm(maps, 1, None, None, 0.0, (1, 0, 0)).value
        1.0
    """
    at = check_place(tuple(input.shape), *place)
    size = input.shape[0] // groups
    first = at[0] // size * size
    values = input[first : first + size].double()
    learned = (_at(weight, at[0], 1.0), _at(bias, at[0], 0.0))
    return _normalized(GroupNormTrace, input[at], values, learned, eps)


def trace_layer_norm(
    input: Tensor,
    axes: int,
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
    place: tuple[int, int, int],
) -> LayerNormTrace:
    """What the value at one position is made of.

    Args:
        axes: over how many of the last axes mean and variance are taken.
        place: channel, row and column, counted from 0, as far as there are such axes.

    Shape:
        input: (C, H, W), (C, L) or (C); weight, bias: as the last axes, None where there are none

    Raises:
        MechanicsError: a position that the input lacks.

    Source: Ba, Kiros, Hinton, "Layer Normalization", 2016;
        https://docs.pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html

    Example:
        >>> import torch
        >>> trace_layer_norm(torch.tensor([1.0, 3.0]), 1, None, None, 0.0, (1, 0, 0)).value
        1.0
    """
    at = check_place(tuple(input.shape), *place)
    apart, within = at[: len(at) - axes], at[len(at) - axes :]
    values = input[apart].double()
    learned = (_at(weight, within, 1.0), _at(bias, within, 0.0))
    return _normalized(LayerNormTrace, input[at], values, learned, eps)


def _at(learned: Tensor | None, index: int | tuple[int, ...], usual: float) -> float:
    """A learned number, or the usual one where nothing is learned."""
    return usual if learned is None else float(learned[index])


def _normalized(
    trace_type: type[Found],
    input: Tensor,
    values: Tensor,
    learned: tuple[float, float],
    eps: float,
) -> Found:
    """The trace of one value among those that it is normalized by."""
    mean, variance = float(values.mean()), float(values.var(correction=0))
    weight, bias = learned
    normalized = (float(input) - mean) / math.sqrt(variance + eps)
    return trace_type(
        value=normalized * weight + bias,
        input=float(input),
        mean=mean,
        variance=variance,
        count=values.numel(),
        eps=eps,
        weight=weight,
        bias=bias,
    )
