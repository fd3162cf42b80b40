"""Transposed convolution, seen from both ends: what a value gathers, and what a value stamps."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from app.mechanics.axis_map import Source
from app.mechanics.checks import check_operands
from app.mechanics.operands import Lines, as_batch, oriented, scatter, to_float64
from app.mechanics.trace import Trace
from app.mechanics.transposed_spec import ConvTranspose2dSpec


def conv_transpose2d(
    input: Tensor, weight: Tensor, bias: Tensor | None, spec: ConvTranspose2dSpec
) -> Tensor:
    """Every output value: each input value stamps its kernel, times itself; what overlaps adds up.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W)
        weight: (C_in, C_out / groups, K_h, K_w); bias: (C_out)
        returned: (C_out, H_out, W_out) or (N, C_out, H_out, W_out), in the input's dtype, summed in
            float64

    Raises:
        MechanicsError: shapes that do not belong together; padding that leaves nothing.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html

    Example:
        >>> spec = ConvTranspose2dSpec.of(1, 1, kernel_size=2)
        >>> conv_transpose2d(
        ...     torch.tensor([[[1.0, 10.0]]]), torch.ones(1, 1, 2, 2), None, spec
        ... ).tolist()
        [[[1.0, 11.0, 10.0], [1.0, 11.0, 10.0]]]
    """
    check_operands(input, weight, bias, spec)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    kernels = oriented(to_float64(weight), spec.flip_kernel)
    targets = (height.all_targets(), width.all_targets())
    size = (height.output, width.output)
    output = stamp(as_batch(input), kernels, spec.groups, size, targets)
    if bias is not None:
        output += to_float64(bias)[:, None, None]
    return output.reshape(*input.shape[:-3], *output.shape[1:]).to(input.dtype)


def stamp(
    batch: Tensor,
    weight: Tensor,
    groups: int,
    size: tuple[int, int],
    targets: Lines,
) -> Tensor:
    """Every value times its kernels, added where the targets say: a convolution read backwards.

    Args:
        targets: for each kernel row (column) the line that each line of the batch writes to.

    Shape:
        batch: (N, C, H, W); weight: (C, C_other / groups, K_h, K_w)
        returned: (N, C_other, *size), both in float64
    """
    samples, _, rows, columns = batch.shape
    kernels = weight.reshape(groups, -1, *weight.shape[1:]).transpose(1, 2)
    # kernels: (G, C_other/G, C/G, K_h, K_w)
    grouped = batch.reshape(samples, groups, kernels.shape[2], -1)
    output = torch.zeros((samples, groups * kernels.shape[1], *size), dtype=torch.float64)
    for row, lines in enumerate(targets[0]):
        spread = torch.zeros((*output.shape[:2], rows, size[1]), dtype=torch.float64)
        for column, across in enumerate(targets[1]):
            stamps = kernels[..., row, column] @ grouped  # (N, G, C_other/G, H·W)
            values = stamps.reshape(*output.shape[:2], rows, columns)
            spread += scatter(values, (rows, size[1]), columns=across)
        output += scatter(spread, size, rows=lines)
    return output


@dataclass(frozen=True, slots=True)
class ConvTranspose2dTrace(Trace):
    """What one value of a transposed convolution is made of: the stamps that meet on it.

    Input row `rows[i]` reaches it with kernel row `kernel_rows[i]`, and the columns likewise; the
    value is the sum of products plus the bias. Where nothing reaches it, all of these are empty.

    Shape:
        window, weight, products: (C_in / groups, len(rows), len(columns)): the input values and the
            weight that each comes with; channel_sums: (C_in / groups)
    """

    kind: ClassVar[str] = "ConvTranspose2d"
    main: ClassVar[str | None] = "products"
    input_channels: tuple[int, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    kernel_rows: tuple[int, ...]
    kernel_columns: tuple[int, ...]
    window: Tensor
    weight: Tensor
    products: Tensor
    channel_sums: Tensor
    bias: float


def trace_conv_transpose2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    spec: ConvTranspose2dSpec,
    channel: int,
    row: int,
    column: int,
) -> ConvTranspose2dTrace:
    """What the output value at one position gathers: which inputs, with which weight.

    Args:
        channel, row, column: the position in the output, counted from 0.

    Shape:
        input: (C_in, H, W); weight: (C_in, C_out / groups, K_h, K_w); bias: (C_out)

    Raises:
        MechanicsError: as `conv_transpose2d`, and a position that the output does not have.
    """
    check_operands(input, weight, bias, spec, dims=(3,))
    channels = spec.input_channels(channel)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    down, across = height.writers(row), width.writers(column)
    rows, kernel_rows = [i for i, _ in down], [k for _, k in down]
    columns, kernel_columns = [i for i, _ in across], [k for _, k in across]
    part = slice(channels.start, channels.stop)
    kernels = oriented(to_float64(weight), spec.flip_kernel)
    kernels = kernels[part, channel % weight.shape[1]]
    window = to_float64(input[part])[:, rows][:, :, columns]
    met = kernels[:, kernel_rows][:, :, kernel_columns]
    channel_sums = (window * met).sum((1, 2))
    offset = 0.0 if bias is None else float(bias[channel])
    return ConvTranspose2dTrace(
        value=float(channel_sums.sum()) + offset,
        input_channels=tuple(channels),
        rows=tuple(rows),
        columns=tuple(columns),
        kernel_rows=tuple(kernel_rows),
        kernel_columns=tuple(kernel_columns),
        window=window,
        weight=met,
        products=window * met,
        channel_sums=channel_sums,
        bias=offset,
    )


@dataclass(frozen=True, slots=True)
class ConvTranspose2dStamp(Trace):
    """What one input value stamps onto the output: itself times its kernels. `value` is the input.

    Kernel row i lands on output row `rows[i]`, None where padding took it away; so do the columns.

    Shape:
        weight, products: (C_out / groups, K_h, K_w)
    """

    kind: ClassVar[str] = "ConvTranspose2dStamp"
    main: ClassVar[str | None] = "products"
    output_channels: tuple[int, ...]
    rows: tuple[Source, ...]
    columns: tuple[Source, ...]
    weight: Tensor
    products: Tensor


def trace_stamp(
    input: Tensor, weight: Tensor, spec: ConvTranspose2dSpec, channel: int, row: int, column: int
) -> ConvTranspose2dStamp:
    """What the input value at one position adds to the output, and where.

    Args:
        channel, row, column: the position in the input, counted from 0.

    Shape:
        input: (C_in, H, W); weight: (C_in, C_out / groups, K_h, K_w)

    Raises:
        MechanicsError: as `conv_transpose2d`, and a position that the input does not have.
    """
    check_operands(input, weight, None, spec, dims=(3,))
    channels = spec.output_channels(channel)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    rows, columns = height.targets(row), width.targets(column)
    kernels = oriented(to_float64(weight[channel]), spec.flip_kernel)
    value = float(to_float64(input[channel, row, column]))
    return ConvTranspose2dStamp(
        value=value,
        output_channels=tuple(channels),
        rows=rows,
        columns=columns,
        weight=kernels,
        products=value * kernels,
    )
