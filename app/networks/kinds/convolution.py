"""A convolution."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from torch import Tensor, nn

from app.mechanics.convolution import Conv2dTrace, trace_conv2d
from app.mechanics.cost import conv2d_parameters, multiply_accumulates
from app.mechanics.spec import Conv2dSpec
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import View
from app.networks.position import Position, Shape


class Conv2dKind(Kind):
    """A convolution."""

    name = "Conv2d"
    modules = (nn.Conv2d,)
    trace_type = Conv2dTrace

    def spec(self, module: nn.Conv2d) -> Conv2dSpec:
        """The module's settings, in the form of `app.mechanics`."""
        return Conv2dSpec.of(
            module.in_channels,
            module.out_channels,
            module.kernel_size,
            module.stride,
            module.padding,
            module.dilation,
            module.groups,
            module.padding_mode,
        )

    def facts(self, module: nn.Conv2d, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """Size formula, parameters, multiply-accumulates and field of a convolution."""
        read, spec, has_bias = only(inputs), self.spec(module), module.bias is not None
        vertical, horizontal = spec.output_size(*read.shape[1:])
        size = (vertical.output, horizontal.output)
        parameters = conv2d_parameters(spec, has_bias)
        return Facts(
            settings={**spec.as_dict(), "bias": has_bias},
            output_shape=(spec.out_channels, *size),
            view=View(read.view.field.then(spec), size),
            parameters=parameters,
            multiply_accumulates=multiply_accumulates(parameters, positions=prod(size)),
            output_size=(vertical, horizontal),
        )

    def trace(self, module: nn.Conv2d, inputs: Sequence[Tensor], at: Position) -> Conv2dTrace:
        """Window times kernel over all input channels, and the bias."""
        spec, place = self.spec(module), (at.channel, at.row, at.column)
        return trace_conv2d(only(inputs), module.weight, module.bias, spec, *place)
