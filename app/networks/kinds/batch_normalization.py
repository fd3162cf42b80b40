"""A batch normalization, once the network has been trained."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from torch import Tensor, nn

from app.mechanics.batch_normalization import (
    BatchNorm2dTrace,
    ChannelStatistics,
    trace_batch_norm2d,
)
from app.mechanics.cost import batch_norm2d_parameters
from app.mechanics.errors import MechanicsError
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class BatchNorm2dKind(Kind):
    """A shift and a scale for each channel."""

    name = "BatchNorm2d"
    modules = (nn.BatchNorm2d,)
    is_pointwise = True
    trace_type = BatchNorm2dTrace

    def statistics(self, module: nn.BatchNorm2d) -> ChannelStatistics:
        """What the module knows of its channels.

        Raises:
            MechanicsError: it keeps none, and takes those of each batch instead.
        """
        mean, variance = module.running_mean, module.running_var
        if mean is None or variance is None:
            raise MechanicsError("It keeps no statistics: a value depends on the whole batch.")
        return ChannelStatistics(mean, variance, module.weight, module.bias, module.eps)

    def facts(self, module: nn.BatchNorm2d, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape and the view of what comes in; one multiply-accumulate a value."""
        self.statistics(module)
        read = only(inputs)
        return Facts(
            settings={
                "num_features": module.num_features,
                "eps": module.eps,
                "affine": module.affine,
            },
            output_shape=read.shape,
            view=read.view,
            parameters=batch_norm2d_parameters(module.num_features, module.affine),
            multiply_accumulates=prod(read.shape),
        )

    def trace(
        self, module: nn.BatchNorm2d, inputs: Sequence[Tensor], at: Position
    ) -> BatchNorm2dTrace:
        """The number that came in, and what the channel does to it."""
        place = (at.channel, at.row, at.column)
        return trace_batch_norm2d(only(inputs), self.statistics(module), *place)

    def tensors(self, module: nn.Module) -> dict[str, Tensor]:
        """What was learned, and what was counted while learning."""
        counted = {
            name: buffer for name, buffer in module.named_buffers() if name.startswith("running_")
        }
        return {**super().tensors(module), **counted}
