"""Max pooling as PyTorch text and as NumPy text."""

from app.mechanics.padding import Padding
from app.mechanics.spec import Pool2dSpec
from app.mechanics.window import Axis
from app.take_away.pool_text import DEFAULTS, MovingPool, PoolText
from app.take_away.text import call


class MaxPoolText(PoolText):
    """The largest value of each window, and its place in the flattened map."""

    adaptive = "output, indices = F.adaptive_max_pool2d(input, {size}, return_indices=True)"
    numpy_method = "max"
    numpy_fill = "-inf"

    def native(self, spec: Pool2dSpec) -> list[str]:
        """The one call that PyTorch has for it."""
        pooled = call(
            "F.max_pool2d",
            "input",
            defaults=DEFAULTS,
            kernel_size=spec.kernel_size,
            stride=spec.stride,
            padding=(spec.padding.top, spec.padding.left),
            dilation=spec.dilation,
            ceil_mode=spec.ceil_mode,
            return_indices=True,
        )
        return [f"output, indices = {pooled}"]

    def by_hand(self, pool: MovingPool) -> list[str]:
        """An input padded with -inf, its indices counted in the input again."""
        pooled = call(
            "F.max_pool2d",
            "padded",
            defaults=DEFAULTS,
            kernel_size=pool.spec.kernel_size,
            stride=pool.spec.stride,
            dilation=pool.spec.dilation,
            return_indices=True,
        )
        height, width = pool.height, pool.width
        return [
            f"padded = F.pad(input, {pool.sides}, value=-inf)",
            f"output, indices = {pooled}",
            f"rows = indices // padded.shape[-1] - {height.padding_before}",
            f"columns = indices % padded.shape[-1] - {width.padding_before}",
            f"indices = (rows * {width.input} + columns).where(output != -inf, -1)",
        ]

    def numpy(self, pool: MovingPool) -> list[str]:
        """The largest value of each window, and its place."""
        spec, width = pool.spec, pool.width
        index = f"rows * {width.input} + columns"
        if spec.padding != Padding() or spec.ceil_mode:
            index = f"np.where(output > -inf, {index}, -1)"
        columns = spec.kernel_size[1]
        return [
            "output = windows.max((-2, -1))",
            "winner = windows.reshape(*output.shape, -1).argmax(-1)  # its place in the window",
            f"rows = {_lines(pool.height, f'winner // {columns}', '[:, None]')}",
            f"columns = {_lines(width, f'winner % {columns}', '')}",
            f"indices = {index}",
        ]


def _lines(axis: Axis, place: str, end: str) -> str:
    """The input lines of the winners along one axis, as an expression."""
    stepped = f"{axis.stride} * np.arange({axis.output}){end} + "
    dilated = place if axis.dilation == 1 else f"{axis.dilation} * ({place})"
    before = f" - {axis.padding_before}" if axis.padding_before else ""
    return f"{stepped}{dilated}{before}"
