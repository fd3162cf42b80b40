"""What the texts of every pooling have in common, and what each kind has to say itself."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.spec import Pool2dSpec
from app.mechanics.window import Axis
from app.take_away.text import call

DEFAULTS = {
    "padding": 0,
    "dilation": 1,
    "ceil_mode": False,
    "count_include_pad": True,
    "divisor_override": None,
}


@dataclass(frozen=True, slots=True)
class MovingPool:
    """A pooling whose window moves, over one input: what its text depends on."""

    input: Tensor
    spec: Pool2dSpec
    height: Axis
    width: Axis

    @property
    def sides(self) -> tuple[int, int, int, int]:
        """How much to add on each side so that the windows fit, in F.pad's order."""
        return (
            self.width.padding_before,
            lines_after(self.width),
            self.height.padding_before,
            lines_after(self.height),
        )

    def unfold(self, source: str) -> str:
        """The call that cuts out every window of a padded input."""
        spec = self.spec
        return call(
            "F.unfold",
            source,
            defaults=DEFAULTS,
            kernel_size=spec.kernel_size,
            stride=spec.stride,
            dilation=spec.dilation,
        )

    def windows(self) -> list[str]:
        """The statements that make `windows`, one column a window."""
        return [
            f"maps = input.reshape(-1, 1, {self.height.input}, {self.width.input})",
            f"windows = {self.unfold(f'F.pad(maps, {self.sides})')}"
            "  # (maps, cells of a window, windows)",
        ]

    @property
    def output_shape(self) -> str:
        """The shape of the output as an expression."""
        return f"*input.shape[:-2], {self.height.output}, {self.width.output}"


class PoolText(ABC):
    """What one kind of pooling says in PyTorch and in NumPy.

    Attributes:
        adaptive: the call of an adaptive pooling, with a place for the output size.
        numpy_method: what NumPy's arrays call it.
        numpy_fill: what NumPy pads with; zeros where it is empty.
    """

    adaptive: ClassVar[str] = ""
    numpy_method: ClassVar[str] = ""
    numpy_fill: ClassVar[str] = ""

    @abstractmethod
    def native(self, spec: Pool2dSpec) -> list[str]:
        """The one call that PyTorch has for it."""

    @abstractmethod
    def by_hand(self, pool: MovingPool) -> list[str]:
        """PyTorch's statements where its own operator is narrower than the settings."""

    @abstractmethod
    def numpy(self, pool: MovingPool) -> list[str]:
        """NumPy's statements below those that make `windows`."""


def lines_after(axis: Axis) -> int:
    """How much to add after the input so that it ends with the last window; negative: cut off."""
    last = axis.positions(axis.output - 1)
    return last[-1] + 1 - axis.input
