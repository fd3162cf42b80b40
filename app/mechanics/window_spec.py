"""The settings that every operation with a moving window shares."""

from dataclasses import dataclass
from typing import Any, Literal, TypedDict

from app.mechanics.padding import (
    NO_PADDING,
    Padding,
    PaddingLike,
    Pair,
    PairLike,
    read_padding,
    read_pair,
)
from app.mechanics.size import SizeStep, size_step
from app.mechanics.window import Axes, Axis, PaddingMode

SweptOperation = Literal["conv2d", "conv_transpose2d", "max_pool2d", "average_pool2d", "lp_pool2d"]
"""The operations whose window moves: those that have settings to sweep."""


class Geometry(TypedDict):
    """Where a window lies, read: what every `of` passes on to its class."""

    kernel_size: Pair
    stride: Pair
    padding: Padding
    dilation: Pair


def read_geometry(
    kernel_size: PairLike, stride: PairLike | None, padding: PaddingLike, dilation: PairLike
) -> Geometry:
    """The settings that every window has, in any form that PyTorch or the API takes them.

    Args:
        stride: the kernel size where it is None.

    Raises:
        MechanicsError: one of them is not what it may be.
    """
    kernel = read_pair(kernel_size, "kernel_size", 1)
    steps = kernel if stride is None else read_pair(stride, "stride", 1)
    dilations = read_pair(dilation, "dilation", 1)
    return {
        "kernel_size": kernel,
        "stride": steps,
        "padding": read_padding(padding, kernel, steps, dilations),
        "dilation": dilations,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelSpec:
    """What every operation with a kernel has: all that its geometry depends on."""

    kernel_size: Pair
    stride: Pair = (1, 1)
    padding: Padding = NO_PADDING
    dilation: Pair = (1, 1)

    def __post_init__(self) -> None:
        read_pair(self.kernel_size, "kernel_size", 1)
        read_pair(self.stride, "stride", 1)
        read_pair(self.dilation, "dilation", 1)

    def largest(self) -> dict[str, int]:
        """The largest number in each setting that costs more, the larger it is."""
        pad = self.padding
        return {
            "kernel_size": max(self.kernel_size),
            "stride": max(self.stride),
            "dilation": max(self.dilation),
            "padding": max(pad.top, pad.bottom, pad.left, pad.right),
        }

    def _geometry(self) -> dict[str, Any]:
        """The shared settings as plain values for JSON."""
        return {
            "kernel_size": list(self.kernel_size),
            "stride": list(self.stride),
            "padding": self.padding.as_json(),
            "dilation": list(self.dilation),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSpec(KernelSpec):
    """What every operation with a moving window has, which reads its input."""

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
        modes = (padding_mode, ceil_mode)
        rows, columns = zip(self.kernel_size, self.stride, self.dilation, strict=True)
        return (
            Axis("height", height, *rows, pad.top, pad.bottom, *modes),
            Axis("width", width, *columns, pad.left, pad.right, *modes),
        )
