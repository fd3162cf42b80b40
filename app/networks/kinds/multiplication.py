"""A product of maps, as where a network weights its channels by what it squeezed out of them."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from app.mechanics.product import MultiplyTrace, product_shape, trace_multiply
from app.networks.kinds.kind import Facts, Incoming, Kind
from app.networks.kinds.view import View, extent_of, joined
from app.networks.modules import Multiply
from app.networks.position import Position, Shape


class MultiplyKind(Kind):
    """A product of maps, or of maps and one value for each of them."""

    name = "Multiply"
    modules = (Multiply,)
    trace_type = MultiplyTrace

    def facts(self, module: Multiply, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape of the larger, and a view that holds those of all."""
        shape = product_shape([each.shape for each in inputs])
        return Facts(
            settings={},
            output_shape=shape,
            view=joined([_view(each, shape) for each in inputs]),
        )

    def trace(self, module: Multiply, inputs: Sequence[Tensor], at: Position) -> MultiplyTrace:
        """The factor of each input at the position."""
        return trace_multiply(inputs, at.channel, at.row, at.column)


def _view(incoming: Incoming, shape: Shape) -> View:
    """What the units of the product see through one input."""
    if incoming.shape[1:] == shape[1:]:
        return incoming.view
    return incoming.view.everywhere(extent_of(shape))
