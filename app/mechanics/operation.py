"""What an operation is: its settings, and every way it is asked for, in one object."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.mechanics.cost import NO_PARAMETERS, ParameterCount
from app.mechanics.padding import Pair
from app.mechanics.trace import Trace


@dataclass(frozen=True, slots=True)
class Operands:
    """The tensors of an operation; what has no weights is given none."""

    input: Tensor
    weight: Tensor | None = None
    bias: Tensor | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """What an operation computes.

    Attributes:
        indices: where each value came from, for those operations that take a maximum.
    """

    values: Tensor
    indices: Tensor | None = None


class Operation(ABC):
    """One operation on maps. Its index map is `spec.axes(height, width)`.

    Attributes:
        name: what it is called in an address or a sweep.
        defaults: its settings by name, each as it is when it is left out.
        has_weights: whether it learns anything.
        takes_maximum: whether one value of each window wins.
        is_answered_by_torch: whether its output is PyTorch's, where memory allows it.
    """

    name: str
    defaults: Mapping[str, Any]
    has_weights: bool = False
    takes_maximum: bool = False
    is_answered_by_torch: bool = True

    @abstractmethod
    def spec(
        self, in_channels: int, settings: Mapping[str, Any], weight_shape: Sequence[int] | None
    ) -> Any:
        """The settings in one form.

        Args:
            settings: those of `defaults`, in any form; missing ones are as they are there.
            weight_shape: that of the weight, where there is one: it decides the channels, and only
                its own kernel_size is possible. Else one filter a group looks at all channels.

        Raises:
            MechanicsError: they are impossible.
        """

    @abstractmethod
    def compute(self, operands: Operands, spec: Any) -> Output:
        """Every output value, by the index map."""

    @abstractmethod
    def by_torch(self, operands: Operands, spec: Any) -> Tensor:
        """The same by PyTorch's operator, where it has one that means the same."""

    @abstractmethod
    def trace(self, operands: Operands, spec: Any, channel: int, row: int, column: int) -> Trace:
        """What the output value at one position is made of."""

    @abstractmethod
    def gradients(
        self, operands: Operands, spec: Any, output_gradient: Tensor
    ) -> dict[str, Tensor]:
        """The gradient of each operand, as `input_gradient`, `weight_gradient`, `bias_gradient`."""

    @abstractmethod
    def work(self, spec: Any, in_channels: int, axes: tuple[Any, Any], output_size: Pair) -> int:
        """How many products one image needs; where nothing is multiplied, how many values read."""

    def parameters(self, spec: Any, has_bias: bool) -> ParameterCount:
        """How many numbers a layer of it would learn."""
        return NO_PARAMETERS

    def out_channels(self, spec: Any, in_channels: int) -> int:
        """How many channels go out: as many as come in, where each is read by itself."""
        return in_channels

    def computed_size(self, axes: tuple[Any, Any], output_size: Pair) -> Pair:
        """How many rows and columns PyTorch computes, before any are taken away again."""
        return output_size

    def unfolded(self, spec: Any, multiply_accumulates: int) -> int:
        """How many values PyTorch's operator copies in float64 before it multiplies them."""
        return 0

    @abstractmethod
    def check(self, operands: Operands, spec: Any) -> None:
        """Nothing, where the tensors have the shapes that the settings ask for.

        Raises:
            MechanicsError: one of them has another shape.
        """

    def value_in_little_memory(
        self, operands: Operands, spec: Any, trace: Any, place: tuple[int, int, int]
    ) -> float:
        """One output value where PyTorch's operator needs too much memory for all of them.

        Args:
            trace: what the value is made of.
            place: its channel, row and column.
        """
        return float(self.compute(operands, spec).values[place])
