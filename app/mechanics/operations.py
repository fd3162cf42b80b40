"""Every operation by its name. What is asked of all of them is asked here, and nowhere by name."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, get_args

from torch import Tensor

from app.mechanics.convolution import conv2d, trace_conv2d
from app.mechanics.errors import MechanicsError
from app.mechanics.gradients import conv2d_gradients, conv_transpose2d_gradients
from app.mechanics.operation import Operands, Operation
from app.mechanics.operators import conv2d_by_torch, conv_transpose2d_by_torch
from app.mechanics.padding import Pair
from app.mechanics.pool_kinds import POOL_KINDS, PoolKind, PoolSpec
from app.mechanics.pooling import (
    pool2d,
    pool2d_by_torch,
    pool2d_gradient,
    reduction_of,
    trace_pool2d,
)
from app.mechanics.spec import Conv2dSpec
from app.mechanics.trace import Trace
from app.mechanics.transposed import conv_transpose2d, trace_conv_transpose2d
from app.mechanics.transposed_spec import ConvTranspose2dSpec

_CONVOLUTION = {
    "kernel_size": None,
    "stride": 1,
    "padding": 0,
    "padding_mode": "zeros",
    "dilation": 1,
    "groups": 1,
    "flip_kernel": False,
}


class Convolution(Operation):
    """The sum of window times kernel."""

    name = "conv2d"
    defaults = _CONVOLUTION
    has_weights = True

    def spec(
        self, in_channels: int, settings: Mapping[str, Any], weight_shape: Sequence[int] | None
    ) -> Conv2dSpec:
        """The settings in one form; without a weight, one filter a group."""
        filters = settings.get("groups", 1) if weight_shape is None else weight_shape[0]
        spec = Conv2dSpec.of(in_channels, filters, **settings)
        _check_kernels(spec.kernel_size, weight_shape)
        return spec

    def compute(self, operands: Operands, spec: Conv2dSpec) -> Tensor:
        """Every output value, by the index map."""
        return conv2d(operands.input, _weight(operands), operands.bias, spec)

    def by_torch(self, operands: Operands, spec: Conv2dSpec) -> Tensor:
        """The same by PyTorch's operator."""
        return conv2d_by_torch(operands.input, _weight(operands), operands.bias, spec)

    def trace(
        self, operands: Operands, spec: Conv2dSpec, channel: int, row: int, column: int
    ) -> Trace:
        """Window, filter, products, sums and bias."""
        weight = _weight(operands)
        return trace_conv2d(operands.input, weight, operands.bias, spec, channel, row, column)

    def gradients(
        self, operands: Operands, spec: Conv2dSpec, output_gradient: Tensor
    ) -> dict[str, Tensor]:
        """Those of input, weight and bias."""
        found = conv2d_gradients(operands.input, _weight(operands), spec, output_gradient)
        return found.as_dict()

    def multiply_accumulates(self, spec: Conv2dSpec, input_size: Pair, output_size: Pair) -> int:
        """Every weight once at every output position."""
        return prod(spec.weight_shape) * prod(output_size)


class TransposedConvolution(Operation):
    """Each input value stamps its kernel; what overlaps adds up."""

    name = "conv_transpose2d"
    defaults = _CONVOLUTION | {"output_padding": 0}
    has_weights = True

    def spec(
        self, in_channels: int, settings: Mapping[str, Any], weight_shape: Sequence[int] | None
    ) -> ConvTranspose2dSpec:
        """The settings in one form; without a weight, one filter a group."""
        groups = settings.get("groups", 1)
        filters = groups if weight_shape is None else weight_shape[1] * groups
        spec = ConvTranspose2dSpec.of(in_channels, filters, **settings)
        _check_kernels(spec.kernel_size, weight_shape)
        return spec

    def compute(self, operands: Operands, spec: ConvTranspose2dSpec) -> Tensor:
        """Every output value, by the index map."""
        return conv_transpose2d(operands.input, _weight(operands), operands.bias, spec)

    def by_torch(self, operands: Operands, spec: ConvTranspose2dSpec) -> Tensor:
        """The same by PyTorch's operator."""
        return conv_transpose2d_by_torch(operands.input, _weight(operands), operands.bias, spec)

    def trace(
        self, operands: Operands, spec: ConvTranspose2dSpec, channel: int, row: int, column: int
    ) -> Trace:
        """The input values that reach it, each with its weight."""
        weight, bias = _weight(operands), operands.bias
        return trace_conv_transpose2d(operands.input, weight, bias, spec, channel, row, column)

    def gradients(
        self, operands: Operands, spec: ConvTranspose2dSpec, output_gradient: Tensor
    ) -> dict[str, Tensor]:
        """Those of input, weight and bias."""
        weight = _weight(operands)
        found = conv_transpose2d_gradients(operands.input, weight, spec, output_gradient)
        return found.as_dict()

    def multiply_accumulates(
        self, spec: ConvTranspose2dSpec, input_size: Pair, output_size: Pair
    ) -> int:
        """Every weight once at every input position."""
        return prod(spec.weight_shape) * prod(input_size)


class Pooling(Operation):
    """Each window becomes one value, by a kind's rule."""

    has_weights = False

    def __init__(self, kind: PoolKind) -> None:
        self.kind = kind
        self.name = f"{kind}_pool2d"
        self.defaults = POOL_KINDS[kind].defaults
        self.takes_maximum = reduction_of(kind).takes_maximum

    def spec(
        self, in_channels: int, settings: Mapping[str, Any], weight_shape: Sequence[int] | None
    ) -> PoolSpec:
        """The settings in one form; a pooling works on each channel by itself."""
        return POOL_KINDS[self.kind].read(**settings)

    def compute(self, operands: Operands, spec: PoolSpec) -> Tensor:
        """Every output value, by the index map."""
        return pool2d(operands.input, self.kind, spec).output

    def by_torch(self, operands: Operands, spec: PoolSpec) -> Tensor:
        """The same by PyTorch's operator, where it has one that means the same."""
        return pool2d_by_torch(operands.input, self.kind, spec)

    def trace(
        self, operands: Operands, spec: PoolSpec, channel: int, row: int, column: int
    ) -> Trace:
        """The window, and what becomes of it."""
        return trace_pool2d(operands.input, self.kind, spec, channel, row, column)

    def gradients(
        self, operands: Operands, spec: PoolSpec, output_gradient: Tensor
    ) -> dict[str, Tensor]:
        """That of the input."""
        found = pool2d_gradient(operands.input, self.kind, spec, output_gradient)
        return {"input_gradient": found}

    def multiply_accumulates(self, spec: PoolSpec, input_size: Pair, output_size: Pair) -> int:
        """None: a pooling multiplies by nothing that was learned."""
        return 0


OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        Convolution(),
        TransposedConvolution(),
        *(Pooling(kind) for kind in get_args(PoolKind)),
    )
}


def _weight(operands: Operands) -> Tensor:
    """The weight of an operation that has one.

    Raises:
        MechanicsError: none was given.
    """
    if operands.weight is None:
        raise MechanicsError("A convolution needs a weight.", "weight")
    return operands.weight


def _check_kernels(kernel_size: Pair, weight_shape: Sequence[int] | None) -> None:
    """Nothing, where the weight has kernels of this size.

    Raises:
        MechanicsError: it has others.
    """
    if weight_shape is not None and tuple(weight_shape[2:]) != kernel_size:
        own, wanted = "×".join(map(str, weight_shape[2:])), "×".join(map(str, kernel_size))
        raise MechanicsError(
            f"The weight has kernels of {own}, so there is none of {wanted}.", "kernel_size"
        )
