"""An average pooling."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.average_pooling import AvgPool2dTrace, trace_avg_pool2d
from app.mechanics.spec import Pool2dSpec
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import View
from app.networks.position import Position, Shape


class AvgPool2dKind(Kind):
    """An average pooling."""

    name = "AvgPool2d"
    modules = (nn.AvgPool2d,)
    trace_type = AvgPool2dTrace

    def spec(self, module: nn.AvgPool2d) -> Pool2dSpec:
        """The module's settings, in the form of `app.mechanics`."""
        return Pool2dSpec.of(
            module.kernel_size,
            module.stride,
            module.padding,
            ceil_mode=module.ceil_mode,
            count_include_pad=module.count_include_pad,
            divisor_override=module.divisor_override,
        )

    def facts(self, module: nn.AvgPool2d, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """Size formula and field of an average pooling."""
        read, spec = only(inputs), self.spec(module)
        vertical, horizontal = spec.output_size(*read.shape[1:])
        size = (vertical.output, horizontal.output)
        settings = spec.as_dict()
        del settings["dilation"]  # PyTorch's averages have none
        return Facts(
            settings=settings,
            output_shape=(read.shape[0], *size),
            view=View(read.view.field.then(spec), size),
            output_size=(vertical, horizontal),
        )

    def trace(self, module: nn.AvgPool2d, inputs: Sequence[Tensor], at: Position) -> AvgPool2dTrace:
        """The window, its sum and what that is divided by."""
        return trace_avg_pool2d(only(inputs), self.spec(module), at.channel, at.row, at.column)
