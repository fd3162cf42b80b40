"""Whether the tensors of an operation belong together."""

from typing import Protocol

from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.trace import check_shape


class ChannelSettings(Protocol):
    """The settings of an operation with weights, as far as shapes depend on them."""

    @property
    def in_channels(self) -> int:
        """How many channels the input has."""

    @property
    def out_channels(self) -> int:
        """How many channels the output has."""

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """The four sizes of the weight."""


def check_operands(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    spec: ChannelSettings,
    dims: tuple[int, ...] = (3, 4),
) -> None:
    """Nothing, where the tensors have the shapes that the settings ask for.

    Args:
        dims: how many axes the input may have: 3 for one image, 4 for a batch.

    Raises:
        MechanicsError: one of them has another shape.
    """
    check_input(input, spec.in_channels, dims)
    check_shape("weight", tuple(weight.shape), spec.weight_shape)
    if bias is not None:
        check_shape("bias", tuple(bias.shape), (spec.out_channels,))


def check_input(input: Tensor, channels: int, dims: tuple[int, ...] = (3, 4)) -> None:
    """Nothing, where the input has so many channels of rows and columns.

    Raises:
        MechanicsError: it has not.
    """
    if input.dim() not in dims or input.shape[-3] != channels:
        raise MechanicsError(
            f"The input has the shape {'×'.join(map(str, input.shape))}; it needs "
            f"{channels} channels of rows and columns.",
            "input",
        )


def check_output_gradient(output_gradient: Tensor, output_shape: tuple[int, ...]) -> None:
    """Nothing, where there is one gradient for each output value.

    Raises:
        MechanicsError: the shapes differ.
    """
    check_shape("output_gradient", tuple(output_gradient.shape), output_shape)
