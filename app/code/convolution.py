"""Convolutions as PyTorch text: what to paste to get the same numbers without this program."""

from torch import Tensor

from app.code.text import LITERAL_UP_TO, Program, call
from app.mechanics.padding import Padding
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec

DEFAULTS = {
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "groups": 1,
    "dilation": 1,
}


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
    lines = _turned(spec.flip_kernel)
    source, padding = "input", (spec.padding.top, spec.padding.left)
    if spec.padding_mode != "zeros" or not spec.padding.is_symmetric:
        mode = "" if spec.padding_mode == "zeros" else f', mode="{spec.padding_mode}"'
        lines.append(f"padded = F.pad(input, {_sides(spec.padding)}{mode})")
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
    return Program.of(_tensors(input, weight, bias), lines, literal_up_to=literal_up_to)


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
    lines = _turned(spec.flip_kernel)
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
        sides = (-pad.left, -pad.right, -pad.top, -pad.bottom)
        lines.append(f"output = F.pad(full, {sides})  # negative padding cuts off")
    return Program.of(_tensors(input, weight, bias), lines, literal_up_to=literal_up_to)


def _tensors(input: Tensor, weight: Tensor, bias: Tensor | None) -> dict[str, Tensor]:
    """The operands under their names."""
    return {"input": input, "weight": weight} | ({} if bias is None else {"bias": bias})


def _turned(flip_kernel: bool) -> list[str]:
    """The statement that turns the kernels, where the settings say so."""
    turn = "weight = weight.flip(-2, -1)  # convolution flips; PyTorch's correlates"
    return [turn] if flip_kernel else []


def _sides(padding: Padding) -> tuple[int, int, int, int]:
    """The sides in the order of F.pad."""
    return padding.left, padding.right, padding.top, padding.bottom
