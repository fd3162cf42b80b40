"""What one value of a sum of maps is made of: a residual connection, most often."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from app.mechanics.operands import to_float64
from app.mechanics.trace import Trace, check_place, check_shape


@dataclass(frozen=True, slots=True)
class AddTrace(Trace):
    """What one value of a sum is made of: the value at the same position of each input.

    Shape:
        terms: (number of inputs)
    """

    kind: ClassVar[str] = "Add"
    main: ClassVar[str | None] = "terms"
    terms: Tensor


def trace_add(inputs: Sequence[Tensor], channel: int, row: int = 0, column: int = 0) -> AddTrace:
    """What the value at one position is made of, term by term.

    Args:
        channel, row, column: the position, counted from 0; of a vector only `channel` is read.

    Shape:
        inputs: all (C, H, W) or all (C)

    Raises:
        MechanicsError: inputs of different shapes; a position that they do not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.add.html, without broadcasting.

    Example:
        >>> trace_add([torch.tensor([1.0, 2.0]), torch.tensor([0.5, 0.25])], channel=1).value
        2.25
    """
    shape = tuple(inputs[0].shape)
    for other in inputs[1:]:
        check_shape("input", tuple(other.shape), shape)
    place = check_place(shape, channel, row, column)
    terms = torch.stack([to_float64(each[place]) for each in inputs])
    return AddTrace(value=float(terms.sum()), terms=terms)
