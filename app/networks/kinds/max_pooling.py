"""A max pooling."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.max_pooling import MaxPool2dTrace, trace_max_pool2d
from app.mechanics.spec import Pool2dSpec
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import View
from app.networks.position import Position, Shape


class MaxPool2dKind(Kind):
    """A max pooling."""

    name = "MaxPool2d"
    modules = (nn.MaxPool2d,)
    trace_type = MaxPool2dTrace

    def spec(self, module: nn.MaxPool2d) -> Pool2dSpec:
        """The module's settings, in the form of `app.mechanics`."""
        return Pool2dSpec.of(
            module.kernel_size, module.stride, module.padding, module.dilation, module.ceil_mode
        )

    def facts(self, module: nn.MaxPool2d, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """Size formula and field of a max pooling."""
        read, spec = only(inputs), self.spec(module)
        vertical, horizontal = spec.output_size(*read.shape[1:])
        size = (vertical.output, horizontal.output)
        settings = spec.as_dict()
        for name in ("count_include_pad", "divisor_override"):  # an average's alone
            del settings[name]
        return Facts(
            settings=settings,
            output_shape=(read.shape[0], *size),
            view=View(read.view.field.then(spec), size),
            output_size=(vertical, horizontal),
        )

    def trace(self, module: nn.MaxPool2d, inputs: Sequence[Tensor], at: Position) -> MaxPool2dTrace:
        """The window and its winner."""
        return trace_max_pool2d(only(inputs), self.spec(module), at.channel, at.row, at.column)
