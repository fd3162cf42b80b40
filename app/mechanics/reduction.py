"""What every pooling has in common: maps that are read one by one, through two index maps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.mechanics.adaptive import AdaptiveAxis
from app.mechanics.errors import MechanicsError
from app.mechanics.operands import to_float64
from app.mechanics.operation import Output
from app.mechanics.pool_kinds import PoolSpec
from app.mechanics.spec import Pool2dSpec
from app.mechanics.trace import Trace, check_index
from app.mechanics.window import Axis

PooledAxis = Axis | AdaptiveAxis
"""One axis of a pooling: that of a moving window, or that of windows laid out to a number."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """What becomes of the values of a window, in every way it is asked for.

    Attributes:
        pool: every pooled value, by the index map.
        by_torch: the same by PyTorch's operator where it means the same, else by ours.
        trace: what the value at (channel, row, column) is made of.
        gradient: how much of the gradient of each pooled value each input value gets; all three in
            float64.
        is_native: whether PyTorch's operator takes the settings and means the same by them.
        takes_maximum: whether one value of each window wins, so that there are indices.
    """

    pool: Callable[[Tensor, Any], Output]
    by_torch: Callable[[Tensor, Any], Tensor]
    trace: Callable[[Tensor, Any, int, int, int], Trace]
    gradient: Callable[[Tensor, Any, Tensor], Tensor]
    is_native: Callable[[Pool2dSpec], bool]
    takes_maximum: bool = False


def has_native_padding(spec: Pool2dSpec) -> bool:
    """Whether PyTorch's operators know a padding like this: symmetric, at most half a kernel."""
    pad = spec.padding
    halves = (spec.kernel_size[0] // 2, spec.kernel_size[1] // 2)
    return pad.is_symmetric and pad.top <= halves[0] and pad.left <= halves[1]


def check_plane(input: Tensor) -> None:
    """Nothing, where the input has rows and columns.

    Raises:
        MechanicsError: it has not.
    """
    if input.dim() < 2:
        raise MechanicsError("The input needs rows and columns.", "input")


def pooled_axes(input: Tensor, spec: PoolSpec) -> tuple[PooledAxis, PooledAxis]:
    """The two axes, where the input has any.

    Raises:
        MechanicsError: it has not, or the settings do not fit it.
    """
    check_plane(input)
    return spec.axes(input.shape[-2], input.shape[-1])


def pooled_plane(
    input: Tensor, spec: PoolSpec, channel: int
) -> tuple[PooledAxis, PooledAxis, Tensor]:
    """The two axes and the one map that a pooled value comes from, in float64.

    Raises:
        MechanicsError: as `pooled_axes`, or there is no such channel.
    """
    height, width = pooled_axes(input, spec)
    check_index(channel, input.shape[-3] if input.dim() == 3 else 0, "channel")
    return height, width, to_float64(input[channel])
