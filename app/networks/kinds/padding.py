"""Constant values around maps, or constant maps beside them."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.constant_padding import PadSpec, PadTrace, trace_pad
from app.mechanics.errors import MechanicsError
from app.mechanics.padding import Padding
from app.mechanics.window_spec import WindowSpec
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import View
from app.networks.modules import Pad
from app.networks.position import Position, Shape


class PadKind(Kind):
    """Constant values around maps, or constant maps beside them."""

    name = "Pad"
    modules = (Pad, nn.ConstantPad2d, nn.ZeroPad2d)
    trace_type = PadTrace

    def spec(self, module: Pad | nn.ConstantPad2d) -> PadSpec:
        """The module's settings, in the form of `app.mechanics`."""
        left, right, top, bottom, *channels = module.padding
        if len(channels) not in (0, 2):
            raise MechanicsError("Padding along the batch is not explained.", "padding")
        before, behind = channels or (0, 0)
        return PadSpec(Padding(top, bottom, left, right), (before, behind), float(module.value))

    def facts(
        self, module: Pad | nn.ConstantPad2d, inputs: Sequence[Incoming], observed: Shape
    ) -> Facts:
        """The larger shape, and a view that begins as far before as there is padding."""
        read, spec = only(inputs), self.spec(module)
        shape = spec.output_shape(*read.shape)
        field = read.view.field.then(WindowSpec(kernel_size=(1, 1), padding=spec.sides))
        return Facts(settings=spec.as_dict(), output_shape=shape, view=View(field, shape[1:]))

    def trace(
        self, module: Pad | nn.ConstantPad2d, inputs: Sequence[Tensor], at: Position
    ) -> PadTrace:
        """The number that came in, or the constant."""
        return trace_pad(only(inputs), self.spec(module), at.channel, at.row, at.column)
