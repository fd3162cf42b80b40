"""Where one value of several maps laid end to end comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.trace import Trace, check_place, check_shape


@dataclass(frozen=True, slots=True)
class ConcatenateTrace(Trace):
    """What one value of a concatenation is: the same number, from its place in one of the inputs.

    `input` counts the inputs from 0, `source` has channel, row and column in that input; `starts`
    says at which line of `axis` each input begins.
    """

    kind: ClassVar[str] = "Concatenate"
    input: int
    source: dict[str, int]
    axis: int
    starts: tuple[int, ...]


def concatenated_shape(shapes: Sequence[tuple[int, ...]], axis: int) -> tuple[int, ...]:
    """The shape of several maps laid end to end along one axis.

    Raises:
        MechanicsError: no such axis, or shapes that differ along another one.

    Example:
        >>> concatenated_shape([(8, 7, 7), (4, 7, 7)], axis=0)
        (12, 7, 7)
    """
    first = shapes[0]
    if not 0 <= axis < len(first):
        raise MechanicsError(f"There is no axis {axis}: there are {len(first)}.", "dim")
    for shape in shapes[1:]:
        check_shape("input", (*shape[:axis], first[axis], *shape[axis + 1 :]), first)
    return (*first[:axis], sum(shape[axis] for shape in shapes), *first[axis + 1 :])


def trace_concatenate(
    inputs: Sequence[Tensor], axis: int, channel: int, row: int = 0, column: int = 0
) -> ConcatenateTrace:
    """Which input the value at one position comes from, and where it stood there.

    Args:
        axis: along which they are laid end to end: 0 for the channels.
        channel, row, column: the position, counted from 0; of a vector only `channel` is read.

    Shape:
        inputs: each (C_i, H, W) or (C_i), alike but along `axis`

    Raises:
        MechanicsError: shapes that do not belong together; a position that the whole does not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.cat.html

    Example:
        >>> import torch
        >>> trace = trace_concatenate([torch.zeros(3), torch.tensor([5.0])], axis=0, channel=3)
        >>> trace.input, trace.source["channel"], trace.value
        (1, 0, 5.0)
    """
    shapes = [tuple(each.shape) for each in inputs]
    place = list(check_place(concatenated_shape(shapes, axis), channel, row, column))
    starts = [0]
    for shape in shapes[:-1]:
        starts.append(starts[-1] + shape[axis])
    index = max(i for i, start in enumerate(starts) if start <= place[axis])
    place[axis] -= starts[index]
    named = zip(("channel", "row", "column"), (*place, 0, 0), strict=False)
    return ConcatenateTrace(
        value=float(inputs[index][tuple(place)]),
        input=index,
        source=dict(named),
        axis=axis,
        starts=tuple(starts),
    )
