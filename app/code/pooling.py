"""Pooling as PyTorch text: its own operator where it can, padding and unfold where it cannot."""

from torch import Tensor

from app.code.text import LITERAL_UP_TO, Program, call
from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.pooling import PoolKind, PoolSpec, is_native
from app.mechanics.spec import Pool2dSpec
from app.mechanics.window import Axis

DEFAULTS = {
    "padding": 0,
    "dilation": 1,
    "ceil_mode": False,
    "count_include_pad": True,
    "divisor_override": None,
}


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
    height, width = input.shape[-2:]
    if isinstance(spec, AdaptivePool2dSpec):
        lines = _adaptive(kind, tuple(step.output for step in spec.output_size(height, width)))
    elif is_native(kind, spec) and not (kind == "max" and _sees_nothing(spec, height, width)):
        lines = _native(kind, spec)
    else:
        lines = _by_hand(kind, spec, input)
    shown = ("output", "indices") if kind.endswith("max") else ("output",)
    return Program.of({"input": input}, lines, shown, literal_up_to)


def _sees_nothing(spec: Pool2dSpec, height: int, width: int) -> bool:
    """Whether a window lies in the padding alone; PyTorch's index then points outside the input."""
    return any(
        all(line is None for line in window)
        for axis in spec.axes(height, width)
        for window in zip(*axis.all_sources(), strict=True)
    )


def _adaptive(kind: PoolKind, size: tuple[int, ...]) -> list[str]:
    """The one call that an adaptive or global pooling is."""
    if kind.endswith("max"):
        return [f"output, indices = F.adaptive_max_pool2d(input, {size}, return_indices=True)"]
    return [f"output = F.adaptive_avg_pool2d(input, {size})"]


def _native(kind: PoolKind, spec: Pool2dSpec) -> list[str]:
    """The one call that PyTorch has for it."""
    shared = {"kernel_size": spec.kernel_size, "stride": spec.stride}
    if kind == "lp":
        norm = call("F.lp_pool2d", "input.abs()", f"{spec.norm_type!r}", defaults={}, **shared)
        return [f"output = {norm}"]
    shared |= {"padding": (spec.padding.top, spec.padding.left)}
    if kind == "max":
        pooled = call(
            "F.max_pool2d",
            "input",
            defaults=DEFAULTS,
            **shared,
            dilation=spec.dilation,
            ceil_mode=spec.ceil_mode,
            return_indices=True,
        )
        return [f"output, indices = {pooled}"]
    pooled = call(
        "F.avg_pool2d",
        "input",
        defaults=DEFAULTS,
        **shared,
        ceil_mode=spec.ceil_mode,
        count_include_pad=spec.count_include_pad,
        divisor_override=spec.divisor_override,
    )
    return [f"output = {pooled}"]


def _by_hand(kind: PoolKind, spec: Pool2dSpec, input: Tensor) -> list[str]:
    """Padding to exactly what the windows see, then the windows one by one."""
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    sides = (width.padding_before, _after(width), height.padding_before, _after(height))
    if kind == "max":
        return _maximum_by_hand(spec, height, width, sides)
    window = call(
        "F.unfold",
        f"F.pad(maps, {sides})",
        defaults=DEFAULTS,
        kernel_size=spec.kernel_size,
        stride=spec.stride,
        dilation=spec.dilation,
    )
    shape = f"*input.shape[:-2], {height.output}, {width.output}"
    lines = [
        f"maps = input.reshape(-1, 1, {height.input}, {width.input})",
        f"windows = {window}  # (maps, cells of a window, windows)",
    ]
    if kind == "lp":
        power = spec.norm_type
        norm = f"(windows.abs() ** {power!r}).sum(1) ** (1 / {power!r})"
        return [*lines, f"output = ({norm}).reshape({shape})"]
    if spec.divisor_override is not None:
        mean = f"windows.sum(1) / {spec.divisor_override}"
        return [*lines, f"output = ({mean}).reshape({shape})"]
    counted, rest = sides, (0, 0, 0, 0)
    value = "0.0"
    if spec.count_include_pad:  # the padding counts, what lies beyond it does not
        ends = (width.padding_after, height.padding_after)
        counted = (sides[0], ends[0], sides[2], ends[1])
        rest = (0, sides[1] - ends[0], 0, sides[3] - ends[1])
        value = "1.0"
    cells = f"F.pad(F.pad(torch.ones_like(maps[:1]), {counted}, value={value}), {rest})"
    counts = window.replace(f"F.pad(maps, {sides})", cells)
    return [
        *lines,
        f"counts = {counts}.sum(1)",
        f"output = (windows.sum(1) / counts).reshape({shape})",
    ]


def _maximum_by_hand(
    spec: Pool2dSpec, height: Axis, width: Axis, sides: tuple[int, int, int, int]
) -> list[str]:
    """Max pooling of an input padded with -inf, its indices counted in the input again."""
    pooled = call(
        "F.max_pool2d",
        "padded",
        defaults=DEFAULTS,
        kernel_size=spec.kernel_size,
        stride=spec.stride,
        dilation=spec.dilation,
        return_indices=True,
    )
    return [
        f"padded = F.pad(input, {sides}, value=-inf)",
        f"output, indices = {pooled}",
        f"rows = indices // padded.shape[-1] - {height.padding_before}",
        f"columns = indices % padded.shape[-1] - {width.padding_before}",
        f"indices = (rows * {width.input} + columns).where(output != -inf, -1)",
    ]


def _after(axis: Axis) -> int:
    """How much to add after the input so that it ends with the last window; negative: cut off."""
    last = axis.positions(axis.output - 1)
    return last[-1] + 1 - axis.input
