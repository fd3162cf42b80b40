"""Convolution, and what one of its values is made of.

"Convolution" is cross-correlation here, as in every framework: the kernel is not flipped, unless
the settings ask for it with `flip_kernel`.
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from app.mechanics.axis_map import Source
from app.mechanics.checks import check_operands
from app.mechanics.operands import (
    Lines,
    as_batch,
    gather,
    oriented,
    places_of,
    take,
    to_float64,
)
from app.mechanics.spec import Conv2dSpec
from app.mechanics.trace import Trace


def conv2d(input: Tensor, weight: Tensor, bias: Tensor | None, spec: Conv2dSpec) -> Tensor:
    """Every output value: the sum of window times kernel over the channels of its group, plus bias.

    It reads the input through the index map, one kernel cell at a time, so that it stands apart
    from torch's own operator and can be checked against it.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W)
        weight: (C_out, C_in / groups, K_h, K_w); bias: (C_out)
        returned: (C_out, H_out, W_out) or (N, C_out, H_out, W_out), in the input's dtype, summed in
            float64

    Raises:
        MechanicsError: shapes that do not belong together; an input too small for the settings.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html

    Example:
        >>> spec = Conv2dSpec.of(1, 1, kernel_size=2)
        >>> image = torch.arange(9.0).reshape(1, 3, 3)
        >>> conv2d(image, torch.ones(1, 1, 2, 2), None, spec).tolist()
        [[[8.0, 12.0], [20.0, 24.0]]]
    """
    check_operands(input, weight, bias, spec)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    kernels = oriented(to_float64(weight), spec.flip_kernel)
    lines = (height.all_sources(), width.all_sources())
    output = correlate(as_batch(input), kernels, spec.groups, lines)
    if bias is not None:
        output += to_float64(bias)[:, None, None]
    return output.reshape(*input.shape[:-3], *output.shape[1:]).to(input.dtype)


def correlate(large: Tensor, weight: Tensor, groups: int, lines: Lines) -> Tensor:
    """Every window times kernel, summed over the channels of its group: a convolution.

    Shape:
        large: (N, C, H, W); weight: (C_other, C / groups, K_h, K_w)
        returned: (N, C_other, len(lines[0][0]), len(lines[1][0])), all in float64
    """
    samples = len(large)
    grouped = weight.reshape(groups, -1, *weight.shape[1:])
    # grouped: (G, C_other/G, C/G, K_h, K_w)
    output = torch.zeros(
        (samples, len(weight), len(lines[0][0]), len(lines[1][0])), dtype=torch.float64
    )
    columns = [places_of(across) for across in lines[1]]
    for row, below in enumerate(lines[0]):
        under_row = gather(large, rows=below)
        for column, across in enumerate(columns):
            under = take(under_row, -1, across)
            patches = under.reshape(samples, groups, grouped.shape[2], -1)
            output += (grouped[..., row, column] @ patches).reshape(output.shape)
    return output


@dataclass(frozen=True, slots=True)
class Conv2dTrace(Trace):
    """What one value of a convolution is made of.

    `weight` is the filter as it lies on the window, flipped where the settings say so; `products`
    is window times weight; `channel_sums` their sum for each channel; the value is the
    sum of those plus the bias. `input_channels` are the channels of the input that the window
    shows, all of them unless there are groups.

    Shape:
        window, weight, products: (C_in / groups, K_h, K_w); channel_sums: (C_in / groups)
    """

    kind: ClassVar[str] = "Conv2d"
    main: ClassVar[str | None] = "products"
    input_channels: tuple[int, ...]
    rows: tuple[Source, ...]
    columns: tuple[Source, ...]
    window: Tensor
    weight: Tensor
    products: Tensor
    channel_sums: Tensor
    bias: float


def trace_conv2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    spec: Conv2dSpec,
    channel: int,
    row: int,
    column: int,
) -> Conv2dTrace:
    """What the output value at one position is made of, down to every product.

    Args:
        channel, row, column: the position in the output, counted from 0.

    Shape:
        input: (C_in, H, W); weight: (C_out, C_in / groups, K_h, K_w); bias: (C_out)

    Raises:
        MechanicsError: as `conv2d`, and a position that the output does not have.
    """
    check_operands(input, weight, bias, spec, dims=(3,))
    channels = spec.input_channels(channel)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    rows, columns = height.sources(row), width.sources(column)
    window = to_float64(gather(input[channels.start : channels.stop], rows, columns))
    filter_ = oriented(to_float64(weight[channel]), spec.flip_kernel)
    products = window * filter_
    channel_sums = products.sum((1, 2))
    offset = 0.0 if bias is None else float(bias[channel])
    return Conv2dTrace(
        value=float(channel_sums.sum()) + offset,
        input_channels=tuple(channels),
        rows=rows,
        columns=columns,
        window=window,
        weight=filter_,
        products=products,
        channel_sums=channel_sums,
        bias=offset,
    )
