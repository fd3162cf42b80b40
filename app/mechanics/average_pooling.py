"""Average pooling, what one of its values is made of, and its gradient."""

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional

from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.axis_map import Source
from app.mechanics.operands import gather, scatter, to_float64
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


def avg_pool2d(input: Tensor, spec: PoolSpec) -> Tensor:
    """The mean of every window: its sum divided by how many cells count.

    With `count_include_pad` the padding counts as zeros, but never what ceil_mode's last window
    sees beyond the padding. A window in which nothing counts has no mean and gives NaN.

    Shape:
        input: (..., H, W); returned: (..., H_out, W_out) in the input's dtype

    Raises:
        MechanicsError: an input too small for the settings.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html
    """
    height, width = pooled_axes(input, spec)
    across = _sums(to_float64(input), width)
    total = _sums(across.mT, height).mT
    return (total / divisors(height, width, spec)).to(input.dtype)


@dataclass(frozen=True, slots=True)
class AvgPool2dTrace(Trace):
    """What one value of an average pooling is made of: the sum of its window over the divisor.

    Shape:
        window: (K_h, K_w), zero in the padding
    """

    kind: ClassVar[str] = "AvgPool2d"
    main: ClassVar[str | None] = "window"
    rows: tuple[Source, ...]
    columns: tuple[Source, ...]
    window: Tensor
    sum: float
    divisor: int


@dataclass(frozen=True, slots=True)
class AdaptiveAvgPool2dTrace(AvgPool2dTrace):
    """The same for a window of an adaptive pooling."""

    kind: ClassVar[str] = "AdaptiveAvgPool2d"


@dataclass(frozen=True, slots=True)
class MeanTrace(AvgPool2dTrace):
    """The same for the mean of a whole map."""

    kind: ClassVar[str] = "Mean"


def trace_avg_pool2d(
    input: Tensor,
    spec: PoolSpec,
    channel: int,
    row: int,
    column: int,
    trace: type[AvgPool2dTrace] = AvgPool2dTrace,
) -> AvgPool2dTrace:
    """What the pooled value at one position is made of: the window, its sum and the divisor.

    Args:
        channel, row, column: the position in the output, counted from 0.
        trace: what says it.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: as `avg_pool2d`, and a position that the output does not have.
    """
    height, width, plane = pooled_plane(input, spec, channel)
    rows, columns = height.sources(row), width.sources(column)
    window = gather(plane, rows, columns)
    total = float(window.sum())
    divisor = int(divisors(height, width, spec)[row, column])
    return trace(
        value=total / divisor if divisor else math.nan,
        rows=rows,
        columns=columns,
        window=window,
        sum=total,
        divisor=divisor,
    )


def divisors(height: PooledAxis, width: PooledAxis, spec: PoolSpec) -> Tensor:
    """What the sum of each window is divided by.

    Shape:
        (H_out, W_out)
    """
    if spec.divisor_override is not None:
        return torch.full((height.output, width.output), spec.divisor_override)
    rows, columns = (
        torch.tensor([axis.counted(line, spec.count_include_pad) for line in range(axis.output)])
        for axis in (height, width)
    )
    return rows[:, None] * columns


def _sums(values: Tensor, axis: PooledAxis) -> Tensor:
    """The sum under each window of columns.

    Shape:
        values: (..., H, W); returned: (..., H, W_out)
    """
    total = torch.zeros((*values.shape[:-1], axis.output), dtype=torch.float64)
    for sources in axis.all_sources():
        total += gather(values, columns=sources)
    return total


def avg_pool2d_gradient(input: Tensor, spec: PoolSpec, gradient: Tensor) -> Tensor:
    """Each output's gradient over its divisor, at every cell of its window.

    Shape:
        input: (..., H, W); gradient: (..., H_out, W_out); returned: as input; both in float64
    """
    height, width = pooled_axes(input, spec)
    share = gradient / divisors(height, width, spec)
    size = (height.input, width.input)
    across = torch.zeros((*share.shape[:-1], width.input), dtype=torch.float64)
    for columns in width.all_sources():
        across += scatter(share, size, columns=columns)
    found = torch.zeros(input.shape, dtype=torch.float64)
    for rows in height.all_sources():
        found += scatter(across, size, rows=rows)
    return found


def is_native_average(spec: Pool2dSpec) -> bool:
    """Whether PyTorch's operator takes the settings; it has no dilation."""
    return has_native_padding(spec) and spec.dilation == (1, 1)


def avg_pool2d_by_torch(input: Tensor, spec: Pool2dSpec) -> Tensor:
    """The same by PyTorch's operator where it means the same, else by ours."""
    if not is_native_average(spec):
        return avg_pool2d(input, spec)
    return functional.avg_pool2d(
        input,
        spec.kernel_size,
        spec.stride,
        (spec.padding.top, spec.padding.left),
        spec.ceil_mode,
        spec.count_include_pad,
        spec.divisor_override,
    )


def adaptive_avg_pool2d_by_torch(input: Tensor, spec: AdaptivePool2dSpec) -> Tensor:
    """The means of windows that are laid out to a number, by PyTorch's operator."""
    rows, columns = spec.axes(input.shape[-2], input.shape[-1])
    return functional.adaptive_avg_pool2d(input, (rows.output, columns.output))


def _pool(input: Tensor, spec: PoolSpec) -> Output:
    """The means, which come from no one place."""
    return Output(avg_pool2d(input, spec))


MEAN = Reduction(
    _pool, avg_pool2d_by_torch, trace_avg_pool2d, avg_pool2d_gradient, is_native_average
)
ADAPTIVE_MEAN = replace(
    MEAN,
    by_torch=adaptive_avg_pool2d_by_torch,
    trace=partial(trace_avg_pool2d, trace=AdaptiveAvgPool2dTrace),
)
