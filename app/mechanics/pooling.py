"""Max and average pooling, and what one of their values is made of."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.operands import gather, to_float64
from app.mechanics.spec import Pool2dSpec
from app.mechanics.trace import Trace, check_index
from app.mechanics.window import Axis, Source


def max_pool2d(input: Tensor, spec: Pool2dSpec) -> tuple[Tensor, Tensor]:
    """The largest value of every window, and where it stands in its map.

    Of equal values the first wins, as in PyTorch, and NaN wins over every number. Padding never
    wins: a window of padding alone gives -infinity and the index -1.

    Shape:
        input: (..., H, W)
        returned: values (..., H_out, W_out) in the input's dtype; indices the same, int64, into the
            flattened H·W of one map

    Raises:
        MechanicsError: an input too small for the settings.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html

    Example:
        >>> values, indices = max_pool2d(torch.arange(16.0).reshape(4, 4), Pool2dSpec.of(2))
        >>> values.tolist(), indices.tolist()
        ([[5.0, 7.0], [13.0, 15.0]], [[5, 7], [13, 15]])
    """
    height, width = _axes(input, spec)
    values = to_float64(input)
    places = torch.arange(height.input * width.input).reshape(height.input, width.input)
    # The first of the best columns in the first of the best rows is the first of the window.
    across, across_places = _winners(values, places.expand(input.shape), width)
    best, winner = _winners(across.mT, across_places.mT, height)
    return best.mT.to(input.dtype), winner.mT


def avg_pool2d(input: Tensor, spec: Pool2dSpec) -> Tensor:
    """The mean of every window: its sum divided by how many cells count.

    With `count_include_pad` the padding counts as zeros, but never what ceil_mode's last window
    sees beyond the padding. A window in which nothing counts has no mean and gives NaN.

    Shape:
        input: (..., H, W); returned: (..., H_out, W_out) in the input's dtype

    Raises:
        MechanicsError: an input too small for the settings.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html
    """
    height, width = _axes(input, spec)
    values = to_float64(input)
    across = _sums(values, width)
    total = _sums(across.mT, height).mT
    return (total / _divisors(height, width, spec)).to(input.dtype)


@dataclass(frozen=True, slots=True)
class Winner:
    """Where the largest value of a window stands: its row and column, and row · W + column."""

    row: int
    column: int
    index: int


@dataclass(frozen=True, slots=True)
class MaxPool2dTrace(Trace):
    """What one value of a max pooling is made of: its window and the winner in it.

    Padding is -infinity in the window, so that it never wins; `winner` is None where there is
    nothing but padding.

    Shape:
        window: (K_h, K_w)
    """

    kind: ClassVar[str] = "MaxPool2d"
    rows: tuple[Source, ...]
    columns: tuple[Source, ...]
    window: Tensor
    winner: Winner | None

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, the winner as row, column and index."""
        winner = self.winner
        place = winner and {"row": winner.row, "column": winner.column, "index": winner.index}
        return {**Trace.as_dict(self), "winner": place}


@dataclass(frozen=True, slots=True)
class AvgPool2dTrace(Trace):
    """What one value of an average pooling is made of: the sum of its window over the divisor.

    Shape:
        window: (K_h, K_w), zero in the padding
    """

    kind: ClassVar[str] = "AvgPool2d"
    rows: tuple[Source, ...]
    columns: tuple[Source, ...]
    window: Tensor
    sum: float
    divisor: int


def trace_max_pool2d(
    input: Tensor, spec: Pool2dSpec, channel: int, row: int, column: int
) -> MaxPool2dTrace:
    """What the pooled value at one position is made of: the window, and which of its cells won.

    Args:
        channel, row, column: the position in the output, counted from 0.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: as `max_pool2d`, and a position that the output does not have.
    """
    height, width, plane = _plane(input, spec, channel)
    rows, columns = height.sources(row), width.sources(column)
    window = gather(plane, rows, columns, fill=-math.inf)
    value, winner = -math.inf, None
    for r, source_row in enumerate(rows):
        for c, source_column in enumerate(columns):
            cell = float(window[r, c])
            if source_row is None or source_column is None:
                continue
            if winner is None or cell > value or math.isnan(cell):
                value = cell
                winner = Winner(source_row, source_column, source_row * width.input + source_column)
    return MaxPool2dTrace(value=value, rows=rows, columns=columns, window=window, winner=winner)


