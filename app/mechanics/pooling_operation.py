"""A pooling of any kind as an operation."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from torch import Tensor

from app.mechanics.operation import Operands, Operation, Output
from app.mechanics.padding import Pair
from app.mechanics.pool_kinds import POOL_KINDS, PoolKind, PoolSpec
from app.mechanics.pooling import (
    pool2d,
    pool2d_by_torch,
    pool2d_gradient,
    reduction_of,
    trace_pool2d,
)
from app.mechanics.reduction import PooledAxis, check_plane
from app.mechanics.trace import Trace


class Pooling(Operation):
    """Each window becomes one value, by a kind's rule."""

    def __init__(self, kind: PoolKind) -> None:
        self.kind = kind
        self.name = f"{kind}_pool2d"
        self.defaults = POOL_KINDS[kind].defaults
        self.takes_maximum = reduction_of(kind).takes_maximum
        self.is_answered_by_torch = not (self.takes_maximum or POOL_KINDS[kind].is_adaptive)

    def spec(
        self, in_channels: int, settings: Mapping[str, Any], weight_shape: Sequence[int] | None
    ) -> PoolSpec:
        """The settings in one form; a pooling works on each channel by itself."""
        return POOL_KINDS[self.kind].read(**settings)

    def check(self, operands: Operands, spec: PoolSpec) -> None:
        """Nothing, where the input has rows and columns."""
        check_plane(operands.input)

    def compute(self, operands: Operands, spec: PoolSpec) -> Output:
        """Every output value, by the index map, and for a maximum where it came from."""
        return pool2d(operands.input, self.kind, spec)

    def by_torch(self, operands: Operands, spec: PoolSpec) -> Tensor:
        """The same by PyTorch's operator, where it has one that means the same."""
        return pool2d_by_torch(operands.input, self.kind, spec)

    def trace(
        self, operands: Operands, spec: PoolSpec, channel: int, row: int, column: int
    ) -> Trace:
        """The window, and what becomes of it."""
        return trace_pool2d(operands.input, self.kind, spec, channel, row, column)

    def gradients(
        self, operands: Operands, spec: PoolSpec, output_gradient: Tensor
    ) -> dict[str, Tensor]:
        """That of the input."""
        found = pool2d_gradient(operands.input, self.kind, spec, output_gradient)
        return {"input_gradient": found}

    def work(
        self,
        spec: PoolSpec,
        in_channels: int,
        axes: tuple[PooledAxis, PooledAxis],
        output_size: Pair,
    ) -> int:
        """As many values as the largest window has, for each output value."""
        return in_channels * prod(output_size) * axes[0].largest_window * axes[1].largest_window
