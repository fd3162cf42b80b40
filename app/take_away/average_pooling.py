"""Average pooling as PyTorch text and as NumPy text."""

from collections.abc import Sequence

import torch

from app.mechanics.spec import Pool2dSpec
from app.take_away.pool_text import DEFAULTS, MovingPool, PoolText
from app.take_away.text import call


class AveragePoolText(PoolText):
    """The sum of each window over how many of its cells count."""

    adaptive = "output = F.adaptive_avg_pool2d(input, {size})"
    numpy_method = "mean"

    def native(self, spec: Pool2dSpec) -> list[str]:
        """The one call that PyTorch has for it."""
        pooled = call(
            "F.avg_pool2d",
            "input",
            defaults=DEFAULTS,
            kernel_size=spec.kernel_size,
            stride=spec.stride,
            padding=(spec.padding.top, spec.padding.left),
            ceil_mode=spec.ceil_mode,
            count_include_pad=spec.count_include_pad,
            divisor_override=spec.divisor_override,
        )
        return [f"output = {pooled}"]

    def by_hand(self, pool: MovingPool) -> list[str]:
        """The windows one by one, and how many cells of each count."""
        spec, height, width = pool.spec, pool.height, pool.width
        lines, shape = pool.windows(), pool.output_shape
        if spec.divisor_override is not None:
            mean = f"windows.sum(1) / {spec.divisor_override}"
            return [*lines, f"output = ({mean}).reshape({shape})"]
        sides = counted = pool.sides
        rest, value = (0, 0, 0, 0), "0.0"
        if spec.count_include_pad:  # the padding counts, what lies beyond it does not
            ends = (width.padding_after, height.padding_after)
            counted = (sides[0], ends[0], sides[2], ends[1])
            rest = (0, sides[1] - ends[0], 0, sides[3] - ends[1])
            value = "1.0"
        cells = f"F.pad(F.pad(torch.ones_like(maps[:1]), {counted}, value={value}), {rest})"
        return [
            *lines,
            f"counts = {pool.unfold(cells)}.sum(1)",
            f"output = (windows.sum(1) / counts).reshape({shape})",
        ]

    def numpy(self, pool: MovingPool) -> list[str]:
        """The mean of each window, or its sum over how many of its cells count."""
        spec, height, width = pool.spec, pool.height, pool.width
        if spec.divisor_override is not None:
            return [f"output = windows.sum((-2, -1)) / {spec.divisor_override}"]
        rows, columns = (
            [axis.counted(line, spec.count_include_pad) for line in range(axis.output)]
            for axis in (height, width)
        )
        if {*rows} == {height.kernel_size} and {*columns} == {width.kernel_size}:
            return ["output = windows.mean((-2, -1))"]
        kind_of_number = "" if pool.input.dtype == torch.float64 else ", input.dtype"
        return [
            f"rows = np.array({_counts(rows)}{kind_of_number})  # how many of each window's count",
            f"columns = np.array({_counts(columns)}{kind_of_number})",
            "output = windows.sum((-2, -1)) / (rows[:, None] * columns)",
        ]


def _counts(lines: Sequence[int]) -> str:
    """How many lines of each window count; where none does, there is no mean."""
    return f"[{', '.join(str(count) if count else 'nan' for count in lines)}]"
