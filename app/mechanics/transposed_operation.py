"""A transposed convolution as an operation."""

from collections.abc import Sequence
from math import prod
from typing import Any

from torch import Tensor

from app.mechanics.axis_map import AxisMap
from app.mechanics.cost import ParameterCount, conv_transpose2d_parameters
from app.mechanics.gradients import conv_transpose2d_gradients
from app.mechanics.operation import Operands, Output
from app.mechanics.operators import conv_transpose2d_by_torch
from app.mechanics.padding import Pair
from app.mechanics.trace import Trace
from app.mechanics.transposed import conv_transpose2d, trace_conv_transpose2d
from app.mechanics.transposed_axis import TransposedAxis
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.mechanics.weighted_operation import CONVOLUTION, WeightedOperation, weight_of


class TransposedConvolution(WeightedOperation):
    """Each input value stamps its kernel; what overlaps adds up."""

    name = "conv_transpose2d"
    defaults = CONVOLUTION | {"output_padding": 0}
    spec_of = staticmethod(ConvTranspose2dSpec.of)

    def _filters(self, groups: int, weight_shape: Sequence[int] | None) -> int:
        """How many channels go out."""
        return groups if weight_shape is None else weight_shape[1] * groups

    def compute(self, operands: Operands, spec: ConvTranspose2dSpec) -> Output:
        """Every output value, by the index map."""
        return Output(conv_transpose2d(operands.input, weight_of(operands), operands.bias, spec))

    def by_torch(self, operands: Operands, spec: ConvTranspose2dSpec) -> Tensor:
        """The same by PyTorch's operator."""
        return conv_transpose2d_by_torch(operands.input, weight_of(operands), operands.bias, spec)

    def trace(
        self, operands: Operands, spec: ConvTranspose2dSpec, channel: int, row: int, column: int
    ) -> Trace:
        """The input values that reach it, each with its weight."""
        weight, bias = weight_of(operands), operands.bias
        return trace_conv_transpose2d(operands.input, weight, bias, spec, channel, row, column)

    def gradients(
        self, operands: Operands, spec: ConvTranspose2dSpec, output_gradient: Tensor
    ) -> dict[str, Tensor]:
        """Those of input, weight and bias."""
        weight = weight_of(operands)
        found = conv_transpose2d_gradients(operands.input, weight, spec, output_gradient)
        return found.as_dict()

    def parameters(self, spec: ConvTranspose2dSpec, has_bias: bool) -> ParameterCount:
        """One kernel for each pair of channels, one bias for each output channel."""
        return conv_transpose2d_parameters(spec, has_bias)

    def work(
        self,
        spec: ConvTranspose2dSpec,
        in_channels: int,
        axes: tuple[AxisMap, AxisMap],
        output_size: Pair,
    ) -> int:
        """Every weight once at every input position."""
        return prod(spec.weight_shape) * axes[0].input * axes[1].input

    def computed_size(self, axes: tuple[Any, Any], output_size: Pair) -> Pair:
        """The whole output, before padding takes its border away."""
        height: TransposedAxis = axes[0]
        width: TransposedAxis = axes[1]
        return height.full_output, width.full_output

    def unfolded(self, spec: ConvTranspose2dSpec, multiply_accumulates: int) -> int:
        """Every stamp once, which all input channels then share."""
        return multiply_accumulates // spec.in_channels
