"""Convolutions as NumPy text: the same numbers from slices and sums alone, with no torch at all."""

from torch import Tensor

from app.code.text import LITERAL_UP_TO, array_lines, numpy_imports_for
from app.mechanics.padding import Padding, Pair
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec

MODES = {"zeros": "", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
"""NumPy's words for the padding modes; zeros are what it pads with anyway."""


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
    lines = _operands(input, weight, bias, spec.flip_kernel, literal_up_to)
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
        return _program(lines, bias)
    lead, groups = "*input.shape[:-3]", spec.groups
    shape = f"{lead}, {groups}, {spec.in_channels // groups}, *windows.shape[-4:]"
    lines += [
        f"windows = windows.reshape({shape})  # channels by group",
        f"weight = weight.reshape({groups}, -1, *weight.shape[1:])  # filters by group",
        'output = np.einsum("...gchwij,gocij->...gohw", windows, weight)',
        f"output = output.reshape({lead}, {spec.out_channels}, *output.shape[-2:])",
    ]
    return _program(lines, bias)


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
    lines = _operands(input, weight, bias, spec.flip_kernel, literal_up_to)
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
    return _program(lines, bias)


def padded(name: str, rank: int, padding: Padding, mode: str = "", fill: str = "") -> str:
    """The call that pads rows and columns, and nothing else.

    Args:
        mode: NumPy's word for it; zeros where it is empty.
        fill: what to pad with instead of zeros.

    Example:
        >>> padded("input", 3, Padding(1, 1, 2, 2), "edge")
        'np.pad(input, ((0, 0), (1, 1), (2, 2)), "edge")'
    """
    sides = ["(0, 0)"] * (rank - 2)
    sides += [f"({padding.top}, {padding.bottom})", f"({padding.left}, {padding.right})"]
    more = (f', "{mode}"' if mode else "") + (f", constant_values={fill}" if fill else "")
    return f"np.pad({name}, ({', '.join(sides)}){more})"


def window_lines(source: str, kernel_size: Pair, stride: Pair, dilation: Pair) -> list[str]:
    """The statements that make `windows`: (…, rows, columns, kernel rows, kernel columns).

    Example:
        >>> for line in window_lines("input", (3, 3), (2, 1), (1, 1)):
        ...     print(line)
        windows = sliding_window_view(input, (3, 3), axis=(-2, -1))
        windows = windows[..., ::2, :, :, :]
    """
    spans = tuple(d * (k - 1) + 1 for k, d in zip(kernel_size, dilation, strict=True))
    lines = [f"windows = sliding_window_view({source}, {spans}, axis=(-2, -1))"]
    steps = [":" if step == 1 else f"::{step}" for step in (*stride, *dilation)]
    if set(steps) != {":"}:
        lines.append(f"windows = windows[..., {', '.join(steps)}]")
    return lines


def _operands(
    input: Tensor, weight: Tensor, bias: Tensor | None, flip_kernel: bool, literal_up_to: int
) -> list[str]:
    """The statements that make the operands."""
    named = {"input": input, "weight": weight} | ({} if bias is None else {"bias": bias})
    lines = [array_lines(name, tensor, literal_up_to) for name, tensor in named.items()]
    if flip_kernel:
        lines.append("weight = weight[..., ::-1, ::-1]  # convolution flips the kernel")
    return lines


def _every(name: str, count: int, stride: int, dilation: int) -> str:
    """The output lines that one kernel line of all stamps is added to, as a slice."""
    start = name if dilation == 1 else f"{dilation} * {name}"
    end = f"{start} + {stride * (count - 1) + 1}"
    return f"{start} : {end}" + (f" : {stride}" if stride > 1 else "")


def _program(lines: list[str], bias: Tensor | None) -> str:
    """The whole text, which ends by printing the output."""
    added = [] if bias is None else ["output = output + bias[:, None, None]"]
    return numpy_imports_for("\n".join([*lines, *added, "print(output)"]))
