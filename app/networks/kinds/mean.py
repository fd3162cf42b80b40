"""The mean of each map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.mean import MeanTrace, trace_mean
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.modules import Mean
from app.networks.position import Position, Shape


class MeanKind(Kind):
    """The mean of each map: a global average pooling, as a function."""

    name = "Mean"
    modules = (Mean,)
    trace_type = MeanTrace

    def facts(self, module: Mean, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """One value a map, which sees all of it."""
        read = only(inputs)
        axes = sorted(dim % (len(read.shape) + 1) for dim in module.dim)
        if len(read.shape) != 3 or axes != [2, 3]:
            raise MechanicsError("Means of whole maps are explained, and no others.", "dim")
        return Facts(
            settings={"dim": list(module.dim), "keepdim": module.keepdim},
            output_shape=(read.shape[0], *((1, 1) if module.keepdim else ())),
            view=replace(read.view.whole(), flattened=None),
        )

    def trace(self, module: Mean, inputs: Sequence[Tensor], at: Position) -> MeanTrace:
        """The map, its sum and how many values that has."""
        return trace_mean(only(inputs), at.channel)
