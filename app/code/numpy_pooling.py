"""Pooling as NumPy text: the windows as a view, and what becomes of each."""

from collections.abc import Sequence

import torch
from torch import Tensor

from app.code.numpy_convolution import padded, window_lines
from app.code.text import LITERAL_UP_TO, array_lines, numpy_imports_for
from app.mechanics.adaptive import AdaptiveAxis, AdaptivePool2dSpec
from app.mechanics.padding import Padding
from app.mechanics.pooling import PoolKind, PoolSpec
from app.mechanics.spec import Pool2dSpec
from app.mechanics.window import Axis


def pool2d_numpy(
    input: Tensor, kind: PoolKind, spec: PoolSpec, literal_up_to: int = LITERAL_UP_TO
) -> str:
    """The NumPy text of a pooling of any kind.

    Args:
        literal_up_to: an input of more values is read from a .npy file instead of being written.

    Shape:
        input: (C, H, W) or (N, C, H, W)
    """
    size = (input.shape[-2], input.shape[-1])
    if isinstance(spec, AdaptivePool2dSpec):
        lines = _adaptive(kind, *spec.axes(*size))
    else:
        lines = _windowed(kind, spec, input, *spec.axes(*size))
    shown = ["print(output)", "print(indices)"] if kind.endswith("max") else ["print(output)"]
    return numpy_imports_for(
        "\n".join([array_lines("input", input, literal_up_to), *lines, *shown])
    )


def _windowed(
    kind: PoolKind, spec: Pool2dSpec, input: Tensor, height: Axis, width: Axis
) -> list[str]:
    """Padding as far as the windows look, the windows, and one value for each."""
    sides = Padding(spec.padding.top, _after(height), spec.padding.left, _after(width))
    source, lines = "input", []
    if sides != Padding():
        fill = "-inf" if kind == "max" else ""
        lines.append(f"padded = {padded('input', input.ndim, sides, fill=fill)}")
        source = "padded"
    lines += window_lines(source, spec.kernel_size, spec.stride, spec.dilation)
    if kind == "max":
        return lines + _winners(spec, height, width)
    if kind == "lp":
        power = spec.norm_type
        norm = f"(np.abs(windows) ** {power!r}).sum((-2, -1)) ** (1 / {power!r})"
        return [*lines, f"output = {norm}"]
    if spec.divisor_override is not None:
        return [*lines, f"output = windows.sum((-2, -1)) / {spec.divisor_override}"]
    rows, columns = (
        [axis.counted(line, spec.count_include_pad) for line in range(axis.output)]
        for axis in (height, width)
    )
    if {*rows} == {height.kernel_size} and {*columns} == {width.kernel_size}:
        return [*lines, "output = windows.mean((-2, -1))"]
    kind_of_number = "" if input.dtype == torch.float64 else ", input.dtype"
    return [
        *lines,
        f"rows = np.array({_counts(rows)}{kind_of_number})  # how many of each window's count",
        f"columns = np.array({_counts(columns)}{kind_of_number})",
        "output = windows.sum((-2, -1)) / (rows[:, None] * columns)",
    ]


def _winners(spec: Pool2dSpec, height: Axis, width: Axis) -> list[str]:
    """The largest value of each window, and its place in the flattened map."""

    def lines(axis: Axis, place: str, end: str) -> str:
        stepped = f"{axis.stride} * np.arange({axis.output}){end} + "
        dilated = place if axis.dilation == 1 else f"{axis.dilation} * ({place})"
        before = f" - {axis.padding_before}" if axis.padding_before else ""
        return f"{stepped}{dilated}{before}"

    index = f"rows * {width.input} + columns"
    if spec.padding != Padding() or spec.ceil_mode:
        index = f"np.where(output > -inf, {index}, -1)"
    columns = spec.kernel_size[1]
    return [
        "output = windows.max((-2, -1))",
        "winner = windows.reshape(*output.shape, -1).argmax(-1)  # its place in the window",
        f"rows = {lines(height, f'winner // {columns}', '[:, None]')}",
        f"columns = {lines(width, f'winner % {columns}', '')}",
        f"indices = {index}",
    ]


def _adaptive(kind: PoolKind, height: AdaptiveAxis, width: AdaptiveAxis) -> list[str]:
    """The windows of an adaptive pooling one by one, since they differ in size."""
    is_max = kind.endswith("max")
    shape = f"(*input.shape[:-2], {height.output}, {width.output})"
    made = [f"output = np.empty({shape}, input.dtype)"]
    body = [
        f"top, bottom = {_bounds('row', height)}",
        f"left, right = {_bounds('column', width)}",
        "window = input[..., top:bottom, left:right]",
        f"output[..., row, column] = window.{'max' if is_max else 'mean'}((-2, -1))",
    ]
    if is_max:
        made.append(f"indices = np.empty({shape}, int)")
        place = f"(top + winner // (right - left)) * {width.input} + left + winner % (right - left)"
        body += [
            "winner = window.reshape(*input.shape[:-2], -1).argmax(-1)",
            f"indices[..., row, column] = {place}",
        ]
    return [
        *made,
        f"for row in range({height.output}):",
        f"    for column in range({width.output}):",
        *(f"        {line}" for line in body),
    ]


def _bounds(name: str, axis: AdaptiveAxis) -> str:
    """Where a window begins and ends: ⌊i · input / output⌋ and ⌈(i + 1) · input / output⌉."""
    times = f"* {axis.input} // {axis.output}"
    return f"{name} {times}, -(-({name} + 1) {times})"


def _after(axis: Axis) -> int:
    """How many lines to add after the input, so that the last window has all of its own."""
    return max(0, axis.positions(axis.output - 1)[-1] + 1 - axis.input)


def _counts(lines: Sequence[int]) -> str:
    """How many lines of each window count; where none does, there is no mean."""
    return f"[{', '.join(str(count) if count else 'nan' for count in lines)}]"
