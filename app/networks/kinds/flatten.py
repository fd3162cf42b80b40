"""The maps as one vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from torch import Tensor, nn

from app.mechanics.shape import FlattenTrace, trace_flatten
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class FlattenKind(Kind):
    """The maps as one vector, channel by channel and row by row."""

    name = "Flatten"
    modules = (nn.Flatten,)
    trace_type = FlattenTrace

    def facts(self, module: nn.Flatten, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """One axis, as long as all of them together."""
        read = only(inputs)
        maps = read.shape if len(read.shape) == 3 else read.view.flattened
        return Facts(
            settings={"start_dim": module.start_dim, "end_dim": module.end_dim},
            output_shape=(prod(read.shape),),
            view=replace(read.view, flattened=maps),
        )

    def trace(self, module: nn.Flatten, inputs: Sequence[Tensor], at: Position) -> FlattenTrace:
        """Where the number stood in the maps."""
        return trace_flatten(only(inputs), at.channel)