def trace_avg_pool2d(
    input: Tensor, spec: Pool2dSpec, channel: int, row: int, column: int
) -> AvgPool2dTrace:
    """What the pooled value at one position is made of: the window, its sum and the divisor.

    Args:
        channel, row, column: the position in the output, counted from 0.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: as `avg_pool2d`, and a position that the output does not have.
    """
    height, width, plane = _plane(input, spec, channel)
    rows, columns = height.sources(row), width.sources(column)
    window = gather(plane, rows, columns)
    total = float(window.sum())
    divisor = int(_divisors(height, width, spec)[row, column])
    return AvgPool2dTrace(
        value=total / divisor if divisor else math.nan,
        rows=rows,
        columns=columns,
        window=window,
        sum=total,
        divisor=divisor,
    )


def _axes(input: Tensor, spec: Pool2dSpec) -> tuple[Axis, Axis]:
    """The two axes, where the input has any."""
    if input.dim() < 2:
        raise MechanicsError("The input needs rows and columns.", "input")
    return spec.axes(input.shape[-2], input.shape[-1])


def _plane(input: Tensor, spec: Pool2dSpec, channel: int) -> tuple[Axis, Axis, Tensor]:
    """The two axes and the one map that a pooled value comes from."""
    height, width = _axes(input, spec)
    check_index(channel, input.shape[-3] if input.dim() == 3 else 0, "channel")
    return height, width, to_float64(input[channel])


def _winners(values: Tensor, places: Tensor, axis: Axis) -> tuple[Tensor, Tensor]:
    """The largest value under each window of columns, and its place; -1 where all is padding.

    Shape:
        values, places: (..., H, W); returned: two of (..., H, W_out)
    """
    best = torch.full((*values.shape[:-1], axis.output), -math.inf, dtype=torch.float64)
    winner = torch.full(best.shape, -1)
    for kernel in range(axis.kernel_size):
        sources = axis.sources_under(kernel)
        under = gather(values, columns=sources, fill=-math.inf)
        place = gather(places, columns=sources, fill=-1)
        # A window of -infinity alone still has a winner: its first cell that is not padding.
        wins = ((under > best) | under.isnan() | (winner < 0)) & (place >= 0)
        best = torch.where(wins, under, best)
        winner = torch.where(wins, place, winner)
    return best, winner


def _sums(values: Tensor, axis: Axis) -> Tensor:
    """The sum under each window of columns.

    Shape:
        values: (..., H, W); returned: (..., H, W_out)
    """
    total = torch.zeros((*values.shape[:-1], axis.output), dtype=torch.float64)
    for kernel in range(axis.kernel_size):
        total += gather(values, columns=axis.sources_under(kernel))
    return total


def _divisors(height: Axis, width: Axis, spec: Pool2dSpec) -> Tensor:
    """What the sum of each window is divided by."""
    if spec.divisor_override is not None:
        return torch.full((height.output, width.output), spec.divisor_override)
    rows, columns = (
        torch.tensor([_counted(axis, line, spec) for line in range(axis.output)])
        for axis in (height, width)
    )
    return rows[:, None] * columns


def _counted(axis: Axis, output: int, spec: Pool2dSpec) -> int:
    """How many lines of one window count: those of the input, and of the padding where it does."""
    end = axis.input + (axis.padding_after if spec.count_include_pad else 0)
    start = -axis.padding_before if spec.count_include_pad else 0
    return sum(start <= position < end for position in axis.positions(output))
