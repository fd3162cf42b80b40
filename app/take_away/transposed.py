"""A transposed convolution as PyTorch text and as NumPy text, which print the same numbers."""

from torch import Tensor

from app.mechanics.padding import Padding
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.take_away.convolution_text import DEFAULTS, tensors, turned
from app.take_away.numpy_text import numpy_program, operands
from app.take_away.text import LITERAL_UP_TO, Program, call


def conv_transpose2d_program(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    spec: ConvTranspose2dSpec,
    literal_up_to: int = LITERAL_UP_TO,
) -> Program:
    """A transposed convolution in PyTorch; padding by side is cut off the full output.

    Args:
        literal_up_to: a tensor of more values is read from a .npy file instead of being written.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W); weight, bias: as `conv_transpose2d`
    """
    lines = turned(spec.flip_kernel)
    pad = spec.padding
    is_symmetric = pad.is_symmetric
    convolution = call(
        "F.conv_transpose2d",
        "input",
        "weight",
        *([] if bias is None else ["bias"]),
        defaults=DEFAULTS,
        stride=spec.stride,
        padding=(pad.top, pad.left) if is_symmetric else 0,
        output_padding=spec.output_padding,
        groups=spec.groups,
        dilation=spec.dilation,
    )
    if is_symmetric:
        lines.append(f"output = {convolution}")
    else:
        lines.append(f"full = {convolution}")
        cut = (-pad.left, -pad.right, -pad.top, -pad.bottom)
        lines.append(f"output = F.pad(full, {cut})  # negative padding cuts off")
    return Program.of(tensors(input, weight, bias), lines, literal_up_to=literal_up_to)


def conv_transpose2d_numpy(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    spec: ConvTranspose2dSpec,
    literal_up_to: int = LITERAL_UP_TO,
) -> str:
    """The NumPy text of a transposed convolution: stamps added up, then the padding cut off.

    Args:
        literal_up_to: an array of more values is read from a .npy file instead of being written.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W); weight, bias: as `conv_transpose2d`
    """
    lines = operands(input, weight, bias, spec.flip_kernel, literal_up_to)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    if spec.groups == 1:
        lines.append('stamps = np.einsum("...chw,coij->...ohwij", input, weight)')
    else:
        groups, per_group = spec.groups, spec.in_channels // spec.groups
        shape = f"*input.shape[:-3], {groups}, {per_group}, *input.shape[-2:]"
        lines += [
            f"grouped = input.reshape({shape})",
            f"weight = weight.reshape({groups}, {per_group}, *weight.shape[1:])",
            'stamps = np.einsum("...gchw,gcoij->...gohwij", grouped, weight)',
            f"stamps = stamps.reshape(*input.shape[:-3], {spec.out_channels}, *stamps.shape[-4:])",
        ]
    rows, columns = (
        _every("row", height.input, height.stride, height.dilation),
        _every("column", width.input, width.stride, width.dilation),
    )
    size = f"{spec.out_channels}, {height.full_output}, {width.full_output}"
    lines += [
        f"output = np.zeros((*input.shape[:-3], {size}), input.dtype)",
        f"for row in range({height.kernel_size}):",
        f"    for column in range({width.kernel_size}):",
        f"        output[..., {rows}, {columns}] += stamps[..., row, column]",
    ]
    pad = spec.padding
    if pad != Padding():
        cut = (
            f"{pad.top}:{height.full_output - pad.bottom}, "
            f"{pad.left}:{width.full_output - pad.right}"
        )
        lines.append(f"output = output[..., {cut}]  # padding is cut off")
    return numpy_program(lines, bias)


def _every(name: str, count: int, stride: int, dilation: int) -> str:
    """The output lines that one kernel line of all stamps is added to, as a slice."""
    start = name if dilation == 1 else f"{dilation} * {name}"
    end = f"{start} + {stride * (count - 1) + 1}"
    return f"{start} : {end}" + (f" : {stride}" if stride > 1 else "")
