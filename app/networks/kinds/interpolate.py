"""Maps brought to another size."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.mechanics.interpolation import InterpolateTrace, Taps, taps_of, trace_interpolate
from app.networks.interpolation import Interpolate, shares
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape

Resizing = Interpolate | nn.Upsample


class InterpolateKind(Kind):
    """Maps brought to another size: each value is made of a few, each with its share."""

    name = "Interpolate"
    modules = (Interpolate, nn.Upsample)
    trace_type = InterpolateTrace

    def taps(self, module: Resizing, shape: Sequence[int]) -> tuple[Taps, Taps]:
        """What each row and each column of what is given reads.

        Raises:
            MechanicsError: other than maps.
        """
        if len(shape) != 3:
            raise MechanicsError("What has no rows and columns is not explained.", "input")
        rows, columns = (taps_of(shares(module, axis, shape[1 + axis])) for axis in (0, 1))
        return rows, columns

    def facts(self, module: Resizing, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """What each line reads; any unit may see all, by geometry."""
        read = only(inputs)
        rows, columns = self.taps(module, read.shape)
        size = (len(rows), len(columns))
        return Facts(
            settings={
                "mode": module.mode,
                "align_corners": module.align_corners,
                "rows": [[first, *weights] for first, weights in rows],
                "columns": [[first, *weights] for first, weights in columns],
            },
            output_shape=(read.shape[0], *size),
            view=read.view.everywhere(size),
        )

    def trace(self, module: Resizing, inputs: Sequence[Tensor], at: Position) -> InterpolateTrace:
        """The window, and the share of each of its lines."""
        read = only(inputs)
        rows, columns = self.taps(module, tuple(read.shape))
        return trace_interpolate(read, rows, columns, at.channel, at.row, at.column)
