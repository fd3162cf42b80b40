"""Maps laid end to end, as where branches meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from torch import Tensor

from app.mechanics.concatenation import (
    ConcatenateTrace,
    concatenated_shape,
    trace_concatenate,
)
from app.networks.kinds.kind import Facts, Incoming, Kind
from app.networks.kinds.view import View, extent_of, joined
from app.networks.modules import Concatenate
from app.networks.position import Position, Shape


class ConcatenateKind(Kind):
    """Maps laid end to end, most often one's channels behind the other's."""

    name = "Concatenate"
    modules = (Concatenate,)
    trace_type = ConcatenateTrace

    def axis(self, module: Concatenate, rank: int) -> int:
        """The axis without that of the batch, counted from 0."""
        return module.dim - 1 if module.dim >= 0 else module.dim + rank

    def facts(self, module: Concatenate, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """As long as all inputs together, and a view that holds what any unit of them sees."""
        axis = self.axis(module, len(inputs[0].shape))
        shape = concatenated_shape([each.shape for each in inputs], axis)
        return Facts(
            settings={"dim": module.dim},
            output_shape=shape,
            view=_view([each.view for each in inputs], axis, shape),
        )

    def trace(
        self, module: Concatenate, inputs: Sequence[Tensor], at: Position
    ) -> ConcatenateTrace:
        """Which input the number comes from, and where it stood there."""
        axis = self.axis(module, inputs[0].dim())
        return trace_concatenate(inputs, axis, at.channel, at.row, at.column)


def _view(views: Sequence[View], axis: int, shape: Shape) -> View:
    """What units of any of the inputs see: the same of all, or what holds it."""
    if axis == 0 and len(shape) == 3:
        view = joined(views)
        is_same = all(each == view for each in views)
        return view if is_same else replace(view, field=replace(view.field, status="upper_bound"))
    everywhere = [each.everywhere((1, 1)) for each in views]
    return replace(joined(everywhere), extent=extent_of(shape))
