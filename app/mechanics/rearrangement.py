"""Where one value comes from in a layer that puts values in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.trace import Trace, check_place

Tables = Sequence[Sequence[int]]
"""For each axis of what is given, what each index adds to the place in the flattened input."""


@dataclass(frozen=True, slots=True)
class RearrangeTrace(Trace):
    """What one value is: the same number, from its place in the input.

    `source` has channel, row and column there; `index` is that place in the flattened input.
    """

    kind: ClassVar[str] = "Rearrange"
    source: dict[str, int]
    index: int


def tables_of(sources: Tensor) -> tuple[tuple[int, ...], ...] | None:
    """The places that values come from as a sum of one number an axis, or None where they are none.

    An order of axes, a slice, a reversal, an enlargement by repetition: all are such sums.

    Shape:
        sources: that of what is given, without the batch; each the place in the flattened input

    Example:
        >>> import torch
        >>> tables_of(torch.arange(6).reshape(2, 3).T)
        ((0, 1, 2), (0, 3))
    """
    first = int(sources[(0,) * sources.dim()])
    total, tables = sources.new_zeros(()), []
    for axis in range(sources.dim()):
        line = sources[tuple(slice(None) if i == axis else 0 for i in range(sources.dim()))]
        line = line if axis == 0 else line - first
        tables.append(tuple(line.tolist()))
        total = total.unsqueeze(-1) + line
    return tuple(tables) if bool((total == sources).all()) else None


def trace_rearrange(
    input: Tensor, tables: Tables, channel: int, row: int = 0, column: int = 0
) -> RearrangeTrace:
    """Where the value at one position stood in the input.

    Args:
        tables: what each index of an axis adds to the place in the flattened input.
        channel, row, column: the position, counted from 0.

    Shape:
        input: (C, H, W), (C, L) or (C)

    Raises:
        MechanicsError: a position that is not there, or tables that lead out of the input.

    Example:
        >>> import torch
        >>> trace_rearrange(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), ((0, 1), (0, 2)), 1, 0).value
        2.0
    """
    place = check_place(tuple(map(len, tables)), channel, row, column)
    index = sum(table[at] for table, at in zip(tables, place, strict=True))
    if not 0 <= index < input.numel():
        raise MechanicsError(f"There is no place {index} in the input.", "input")
    height, width = (*input.shape[1:], 1, 1)[:2]
    rest, of_width = divmod(index, width)
    of_channels, of_height = divmod(rest, height)
    source = {"channel": of_channels, "row": of_height, "column": of_width}
    return RearrangeTrace(value=float(input.flatten()[index]), source=source, index=index)
