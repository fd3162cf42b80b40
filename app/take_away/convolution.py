"""A convolution as PyTorch text and as NumPy text, which print the same numbers."""

from torch import Tensor

from app.mechanics.padding import Padding
from app.mechanics.spec import Conv2dSpec
from app.take_away.convolution_text import DEFAULTS, sides, tensors, turned
from app.take_away.numpy_text import numpy_program, operands, padded, window_lines
from app.take_away.text import LITERAL_UP_TO, Program, call

MODES = {"zeros": "", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
"""NumPy's words for the padding modes; zeros are what it pads with anyway."""


def conv2d_program(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    spec: Conv2dSpec,
    literal_up_to: int = LITERAL_UP_TO,
) -> Program:
    """A convolution in PyTorch, with F.pad where its own padding is narrower than ours.

    Args:
        literal_up_to: a tensor of more values is read from a .npy file instead of being written.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W); weight, bias: as `conv2d`
    """
    lines = turned(spec.flip_kernel)
    source, padding = "input", (spec.padding.top, spec.padding.left)
    if spec.padding_mode != "zeros" or not spec.padding.is_symmetric:
        mode = "" if spec.padding_mode == "zeros" else f', mode="{spec.padding_mode}"'
        lines.append(f"padded = F.pad(input, {sides(spec.padding)}{mode})")
        source, padding = "padded", (0, 0)
    convolution = call(
        "F.conv2d",
        source,
        "weight",
        *([] if bias is None else ["bias"]),
        defaults=DEFAULTS,
        stride=spec.stride,
        padding=padding,
        dilation=spec.dilation,
        groups=spec.groups,
    )
    lines.append(f"output = {convolution}")
    return Program.of(tensors(input, weight, bias), lines, literal_up_to=literal_up_to)


def conv2d_numpy(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    spec: Conv2dSpec,
    literal_up_to: int = LITERAL_UP_TO,
) -> str:
    """The NumPy text of a convolution: every window, multiplied with every filter and summed.

    Args:
        literal_up_to: an array of more values is read from a .npy file instead of being written.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W); weight, bias: as `conv2d`
    """
    lines = operands(input, weight, bias, spec.flip_kernel, literal_up_to)
    source = "input"
    if spec.padding != Padding():
        lines.append(
            f"padded = {padded('input', input.ndim, spec.padding, MODES[spec.padding_mode])}"
        )
        source = "padded"
    lines += window_lines(source, spec.kernel_size, spec.stride, spec.dilation)
    if spec.groups == 1:
        lines[-1] += "  # (channels, rows, columns, kernel rows, kernel columns)"
        lines.append('output = np.einsum("...chwij,ocij->...ohw", windows, weight)')
        return numpy_program(lines, bias)
    lead, groups = "*input.shape[:-3]", spec.groups
    shape = f"{lead}, {groups}, {spec.in_channels // groups}, *windows.shape[-4:]"
    lines += [
        f"windows = windows.reshape({shape})  # channels by group",
        f"weight = weight.reshape({groups}, -1, *weight.shape[1:])  # filters by group",
        'output = np.einsum("...gchwij,gocij->...gohw", windows, weight)',
        f"output = output.reshape({lead}, {spec.out_channels}, *output.shape[-2:])",
    ]
    return numpy_program(lines, bias)
