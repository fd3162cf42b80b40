"""An activation function: a function of each value by itself."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from torch import Tensor, nn

from app.mechanics.activation import ActivationTrace, trace_activation
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class ActivationKind(Kind):
    """What every activation function has: shape and view of what comes in.

    Attributes:
        trace_type: what its traces are.
        written: the function's call, with {0} where its number stands, and a setting's name in
            braces where that stands.
    """

    is_pointwise = True
    trace_type: ClassVar[type[ActivationTrace]]
    written: ClassVar[str]

    def call(self, module: Any) -> str:
        """What is `written`, where the module has no say in it."""
        return self.written

    @abstractmethod
    def function(self, module: Any) -> Callable[[float], float]:
        """What is made of one number."""

    def settings(self, module: nn.Module) -> dict[str, Any]:
        """What the module was made with; nothing by default."""
        return {}

    def facts(self, module: nn.Module, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape and the view of what comes in."""
        read = only(inputs)
        return Facts(settings=self.settings(module), output_shape=read.shape, view=read.view)

    def trace(self, module: nn.Module, inputs: Sequence[Tensor], at: Position) -> ActivationTrace:
        """The number that came in, and what the function makes of it."""
        place, function = (at.channel, at.row, at.column), self.function(module)
        named = self.settings(module).items()
        numbers = {name: value for name, value in named if isinstance(value, float)}
        written = self.call(module)
        return trace_activation(self.trace_type, function, written, only(inputs), place, numbers)
