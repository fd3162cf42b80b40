"""A convolution as an operation."""

from collections.abc import Sequence
from math import prod

from torch import Tensor
from torch.nn import functional

from app.mechanics.axis_map import AxisMap
from app.mechanics.convolution import Conv2dTrace, conv2d, trace_conv2d
from app.mechanics.cost import ParameterCount, conv2d_parameters
from app.mechanics.gradients import conv2d_gradients
from app.mechanics.operands import oriented
from app.mechanics.operation import Operands, Output
from app.mechanics.operators import conv2d_by_torch
from app.mechanics.padding import Pair
from app.mechanics.spec import Conv2dSpec
from app.mechanics.trace import Trace
from app.mechanics.weighted_operation import CONVOLUTION, WeightedOperation, weight_of


class Convolution(WeightedOperation):
    """The sum of window times kernel."""

    name = "conv2d"
    defaults = CONVOLUTION
    spec_of = staticmethod(Conv2dSpec.of)

    def _filters(self, groups: int, weight_shape: Sequence[int] | None) -> int:
        """How many channels go out."""
        return groups if weight_shape is None else weight_shape[0]

    def compute(self, operands: Operands, spec: Conv2dSpec) -> Output:
        """Every output value, by the index map."""
        return Output(conv2d(operands.input, weight_of(operands), operands.bias, spec))

    def by_torch(self, operands: Operands, spec: Conv2dSpec) -> Tensor:
        """The same by PyTorch's operator."""
        return conv2d_by_torch(operands.input, weight_of(operands), operands.bias, spec)

    def trace(
        self, operands: Operands, spec: Conv2dSpec, channel: int, row: int, column: int
    ) -> Trace:
        """Window, filter, products, sums and bias."""
        weight = weight_of(operands)
        return trace_conv2d(operands.input, weight, operands.bias, spec, channel, row, column)

    def gradients(
        self, operands: Operands, spec: Conv2dSpec, output_gradient: Tensor
    ) -> dict[str, Tensor]:
        """Those of input, weight and bias."""
        found = conv2d_gradients(operands.input, weight_of(operands), spec, output_gradient)
        return found.as_dict()

    def parameters(self, spec: Conv2dSpec, has_bias: bool) -> ParameterCount:
        """One kernel for each pair of channels, one bias for each filter."""
        return conv2d_parameters(spec, has_bias)

    def work(
        self, spec: Conv2dSpec, in_channels: int, axes: tuple[AxisMap, AxisMap], output_size: Pair
    ) -> int:
        """Every weight once at every output position."""
        return prod(spec.weight_shape) * prod(output_size)

    def unfolded(self, spec: Conv2dSpec, multiply_accumulates: int) -> int:
        """Every window once, which all filters then share."""
        return multiply_accumulates // spec.out_channels

    def value_in_little_memory(
        self, operands: Operands, spec: Conv2dSpec, trace: Conv2dTrace, place: tuple[int, int, int]
    ) -> float:
        """By PyTorch's operator, from the value's window alone."""
        weight, bias, own = weight_of(operands), operands.bias, slice(place[0], place[0] + 1)
        kernels = oriented(weight[own], spec.flip_kernel)
        window = trace.window.to(weight.dtype)
        return float(functional.conv2d(window, kernels, None if bias is None else bias[own]))
