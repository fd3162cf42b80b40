"""A normalization by the image itself, of groups of maps."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from torch import Tensor, nn

from app.mechanics.cost import batch_norm2d_parameters
from app.mechanics.errors import MechanicsError
from app.mechanics.group_normalization import GroupNormTrace, trace_group_norm
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import extent_of
from app.networks.position import Position, Shape


class GroupNormKind(Kind):
    """A normalization by mean and variance of the image itself, of groups of maps."""

    name = "GroupNorm"
    modules = (nn.GroupNorm,)
    trace_type = GroupNormTrace

    def facts(self, module: nn.GroupNorm, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape that comes in; a value sees all that its group sees."""
        read = only(inputs)
        if len(read.shape) not in (1, 3):
            raise MechanicsError("What is neither maps nor a vector is not explained.", "input")
        if not module.affine:
            raise MechanicsError("One that learns nothing is not explained.", "affine")
        settings = {"num_groups": module.num_groups, "eps": module.eps, "affine": module.affine}
        return Facts(
            settings={**settings, "num_channels": module.num_channels},
            output_shape=read.shape,
            view=read.view.everywhere(extent_of(read.shape)),
            parameters=batch_norm2d_parameters(module.num_channels, True),
            multiply_accumulates=prod(read.shape),
        )

    def trace(self, module: nn.GroupNorm, inputs: Sequence[Tensor], at: Position) -> GroupNormTrace:
        """The number that came in, and what its group does to it."""
        place = (at.channel, at.row, at.column)
        learned = (module.weight, module.bias)
        return trace_group_norm(only(inputs), module.num_groups, *learned, module.eps, place)
