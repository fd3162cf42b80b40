"""What one value of a product of maps is made of: a gate on each channel, most often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import ClassVar

import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.operands import to_float64
from app.mechanics.trace import Trace, check_place

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MultiplyTrace(Trace):
    """What one value of a product is made of: one factor of each input.

    Shape:
        factors: (number of inputs)
    """

    kind: ClassVar[str] = "Multiply"
    main: ClassVar[str | None] = "factors"
    factors: Tensor


def product_shape(shapes: Sequence[Shape]) -> Shape:
    """The shape of a product: along each axis that of all inputs, or of those that are not 1 there.

    Raises:
        MechanicsError: inputs with other numbers of axes, or that do not fit along one.

    Source: https://docs.pytorch.org/docs/stable/notes/broadcasting.html, of equally many axes.

    Example:
        >>> product_shape([(8, 14, 14), (8, 1, 1)])
        (8, 14, 14)
    """
    if len({len(shape) for shape in shapes}) > 1:
        raise MechanicsError("The inputs have different numbers of axes.", "input")
    sizes = [{size for size in axis if size != 1} for axis in zip(*shapes, strict=True)]
    if any(len(axis) > 1 for axis in sizes):
        raise MechanicsError("The inputs have different sizes along an axis.", "input")
    return tuple(next(iter(axis), 1) for axis in sizes)


def trace_multiply(
    inputs: Sequence[Tensor], channel: int, row: int = 0, column: int = 0
) -> MultiplyTrace:
    """What the value at one position is made of, factor by factor.

    An axis along which an input has one value has it everywhere.

    Args:
        channel, row, column: the position, counted from 0; of a vector only `channel` is read.

    Shape:
        inputs: all (C, H, W) or all (C), with 1 where a value is used everywhere

    Raises:
        MechanicsError: as `product_shape`, and a position that the product does not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.mul.html

    Example:
        >>> trace_multiply([torch.full((2, 3, 3), 5.0), torch.tensor([[[0.5]], [[2.0]]])], 1).value
        10.0
    """
    place = check_place(product_shape([tuple(each.shape) for each in inputs]), channel, row, column)
    factors = [
        each[tuple(at if size > 1 else 0 for at, size in zip(place, each.shape, strict=True))]
        for each in inputs
    ]
    exact = torch.stack([to_float64(factor) for factor in factors])
    return MultiplyTrace(value=prod(exact.tolist()), factors=exact)
