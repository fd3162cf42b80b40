"""What a kind of layer has to say: what it is by its settings, and what one value is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from torch import Tensor, nn

from app.mechanics.adaptive import AdaptiveStep
from app.mechanics.cost import NO_PARAMETERS, ParameterCount
from app.mechanics.size import SizeStep
from app.mechanics.trace import Trace
from app.networks.kinds.view import View
from app.networks.position import Position, Shape


@dataclass(frozen=True)
class Incoming:
    """What is known of an activation that a layer reads: its shape, and what its units see."""

    shape: Shape
    view: View


@dataclass(frozen=True)
class Facts:
    """What is known of a layer from its settings and the shapes it reads, before any number.

    `note` is a sentence where there is something to say that the rest does not;
    `multiply_accumulates` is None where nobody knows how many it needs.
    """

    settings: dict[str, Any]
    output_shape: Shape
    view: View
    parameters: ParameterCount = NO_PARAMETERS
    multiply_accumulates: int | None = 0
    output_size: tuple[SizeStep, SizeStep] | tuple[AdaptiveStep, AdaptiveStep] | None = None
    note: str | None = None


class Kind(ABC):
    """One kind of layer: a translation from a PyTorch module to the functions of `app.mechanics`.

    Shapes and tensors are without the batch axis.

    Attributes:
        name: what it is called in every answer, PyTorch's word where there is one.
        modules: the classes of modules that are of this kind.
        trace_type: what its traces are.
        is_pointwise: whether a value is made of nothing but the one at its place.
    """

    name: ClassVar[str]
    modules: ClassVar[tuple[type[nn.Module], ...]]
    trace_type: ClassVar[type[Trace]]
    is_pointwise: ClassVar[bool] = False

    @abstractmethod
    def facts(self, module: Any, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The layer's facts.

        Args:
            observed: the shape that the layer gave when the network ran.

        Raises:
            MechanicsError: settings or shapes that this kind does not explain.
        """

    @abstractmethod
    def trace(self, module: Any, inputs: Sequence[Tensor], at: Position) -> Trace:
        """What the value at one position is made of."""

    def tensors(self, module: nn.Module) -> dict[str, Tensor]:
        """What the layer has learned, under PyTorch's names."""
        return dict(module.named_parameters())


def only(inputs: Sequence[Any]) -> Any:
    """The one input of a layer that reads one."""
    (one,) = inputs
    return one
