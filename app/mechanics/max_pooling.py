"""Max pooling, what one of its values is made of, and its gradient."""

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

import torch
from torch import Tensor
from torch.nn import functional

from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.axis_map import Source
from app.mechanics.operands import gather, to_float64
from app.mechanics.operation import Output
from app.mechanics.pool_kinds import PoolSpec
from app.mechanics.reduction import (
    PooledAxis,
    Reduction,
    has_native_padding,
    pooled_axes,
    pooled_plane,
)
from app.mechanics.spec import Pool2dSpec
from app.mechanics.trace import Trace


def max_pool2d(input: Tensor, spec: PoolSpec) -> tuple[Tensor, Tensor]:
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
        >>> from app.mechanics.spec import Pool2dSpec
        >>> values, indices = max_pool2d(torch.arange(16.0).reshape(4, 4), Pool2dSpec.of(2))
        >>> values.tolist(), indices.tolist()
        ([[5.0, 7.0], [13.0, 15.0]], [[5, 7], [13, 15]])
    """
    height, width = pooled_axes(input, spec)
    values = to_float64(input)
    places = torch.arange(height.input * width.input).reshape(height.input, width.input)
    # The first of the best columns in the first of the best rows is the first of the window.
    across, across_places = _winners(values, places.expand(input.shape), width)
    best, winner = _winners(across.mT, across_places.mT, height)
    return best.mT.to(input.dtype), winner.mT


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
    main: ClassVar[str | None] = "window"
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
class AdaptiveMaxPool2dTrace(MaxPool2dTrace):
    """The same for a window of an adaptive pooling."""

    kind: ClassVar[str] = "AdaptiveMaxPool2d"


def trace_max_pool2d(
    input: Tensor,
    spec: PoolSpec,
    channel: int,
    row: int,
    column: int,
    trace: type[MaxPool2dTrace] = MaxPool2dTrace,
) -> MaxPool2dTrace:
    """What the pooled value at one position is made of: the window, and which of its cells won.

    Args:
        channel, row, column: the position in the output, counted from 0.
        trace: what says it.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: as `max_pool2d`, and a position that the output does not have.
    """
    height, width, plane = pooled_plane(input, spec, channel)
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
    return trace(value=value, rows=rows, columns=columns, window=window, winner=winner)


def _winners(values: Tensor, places: Tensor, axis: PooledAxis) -> tuple[Tensor, Tensor]:
    """The largest value under each window of columns, and its place; -1 where all is padding.

    Shape:
        values, places: (..., H, W); returned: two of (..., H, W_out)
    """
    best = torch.full((*values.shape[:-1], axis.output), -math.inf, dtype=torch.float64)
    winner = torch.full(best.shape, -1)
    for sources in axis.all_sources():
        under = gather(values, columns=sources, fill=-math.inf)
        place = gather(places, columns=sources, fill=-1)
        # A window of -infinity alone still has a winner: its first cell that is not padding.
        wins = ((under > best) | under.isnan() | (winner < 0)) & (place >= 0)
        best = torch.where(wins, under, best)
        winner = torch.where(wins, place, winner)
    return best, winner


def max_pool2d_gradient(input: Tensor, spec: PoolSpec, gradient: Tensor) -> Tensor:
    """All of each output's gradient at its winner.

    Shape:
        input: (..., H, W); gradient: (..., H_out, W_out); returned: as input; both in float64
    """
    _, indices = max_pool2d(input, spec)
    places, given = indices.flatten(-2), gradient.flatten(-2)
    has_winner = places >= 0  # a window of padding alone gives its gradient to nobody
    flat = torch.zeros(input.shape, dtype=torch.float64).flatten(-2)
    flat.scatter_add_(-1, places.clamp(min=0), given.where(has_winner, 0.0))
    return flat.reshape(input.shape)


def max_pool2d_by_torch(input: Tensor, spec: Pool2dSpec) -> Tensor:
    """The same by PyTorch's operator where it means the same, else by ours."""
    if not has_native_padding(spec):
        return max_pool2d(input, spec)[0]
    pad = (spec.padding.top, spec.padding.left)
    return functional.max_pool2d(
        input, spec.kernel_size, spec.stride, pad, spec.dilation, spec.ceil_mode
    )


def adaptive_max_pool2d_by_torch(input: Tensor, spec: AdaptivePool2dSpec) -> Tensor:
    """The maxima of windows that are laid out to a number, by PyTorch's operator."""
    rows, columns = spec.axes(input.shape[-2], input.shape[-1])
    return functional.adaptive_max_pool2d(input, (rows.output, columns.output))


def _pool(input: Tensor, spec: PoolSpec) -> Output:
    """The values and where they came from."""
    return Output(*max_pool2d(input, spec))


MAXIMUM = Reduction(
    _pool,
    max_pool2d_by_torch,
    trace_max_pool2d,
    max_pool2d_gradient,
    has_native_padding,
    takes_maximum=True,
)
ADAPTIVE_MAXIMUM = replace(
    MAXIMUM,
    by_torch=adaptive_max_pool2d_by_torch,
    trace=partial(trace_max_pool2d, trace=AdaptiveMaxPool2dTrace),
)
