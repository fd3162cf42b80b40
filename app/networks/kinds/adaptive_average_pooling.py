"""An adaptive average pooling, the global one among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from torch import Tensor, nn

from app.mechanics.adaptive import AdaptivePool2dSpec, AdaptiveStep
from app.mechanics.average_pooling import (
    AdaptiveAvgPool2dTrace,
    AvgPool2dTrace,
    trace_avg_pool2d,
)
from app.mechanics.window_spec import WindowSpec
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import View
from app.networks.position import Position, Shape


class AdaptiveAvgPool2dKind(Kind):
    """An adaptive average pooling."""

    name = "AdaptiveAvgPool2d"
    modules: ClassVar[tuple[type[nn.Module], ...]] = (nn.AdaptiveAvgPool2d,)
    trace_type: ClassVar[type[AvgPool2dTrace]] = AdaptiveAvgPool2dTrace

    def spec(self, module: Any) -> AdaptivePool2dSpec:
        """The module's settings, in the form of `app.mechanics`."""
        size = module.output_size
        return AdaptivePool2dSpec.of((None, None) if size is None else size)

    def facts(self, module: Any, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """How the windows lie, and their field."""
        read, spec = only(inputs), self.spec(module)
        vertical, horizontal = spec.output_size(*read.shape[1:])
        size = (vertical.output, horizontal.output)
        return Facts(
            settings=spec.as_dict(),
            output_shape=(read.shape[0], *size),
            view=_view(read.view, vertical, horizontal),
            output_size=(vertical, horizontal),
        )

    def trace(self, module: Any, inputs: Sequence[Tensor], at: Position) -> AvgPool2dTrace:
        """The window, its sum and what that is divided by."""
        return trace_avg_pool2d(
            only(inputs), self.spec(module), at.channel, at.row, at.column, self.trace_type
        )


def _view(view: View, vertical: AdaptiveStep, horizontal: AdaptiveStep) -> View:
    """That of windows that move in even steps, where these do; else anything may be seen."""
    size = (vertical.output, horizontal.output)
    if vertical.input % vertical.output or horizontal.input % horizontal.output:
        return view.everywhere(size)
    shares = (vertical.input // vertical.output, horizontal.input // horizontal.output)
    return View(view.field.then(WindowSpec(kernel_size=shares, stride=shares)), size)
