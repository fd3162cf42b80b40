"""What one value of a dropout is, once the network has been trained: what came in."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.trace import Trace, check_place


@dataclass(frozen=True, slots=True)
class DropoutTrace(Trace):
    """What one value of a dropout is: the number that came in; it drops values in training alone.

    `p` is the share that it dropped there.
    """

    kind: ClassVar[str] = "Dropout"
    input: float
    p: float


def trace_dropout(
    input: Tensor, p: float, channel: int, row: int = 0, column: int = 0
) -> DropoutTrace:
    """What the value at one position is: the value at the same position.

    Args:
        channel, row, column: the position, counted from 0; of a vector only `channel` is read.

    Shape:
        input: (C, H, W) or (C)

    Raises:
        MechanicsError: a position that the input does not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html, in evaluation.
    """
    number = float(input[check_place(tuple(input.shape), channel, row, column)])
    return DropoutTrace(value=number, input=number, p=p)
