"""The settings that every operation with a moving window shares."""

from dataclasses import dataclass
from typing import Any

from app.mechanics.padding import NO_PADDING, Padding, Pair, read_pair
from app.mechanics.size import SizeStep, size_step
from app.mechanics.window import Axes, Axis, AxisName, PaddingMode


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSpec:
    """What every operation with a moving window has: all that its geometry depends on."""

    kernel_size: Pair
    stride: Pair = (1, 1)
    padding: Padding = NO_PADDING
    dilation: Pair = (1, 1)

    def __post_init__(self) -> None:
        for field in ("kernel_size", "stride", "dilation"):
            read_pair(getattr(self, field), field, 1)

    def axes(self, height: int, width: int) -> Axes:
        """The index map of the rows and that of the columns, for an input of this size.

        Raises:
            MechanicsError: the input is empty, or too small for this much padding.
        """
        return self._axes(height, width)

    def output_size(self, height: int, width: int) -> tuple[SizeStep, SizeStep]:
        """How the output's height and width come about for an input of this size.

        Raises:
            MechanicsError: the input allows no output, or not this much padding.
        """
        vertical, horizontal = self.axes(height, width)
        return size_step(vertical), size_step(horizontal)

    def _axes(
        self,
        height: int,
        width: int,
        padding_mode: PaddingMode = "zeros",
        ceil_mode: bool = False,
    ) -> Axes:
        """Both axes, with what only some operations have."""
        pad = self.padding
        before, after = (pad.top, pad.left), (pad.bottom, pad.right)

        def axis(name: AxisName, size: int, i: int) -> Axis:
            return Axis(
                name=name,
                input=size,
                kernel_size=self.kernel_size[i],
                stride=self.stride[i],
                dilation=self.dilation[i],
                padding_before=before[i],
                padding_after=after[i],
                padding_mode=padding_mode,
                ceil_mode=ceil_mode,
            )

        return axis("height", height, 0), axis("width", width, 1)

    def _geometry(self) -> dict[str, Any]:
        """The shared settings as plain values for JSON."""
        return {
            "kernel_size": list(self.kernel_size),
            "stride": list(self.stride),
            "padding": self.padding.as_json(),
            "dilation": list(self.dilation),
        }
