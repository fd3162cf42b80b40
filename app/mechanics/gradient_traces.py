"""What one gradient of a convolution is made of."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.axis_map import Source
from app.mechanics.channels import partner_channels
from app.mechanics.checks import check_input, check_operands, check_output_gradient
from app.mechanics.operands import gather, oriented, to_float64
from app.mechanics.spec import Conv2dSpec
from app.mechanics.trace import Trace, check_index


@dataclass(frozen=True, slots=True)
class WeightGradientTrace(Trace):
    """What the gradient of one weight is made of: the sum over every position it was used at.

    At output position (i, j) the weight met the input at `rows[i]`, `columns[j]` of one channel.

    Shape:
        input, output_gradient, products: (H_out, W_out)
    """

    kind: ClassVar[str] = "Conv2dWeightGradient"
    main: ClassVar[str | None] = "products"
    input_channel: int
    rows: tuple[Source, ...]
    columns: tuple[Source, ...]
    input: Tensor
    output_gradient: Tensor
    products: Tensor


def trace_weight_gradient(
    input: Tensor,
    spec: Conv2dSpec,
    output_gradient: Tensor,
    index: tuple[int, int, int, int],
) -> WeightGradientTrace:
    """What the gradient of one weight is made of, down to every product.

    Args:
        index: the weight's place: filter, channel within the group, row, column, counted from 0.

    Shape:
        input: (C_in, H, W); output_gradient: (C_out, H_out, W_out)

    Raises:
        MechanicsError: shapes that do not belong together, or there is no such weight.
    """
    check_input(input, spec.in_channels, dims=(3,))
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    shape = (spec.out_channels, height.output, width.output)
    check_output_gradient(output_gradient, shape)
    names = ("filter", "channel", "row", "column")
    for name, place, size in zip(names, index, spec.weight_shape, strict=True):
        check_index(place, size, name)
    filter_, channel, row, column = index
    if spec.flip_kernel:
        row, column = height.kernel_size - 1 - row, width.kernel_size - 1 - column
    input_channel = spec.input_channels(filter_)[channel]
    rows, columns = height.sources_under(row), width.sources_under(column)
    met = gather(to_float64(input[input_channel]), rows, columns)
    gradient = to_float64(output_gradient[filter_])
    products = met * gradient
    return WeightGradientTrace(
        value=float(products.sum()),
        input_channel=input_channel,
        rows=rows,
        columns=columns,
        input=met,
        output_gradient=gradient,
        products=products,
    )


@dataclass(frozen=True, slots=True)
class InputGradientTrace(Trace):
    """What the gradient of one input value is made of: every output that read it, by its weight.

    Output row `rows[i]` read it with kernel row `kernel_rows[i]`, and the columns likewise: going
    through the outputs forwards, the kernel is gone through backwards. Through padding that mirrors
    or wraps, one output can read a value more than once.

    Shape:
        output_gradient, weight, products: (C_out / groups, len(rows), len(columns))
        channel_sums: (C_out / groups)
    """

    kind: ClassVar[str] = "Conv2dInputGradient"
    main: ClassVar[str | None] = "products"
    output_channels: tuple[int, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    kernel_rows: tuple[int, ...]
    kernel_columns: tuple[int, ...]
    output_gradient: Tensor
    weight: Tensor
    products: Tensor
    channel_sums: Tensor


def trace_input_gradient(
    input: Tensor,
    weight: Tensor,
    spec: Conv2dSpec,
    output_gradient: Tensor,
    position: tuple[int, int, int],
) -> InputGradientTrace:
    """What the gradient of one input value is made of, down to every product.

    Args:
        position: channel, row and column in the input, counted from 0.

    Shape:
        input: (C_in, H, W); weight: (C_out, C_in / groups, K_h, K_w)
        output_gradient: (C_out, H_out, W_out)

    Raises:
        MechanicsError: shapes that do not belong together, or there is no such input value.
    """
    check_operands(input, weight, None, spec, dims=(3,))
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    check_output_gradient(output_gradient, (spec.out_channels, height.output, width.output))
    channel, row, column = position
    channels = partner_channels(
        channel, spec.in_channels, spec.out_channels, spec.groups, side="input"
    )
    check_index(row, height.input, "row")
    check_index(column, width.input, "column")
    down, across = height.readers(row), width.readers(column)
    rows, kernel_rows = [o for o, _ in down], [k for _, k in down]
    columns, kernel_columns = [o for o, _ in across], [k for _, k in across]
    part = slice(channels.start, channels.stop)
    gradient = to_float64(output_gradient[part])[:, rows][:, :, columns]
    kernels = oriented(to_float64(weight[part, channel % weight.shape[1]]), spec.flip_kernel)
    met = kernels[:, kernel_rows][:, :, kernel_columns]
    products = gradient * met
    channel_sums = products.sum((1, 2))
    return InputGradientTrace(
        value=float(channel_sums.sum()),
        output_channels=tuple(channels),
        rows=tuple(rows),
        columns=tuple(columns),
        kernel_rows=tuple(kernel_rows),
        kernel_columns=tuple(kernel_columns),
        output_gradient=gradient,
        weight=met,
        products=products,
        channel_sums=channel_sums,
    )
