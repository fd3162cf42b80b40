"""The parts of a NumPy text: operands, padding, windows as a view, and what is printed."""

from torch import Tensor

from app.mechanics.padding import Padding, Pair
from app.take_away.text import array_lines, numpy_imports_for


def operands(
    input: Tensor, weight: Tensor, bias: Tensor | None, flip_kernel: bool, literal_up_to: int
) -> list[str]:
    """The statements that make the operands."""
    named = {"input": input, "weight": weight} | ({} if bias is None else {"bias": bias})
    lines = [array_lines(name, tensor, literal_up_to) for name, tensor in named.items()]
    if flip_kernel:
        lines.append("weight = weight[..., ::-1, ::-1]  # convolution flips the kernel")
    return lines


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


def numpy_program(lines: list[str], bias: Tensor | None) -> str:
    """The whole text, which ends by printing the output."""
    added = [] if bias is None else ["output = output + bias[:, None, None]"]
    return numpy_imports_for("\n".join([*lines, *added, "print(output)"]))
