"""What one value is made of when maps are brought to another size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from app.mechanics.trace import Trace, check_place

Taps = Sequence[tuple[int, tuple[float, ...]]]
"""For each line that is given: the first line that it reads, and the share of each from there."""


@dataclass(frozen=True, slots=True)
class InterpolateTrace(Trace):
    """What one value is made of: a window, each row and each column of it with its share.

    Shape: window (rows, columns), `row` and `column` where it begins.
    """

    kind: ClassVar[str] = "Interpolate"
    main: ClassVar[str] = "window"
    row: int
    column: int
    row_weights: list[float]
    column_weights: list[float]
    window: Tensor


def taps_of(weights: Tensor) -> list[tuple[int, tuple[float, ...]]]:
    """What each line reads, of its share of every line.

    Shape:
        weights: (lines given, lines read)

    Example:
        >>> taps_of(torch.tensor([[0.0, 0.25, 0.75], [0.0, 0.0, 1.0]]))
        [(1, (0.25, 0.75)), (2, (1.0,))]
    """
    taps = []
    for line in weights.tolist():
        read = [index for index, weight in enumerate(line) if weight != 0]
        first, last = (read[0], read[-1]) if read else (0, 0)
        taps.append((first, tuple(line[first : last + 1])))
    return taps


def trace_interpolate(
    input: Tensor, rows: Taps, columns: Taps, channel: int, row: int, column: int
) -> InterpolateTrace:
    """The window that one value is made of, with the share of each of its rows and columns.

    Args:
        rows, columns: what each line of what is given reads.
        channel, row, column: the position, counted from 0.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: a position that is not there.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html

    Example:
        >>> trace_interpolate(torch.eye(2)[None], [(0, (0.5, 0.5))], [(1, (1.0,))], 0, 0, 0).value
        0.5
    """
    check_place((input.shape[0], len(rows), len(columns)), channel, row, column)
    (top, down), (left, across) = rows[row], columns[column]
    window = input[channel, top : top + len(down), left : left + len(across)].double()
    down_weights = torch.tensor(down, dtype=torch.float64, device=window.device)
    across_weights = torch.tensor(across, dtype=torch.float64, device=window.device)
    return InterpolateTrace(
        value=float(down_weights @ window @ across_weights),
        row=top,
        column=left,
        row_weights=list(down),
        column_weights=list(across),
        window=window,
    )
