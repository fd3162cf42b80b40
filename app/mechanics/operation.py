"""What an operation is: its settings, and every way it is asked for, in one object."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.mechanics.padding import Pair
from app.mechanics.trace import Trace


@dataclass(frozen=True, slots=True)
class Operands:
    """The tensors of an operation; what has no weights is given none."""

    input: Tensor
    weight: Tensor | None = None
    bias: Tensor | None = None


class Operation(ABC):
    """One operation on maps. Its index map is `spec.axes(height, width)`.

    Attributes:
        name: what it is called in an address or a sweep.
        defaults: its settings by name, each as it is when it is left out.
        has_weights: whether it learns anything.
        takes_maximum: whether one value of each window wins.
    """

    name: str
    defaults: Mapping[str, Any]
    has_weights: bool
    takes_maximum: bool = False

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
    def compute(self, operands: Operands, spec: Any) -> Tensor:
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
    def multiply_accumulates(self, spec: Any, input_size: Pair, output_size: Pair) -> int:
        """How often one image needs a multiply-accumulate."""
