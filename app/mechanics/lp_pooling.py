"""Lp pooling, what one of its values is made of, and its gradient."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from app.mechanics.axis_map import Source
from app.mechanics.operands import gather, scatter, to_float64
from app.mechanics.operation import Output
from app.mechanics.padding import Padding
from app.mechanics.reduction import Reduction, pooled_axes, pooled_plane
from app.mechanics.spec import Pool2dSpec
from app.mechanics.trace import Trace

EXACT_UP_TO = 64
"""The norm_type up to which windows are scaled by a power of two, which rounds nothing."""


def lp_pool2d(input: Tensor, spec: Pool2dSpec) -> Tensor:
    """The p-norm of every window: (Σ |x|^p)^(1/p), p being `norm_type`; padding adds nothing.

    PyTorch's operator takes x^p without the absolute value, so that an odd p lets negative values
    cancel others, and it enlarges what ceil_mode's last windows hold; here the definition counts.
    No power overflows, since each window is scaled by its largest value first.

    Shape:
        input: (..., H, W); returned: (..., H_out, W_out) in the input's dtype

    Raises:
        MechanicsError: an input too small for the settings.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LPPool2d.html; for |x|, padding
        and dilation, LpPool of ONNX.

    Example:
        >>> lp_pool2d(torch.tensor([[-3.0, 4.0]]), Pool2dSpec.of((1, 2))).item()
        5.0
    """
    height, width = pooled_axes(input, spec)
    sizes = to_float64(input).abs()
    shape = (*input.shape[:-2], height.output, width.output)
    largest = torch.zeros(shape, dtype=torch.float64)
    for rows in height.all_sources():
        below = gather(sizes, rows=rows)
        for columns in width.all_sources():
            largest = torch.maximum(largest, gather(below, columns=columns))
    scale = _scale(largest, spec.norm_type)
    total = torch.zeros(shape, dtype=torch.float64)
    for rows in height.all_sources():
        below = gather(sizes, rows=rows)
        for columns in width.all_sources():
            total += (gather(below, columns=columns) / scale) ** spec.norm_type
    return (scale * total ** (1 / spec.norm_type)).to(input.dtype)


@dataclass(frozen=True, slots=True)
class LPPool2dTrace(Trace):
    """What one value of an Lp pooling is made of: the p-th root of the sum of |x|^p.

    Shape:
        window, powers: (K_h, K_w), zero in the padding
    """

    kind: ClassVar[str] = "LPPool2d"
    main: ClassVar[str | None] = "window"
    rows: tuple[Source, ...]
    columns: tuple[Source, ...]
    window: Tensor
    powers: Tensor
    sum: float
    norm_type: float


def trace_lp_pool2d(
    input: Tensor, spec: Pool2dSpec, channel: int, row: int, column: int
) -> LPPool2dTrace:
    """What the pooled value at one position is made of: the window, its powers and their sum.

    Args:
        channel, row, column: the position in the output, counted from 0.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: as `lp_pool2d`, and a position that the output does not have.
    """
    height, width, plane = pooled_plane(input, spec, channel)
    rows, columns = height.sources(row), width.sources(column)
    window = gather(plane, rows, columns)
    powers = window.abs() ** spec.norm_type
    scale = _scale(window.abs().max(), spec.norm_type)
    scaled = ((window.abs() / scale) ** spec.norm_type).sum()
    return LPPool2dTrace(
        value=float(scale * scaled ** (1 / spec.norm_type)),
        rows=rows,
        columns=columns,
        window=window,
        powers=powers,
        sum=float(powers.sum()),
        norm_type=float(spec.norm_type),
    )


def lp_pool2d_gradient(input: Tensor, spec: Pool2dSpec, gradient: Tensor) -> Tensor:
    """Each output's gradient times the slope of its norm in each cell of its window.

    A cell gets more, the larger it is: sign(x)·(|x| / norm)^(p−1), and 0 where it is 0 itself.

    Shape:
        input: (..., H, W); gradient: (..., H_out, W_out); returned: as input; both in float64
    """
    height, width = pooled_axes(input, spec)
    values = to_float64(input)
    norm = lp_pool2d(values, spec)
    size = (height.input, width.input)
    found = torch.zeros(input.shape, dtype=torch.float64)
    for rows in height.all_sources():
        below = gather(values, rows=rows)
        for columns in width.all_sources():
            under = gather(below, columns=columns)
            slope = under.sign() * (under.abs() / norm) ** (spec.norm_type - 1)
            found += scatter(slope.where(under != 0, 0.0) * gradient, size, rows, columns)
    return found


def is_native_norm(spec: Pool2dSpec) -> bool:
    """Whether PyTorch's operator, given |x|, means the same: with neither padding nor dilation."""
    return spec.padding == Padding() and not spec.ceil_mode and spec.dilation == (1, 1)


def _pool(input: Tensor, spec: Pool2dSpec) -> Output:
    """The norms, which come from no one place."""
    return Output(lp_pool2d(input, spec), None)


def _scale(largest: Tensor, norm_type: float) -> Tensor:
    """What a window is divided by so that no power overflows or vanishes; 1 where none helps."""
    helps = (largest > 0) & largest.isfinite()
    if norm_type > EXACT_UP_TO:
        return largest.where(helps, 1.0)
    _, exponent = torch.frexp(largest.where(helps, 1.0))
    return torch.ldexp(torch.ones_like(largest), exponent - 1)


# PyTorch's own operator lets negative values cancel others, so it is no second way to these.
NORM = Reduction(_pool, lp_pool2d, trace_lp_pool2d, lp_pool2d_gradient, is_native_norm)
