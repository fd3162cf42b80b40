"""A normalization by the image itself, over the last axes."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from torch import Tensor, nn

from app.mechanics.cost import batch_norm2d_parameters
from app.mechanics.errors import MechanicsError
from app.mechanics.group_normalization import LayerNormTrace, trace_layer_norm
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import extent_of
from app.networks.position import Position, Shape


class LayerNormKind(Kind):
    """A normalization by mean and variance of the image itself, over the last axes."""

    name = "LayerNorm"
    modules = (nn.LayerNorm,)
    trace_type = LayerNormTrace

    def facts(self, module: nn.LayerNorm, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape that comes in; a value may see all that any sees."""
        read, normalized = only(inputs), tuple(module.normalized_shape)
        if read.shape[-len(normalized) :] != normalized:
            raise MechanicsError("The batch is among the axes.", "normalized_shape")
        if "weight" not in module.state_dict() or "bias" not in module.state_dict():
            raise MechanicsError(
                "One that does not learn weight and bias is not explained.", "bias"
            )
        return Facts(
            settings={"normalized_shape": list(normalized), "eps": module.eps},
            output_shape=read.shape,
            view=read.view.everywhere(extent_of(read.shape)),
            parameters=batch_norm2d_parameters(prod(normalized), True),
            multiply_accumulates=prod(read.shape),
        )

    def trace(self, module: nn.LayerNorm, inputs: Sequence[Tensor], at: Position) -> LayerNormTrace:
        """The number that came in, and what those beside it do to it."""
        place, axes = (at.channel, at.row, at.column), len(module.normalized_shape)
        return trace_layer_norm(only(inputs), axes, module.weight, module.bias, module.eps, place)
