"""The kinds of layers: what each one is by its settings, and what one of its values is made of.

A kind is a translation: from a PyTorch module to the pure functions of `app.mechanics`. To let a
network use another kind of layer, add it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any, Protocol

from torch import Tensor, nn

from app.mechanics.activation import trace_relu
from app.mechanics.convolution import trace_conv2d
from app.mechanics.cost import (
    NO_PARAMETERS,
    ParameterCount,
    conv2d_parameters,
    linear_parameters,
    multiply_accumulates,
)
from app.mechanics.dense import trace_linear
from app.mechanics.max_pooling import trace_max_pool2d
from app.mechanics.padding import Pair
from app.mechanics.receptive_field import ReceptiveField
from app.mechanics.shape import trace_flatten
from app.mechanics.size import SizeStep
from app.mechanics.softmax import trace_softmax
from app.mechanics.spec import Conv2dSpec, Pool2dSpec
from app.mechanics.trace import Trace
from app.networks.position import Position, Shape


@dataclass(frozen=True)
class View:
    """What the units of a layer see of the input, and over how many places they are spread.

    `extent` is the (height, width) of the layer's maps, kept through a flattening, so that a dense
    layer knows the whole of what it reads; (1, 1) where every unit sees the same.
    """

    field: ReceptiveField
    extent: Pair


@dataclass(frozen=True)
class Facts:
    """What is known of a layer from its settings and the shape of its input, before any number."""

    settings: dict[str, Any]
    output_shape: Shape
    view: View
    parameters: ParameterCount = NO_PARAMETERS
    multiply_accumulates: int = 0
    output_size: tuple[SizeStep, SizeStep] | None = None


class Kind(Protocol):
    """One kind of layer. Shapes and tensors are without the batch axis."""

    def facts(self, module: Any, shape: Shape, view: View) -> Facts:
        """The layer's facts for an input of `shape` whose units see `view`."""
        ...

    def trace(self, module: Any, input: Tensor, at: Position) -> Trace:
        """What the value at one position is made of."""
        ...


class Conv2dKind:
    """A convolution."""

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

    def facts(self, module: nn.Conv2d, shape: Shape, view: View) -> Facts:
        """Size formula, parameters, multiply-accumulates and field of a convolution."""
        spec, has_bias = self.spec(module), module.bias is not None
        vertical, horizontal = spec.output_size(*shape[1:])
        size = (vertical.output, horizontal.output)
        parameters = conv2d_parameters(spec, has_bias)
        return Facts(
            settings={**spec.as_dict(), "bias": has_bias},
            output_shape=(spec.out_channels, *size),
            view=View(view.field.then(spec), size),
            parameters=parameters,
            multiply_accumulates=multiply_accumulates(parameters, positions=prod(size)),
            output_size=(vertical, horizontal),
        )

    def trace(self, module: nn.Conv2d, input: Tensor, at: Position) -> Trace:
        """Window times kernel over all input channels, and the bias."""
        spec = self.spec(module)
        return trace_conv2d(input, module.weight, module.bias, spec, at.channel, at.row, at.column)


class MaxPool2dKind:
    """A max pooling."""

    def spec(self, module: nn.MaxPool2d) -> Pool2dSpec:
        """The module's settings, in the form of `app.mechanics`."""
        return Pool2dSpec.of(
            module.kernel_size, module.stride, module.padding, module.dilation, module.ceil_mode
        )

    def facts(self, module: nn.MaxPool2d, shape: Shape, view: View) -> Facts:
        """Size formula and field of a max pooling."""
        spec = self.spec(module)
        vertical, horizontal = spec.output_size(*shape[1:])
        size = (vertical.output, horizontal.output)
        settings = spec.as_dict()
        for name in ("count_include_pad", "divisor_override"):  # an average's alone
            del settings[name]
        return Facts(
            settings=settings,
            output_shape=(shape[0], *size),
            view=View(view.field.then(spec), size),
            output_size=(vertical, horizontal),
        )

    def trace(self, module: nn.MaxPool2d, input: Tensor, at: Position) -> Trace:
        """The window and its winner."""
        return trace_max_pool2d(input, self.spec(module), at.channel, at.row, at.column)


class ReLUKind:
    """An activation function that lets nothing negative through."""

    def facts(self, module: nn.ReLU, shape: Shape, view: View) -> Facts:
        """The shape and the view of what comes in."""
        return Facts(settings={}, output_shape=shape, view=view)

    def trace(self, module: nn.ReLU, input: Tensor, at: Position) -> Trace:
        """The number that came in, against 0."""
        return trace_relu(input, at.channel, at.row, at.column)


class FlattenKind:
    """The maps as one vector, channel by channel and row by row."""

    def facts(self, module: nn.Flatten, shape: Shape, view: View) -> Facts:
        """One axis, as long as all of them together."""
        settings = {"start_dim": module.start_dim, "end_dim": module.end_dim}
        return Facts(settings=settings, output_shape=(prod(shape),), view=view)

    def trace(self, module: nn.Flatten, input: Tensor, at: Position) -> Trace:
        """Where the number stood in the maps."""
        return trace_flatten(input, at.channel)


class LinearKind:
    """A fully connected layer."""

    def facts(self, module: nn.Linear, shape: Shape, view: View) -> Facts:
        """Parameters, multiply-accumulates, and the field of units that read everything."""
        n_in, n_out, has_bias = module.in_features, module.out_features, module.bias is not None
        parameters = linear_parameters(n_in, n_out, has_bias)
        return Facts(
            settings={"in_features": n_in, "out_features": n_out, "bias": has_bias},
            output_shape=(n_out,),
            view=View(view.field.then_whole(*view.extent), (1, 1)),
            parameters=parameters,
            multiply_accumulates=multiply_accumulates(parameters),
        )

    def trace(self, module: nn.Linear, input: Tensor, at: Position) -> Trace:
        """Every input times its weight, and the bias."""
        return trace_linear(input, module.weight, module.bias, at.channel)


class SoftmaxKind:
    """Logits as probabilities."""

    def facts(self, module: nn.Softmax, shape: Shape, view: View) -> Facts:
        """The shape of the logits; every probability sees all of them."""
        view = View(view.field.then_whole(*view.extent), (1, 1))
        return Facts(settings={"dim": module.dim}, output_shape=shape, view=view)

    def trace(self, module: nn.Softmax, input: Tensor, at: Position) -> Trace:
        """One exponential over the sum of all."""
        return trace_softmax(input, at.channel)


KINDS: dict[type[nn.Module], Kind] = {
    nn.Conv2d: Conv2dKind(),
    nn.MaxPool2d: MaxPool2dKind(),
    nn.ReLU: ReLUKind(),
    nn.Flatten: FlattenKind(),
    nn.Linear: LinearKind(),
    nn.Softmax: SoftmaxKind(),
}


def kind_of(module: nn.Module) -> Kind:
    """The kind of a layer.

    Raises: KeyError when there is no such kind here yet.
    """
    return KINDS[type(module)]
