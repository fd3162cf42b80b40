"""What both operations with weights have in common: kernels, channels in groups, a bias."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor

from app.mechanics.checks import check_operands
from app.mechanics.errors import MechanicsError
from app.mechanics.operation import Operands, Operation
from app.mechanics.padding import Pair

CONVOLUTION = {
    "kernel_size": None,
    "stride": 1,
    "padding": 0,
    "padding_mode": "zeros",
    "dilation": 1,
    "groups": 1,
    "flip_kernel": False,
}


class WeightedOperation(Operation):
    """A convolution, plain or transposed.

    Attributes:
        spec_of: makes a spec of in_channels, out_channels and the settings by name.
    """

    has_weights = True
    spec_of: Callable[..., Any]

    def spec(
        self, in_channels: int, settings: Mapping[str, Any], weight_shape: Sequence[int] | None
    ) -> Any:
        """The settings in one form; without a weight, one filter a group.

        Without a kernel_size it is the weight's own.
        """
        filters = self._filters(settings.get("groups", 1), weight_shape)
        if weight_shape is not None and settings.get("kernel_size") is None:
            own = {**settings, "kernel_size": (weight_shape[2], weight_shape[3])}
            return self.spec_of(in_channels, filters, **own)
        spec = self.spec_of(in_channels, filters, **settings)
        _check_kernels(spec.kernel_size, weight_shape)
        return spec

    @abstractmethod
    def _filters(self, groups: int, weight_shape: Sequence[int] | None) -> int:
        """How many channels go out."""

    def out_channels(self, spec: Any, in_channels: int) -> int:
        """One channel for each filter."""
        channels: int = spec.out_channels
        return channels

    def check(self, operands: Operands, spec: Any) -> None:
        """Nothing, where input, weight and bias have the shapes that the settings ask for."""
        check_operands(operands.input, weight_of(operands), operands.bias, spec)


def weight_of(operands: Operands) -> Tensor:
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
