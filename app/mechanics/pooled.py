"""What every pooling has in common: maps that are read one by one, through two index maps."""

from typing import Protocol

from torch import Tensor

from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.axis_map import Source
from app.mechanics.errors import MechanicsError
from app.mechanics.operands import to_float64
from app.mechanics.spec import Pool2dSpec
from app.mechanics.trace import check_index

PoolSpec = Pool2dSpec | AdaptivePool2dSpec


class IndexMap(Protocol):
    """One axis of a pooling: that of a moving window, or that of windows laid out to a number."""

    @property
    def input(self) -> int:
        """The number of input lines."""

    @property
    def output(self) -> int:
        """The number of windows."""

    def sources(self, output: int) -> tuple[Source, ...]:
        """The input line under each line of one window."""

    def all_sources(self) -> list[tuple[Source, ...]]:
        """The input line under each window line for each window, by window line."""

    def counted(self, output: int, include_padding: bool) -> int:
        """How many lines of one window count for a mean."""


def pooled_axes(input: Tensor, spec: PoolSpec) -> tuple[IndexMap, IndexMap]:
    """The two axes, where the input has any.

    Raises:
        MechanicsError: it has not, or the settings do not fit it.
    """
    if input.dim() < 2:
        raise MechanicsError("The input needs rows and columns.", "input")
    return spec.axes(input.shape[-2], input.shape[-1])


def pooled_plane(input: Tensor, spec: PoolSpec, channel: int) -> tuple[IndexMap, IndexMap, Tensor]:
    """The two axes and the one map that a pooled value comes from, in float64.

    Raises:
        MechanicsError: as `pooled_axes`, or there is no such channel.
    """
    height, width = pooled_axes(input, spec)
    check_index(channel, input.shape[-3] if input.dim() == 3 else 0, "channel")
    return height, width, to_float64(input[channel])
