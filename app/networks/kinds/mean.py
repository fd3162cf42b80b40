"""The mean of each map, which is a value without rows and columns from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.average_pooling import MeanTrace
from app.networks.kinds.adaptive_average_pooling import AdaptiveAvgPool2dKind
from app.networks.kinds.kind import Facts, Incoming
from app.networks.modules import Mean
from app.networks.position import Shape


class MeanKind(AdaptiveAvgPool2dKind):
    """A global average pooling whose rows and columns, one of each, are left out."""

    name = "Mean"
    modules = (Mean,)
    trace_type = MeanTrace

    def spec(self, module: Mean) -> AdaptivePool2dSpec:
        """One window, as large as the map."""
        return AdaptivePool2dSpec.of(1)

    def facts(self, module: Mean, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """One value of each map, and its field."""
        pooled = super().facts(module, inputs, observed)
        settings = {"dim": list(module.dim), "keepdim": False}
        shape = pooled.output_shape[:1]
        return replace(pooled, settings=settings, output_shape=shape, output_size=None)
