"""Pooling of every kind as text: PyTorch's own operator where it can, windows by hand elsewhere."""

from typing import Any

from torch import Tensor

from app.mechanics.adaptive import AdaptiveAxis
from app.mechanics.padding import Padding
from app.mechanics.pool_kinds import POOL_KINDS, PoolKind, PoolRule, PoolSpec
from app.mechanics.pooling import reduction_of
from app.mechanics.spec import Pool2dSpec
from app.take_away.average_pooling import AveragePoolText
from app.take_away.lp_pooling import LPPoolText
from app.take_away.max_pooling import MaxPoolText
from app.take_away.numpy_text import padded, window_lines
from app.take_away.pool_text import MovingPool, PoolText, lines_after
from app.take_away.text import LITERAL_UP_TO, Program, array_lines, numpy_imports_for

TEXTS: dict[PoolRule, PoolText] = {
    "maximum": MaxPoolText(),
    "mean": AveragePoolText(),
    "norm": LPPoolText(),
}


def _text_of(kind: PoolKind) -> PoolText:
    """What a kind of pooling says."""
    return TEXTS[POOL_KINDS[kind].rule]


def pool2d_program(
    input: Tensor, kind: PoolKind, spec: PoolSpec, literal_up_to: int = LITERAL_UP_TO
) -> Program:
    """A pooling of any kind in PyTorch.

    PyTorch's own operators know neither padding by side nor more of it than half a kernel, no
    dilation of averages, and of norms neither padding nor negative values; there the windows are
    cut out of a padded input.

    Args:
        literal_up_to: an input of more values is read from a .npy file instead of being written.

    Shape:
        input: (C, H, W) or (N, C, H, W)
    """
    lines = (_adaptive if POOL_KINDS[kind].is_adaptive else _moving)(kind, input, spec)
    return Program.of({"input": input}, lines, _shown(kind), literal_up_to)


def pool2d_numpy(
    input: Tensor, kind: PoolKind, spec: PoolSpec, literal_up_to: int = LITERAL_UP_TO
) -> str:
    """The NumPy text of a pooling of any kind: the windows as a view, and what becomes of each.

    Args:
        literal_up_to: an input of more values is read from a .npy file instead of being written.

    Shape:
        input: (C, H, W) or (N, C, H, W)
    """
    lines = (_numpy_adaptive if POOL_KINDS[kind].is_adaptive else _numpy_moving)(kind, input, spec)
    printed = [f"print({name})" for name in _shown(kind)]
    return numpy_imports_for(
        "\n".join([array_lines("input", input, literal_up_to), *lines, *printed])
    )


def _shown(kind: PoolKind) -> tuple[str, ...]:
    """What the text prints."""
    return ("output", "indices") if reduction_of(kind).takes_maximum else ("output",)


def _adaptive(kind: PoolKind, input: Tensor, spec: Any) -> list[str]:
    """PyTorch's call for windows that are laid out to a number."""
    size = tuple(axis.output for axis in spec.axes(*input.shape[-2:]))
    return [_text_of(kind).adaptive.format(size=size)]


def _moving(kind: PoolKind, input: Tensor, spec: Any) -> list[str]:
    """PyTorch's statements for a window that moves: its own call where that means the same."""
    reduction, size = reduction_of(kind), input.shape[-2:]
    if reduction.is_native(spec) and not (reduction.takes_maximum and _sees_nothing(spec, *size)):
        return _text_of(kind).native(spec)
    return _text_of(kind).by_hand(MovingPool(input, spec, *spec.axes(*size)))


def _sees_nothing(spec: Pool2dSpec, height: int, width: int) -> bool:
    """Whether a window lies in the padding alone; PyTorch's index then points outside the input."""
    return any(
        all(line is None for line in window)
        for axis in spec.axes(height, width)
        for window in zip(*axis.all_sources(), strict=True)
    )


def _numpy_moving(kind: PoolKind, input: Tensor, spec: Any) -> list[str]:
    """Padding as far as the windows look, the windows, and one value for each."""
    text, pool = _text_of(kind), MovingPool(input, spec, *spec.axes(*input.shape[-2:]))
    below, right = (max(0, lines_after(axis)) for axis in (pool.height, pool.width))
    sides = Padding(spec.padding.top, below, spec.padding.left, right)
    source, lines = "input", []
    if sides != Padding():
        fill = text.numpy_fill
        lines.append(f"padded = {padded('input', pool.input.ndim, sides, fill=fill)}")
        source = "padded"
    lines += window_lines(source, spec.kernel_size, spec.stride, spec.dilation)
    return lines + text.numpy(pool)


def _numpy_adaptive(kind: PoolKind, input: Tensor, spec: Any) -> list[str]:
    """The windows of an adaptive pooling one by one, since they differ in size."""
    height, width = spec.axes(*input.shape[-2:])
    shape = f"(*input.shape[:-2], {height.output}, {width.output})"
    made = [f"output = np.empty({shape}, input.dtype)"]
    body = [
        f"top, bottom = {_bounds('row', height)}",
        f"left, right = {_bounds('column', width)}",
        "window = input[..., top:bottom, left:right]",
        f"output[..., row, column] = window.{_text_of(kind).numpy_method}((-2, -1))",
    ]
    if reduction_of(kind).takes_maximum:
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
