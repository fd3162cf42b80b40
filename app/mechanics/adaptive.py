"""Adaptive pooling: the output size is given, and the windows are laid out so that they cover all.

Global pooling is the adaptive pooling to one row and one column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from app.mechanics.axis_map import AxisMap, Source, Step
from app.mechanics.errors import MechanicsError
from app.mechanics.padding import whole


@dataclass(frozen=True, slots=True)
class AdaptiveAxis(AxisMap):
    """How the rows (height) or the columns (width) of a map are shared among the output lines.

    Window i goes from ⌊i·input / output⌋ up to ⌈(i + 1)·input / output⌉, so that windows may differ
    in size by one and may overlap; every line is read. `Axis` is its counterpart with one kernel
    size for all.

    Raises:
        MechanicsError: an empty input or output.

    Source: `start_index` and `end_index` in PyTorch's ATen/native/AdaptivePooling.h.

    Example:
        >>> [tuple(AdaptiveAxis("height", input=5, windows=3).sources(i)) for i in range(3)]
        [(0, 1), (1, 2, 3), (3, 4)]
    """

    windows: int

    @property
    def output(self) -> int:
        """The number of windows."""
        return self.windows

    @property
    def largest_window(self) -> int:
        """How many lines a window has at most: its share, and perhaps one more."""
        return -(-self.input // self.windows) + 1

    def positions(self, output: int) -> range:
        """The input lines of one window.

        Raises:
            MechanicsError: the output has no such line.
        """
        self.check_output(output)
        size = self.windows
        return range(output * self.input // size, -(-(output + 1) * self.input // size))

    def sources(self, output: int) -> tuple[Source, ...]:
        """The input lines of one window."""
        return tuple(self.positions(output))

    def all_sources(self) -> list[tuple[Source, ...]]:
        """The input line under each window line for each output line, by window line.

        A window that is smaller than the largest has None on its last line.
        """
        windows = [self.positions(output) for output in range(self.output)]
        largest = max(len(window) for window in windows)
        return [
            tuple(window[line] if line < len(window) else None for window in windows)
            for line in range(largest)
        ]

    def readers(self, source: int) -> tuple[tuple[int, int], ...]:
        """Every (output line, window line) that reads an input line: two where windows overlap."""
        windows = [(output, self.positions(output)) for output in range(self.windows)]
        return tuple(
            (output, source - window.start) for output, window in windows if source in window
        )

    def unread(self) -> tuple[int, ...]:
        """The input lines that no window reads: there are none."""
        return ()

    def counted(self, output: int, include_padding: bool) -> int:
        """How many lines of one window count for a mean: all, since there is no padding."""
        return len(self.positions(output))


@dataclass(frozen=True, slots=True)
class AdaptiveStep(Step):
    """How one axis is shared out: the windows as [start, end), and the rule with its numbers."""

    input: int
    output: int
    windows: tuple[tuple[int, int], ...]
    smallest: int
    largest: int
    unread: tuple[int, ...]
    latex: str


def adaptive_step(axis: AdaptiveAxis) -> AdaptiveStep:
    r"""How an axis is shared out among its windows.

    Example:
        >>> step = adaptive_step(AdaptiveAxis("width", input=5, windows=3))
        >>> step.windows, step.smallest, step.largest
        (((0, 2), (1, 4), (3, 5)), 2, 3)
        >>> print(step.latex)
        \left\lfloor \frac{i \cdot 5}{3} \right\rfloor \le x <
            \left\lceil \frac{(i + 1) \cdot 5}{3} \right\rceil
    """
    windows = [axis.positions(output) for output in range(axis.output)]
    sizes = [len(window) for window in windows]
    share = rf"\cdot {axis.input}}}{{{axis.output}}}"
    return AdaptiveStep(
        input=axis.input,
        output=axis.output,
        windows=tuple((window.start, window.stop) for window in windows),
        smallest=min(sizes),
        largest=max(sizes),
        unread=axis.unread(),
        latex=(
            rf"\left\lfloor \frac{{i {share} \right\rfloor \le x < "
            rf"\left\lceil \frac{{(i + 1) {share} \right\rceil"
        ),
    )


@dataclass(frozen=True, slots=True)
class AdaptivePool2dSpec:
    """The settings of an adaptive pooling: the output's (height, width), None: the input's own.

    Raises:
        MechanicsError: an output size below 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool2d.html
    """

    # There is no padding that a mean could leave out, and no other divisor.
    count_include_pad: ClassVar[bool] = True
    divisor_override: ClassVar[int | None] = None
    size: tuple[int | None, int | None]

    def __post_init__(self) -> None:
        for name, number in zip((" height", " width"), self.size, strict=True):
            if number is not None:
                whole(number, "output_size", 1, name)

    @classmethod
    def of(cls, output_size: int | Sequence[int | None]) -> Self:
        """The settings in any form that PyTorch or the API takes them.

        Raises:
            MechanicsError: as the class, or not one number or a pair.
        """
        if not isinstance(output_size, Sequence):
            return cls((output_size, output_size))
        if len(output_size) != 2:
            raise MechanicsError(
                "output_size is one number or a (height, width) pair; got "
                f"{len(output_size)} numbers.",
                "output_size",
            )
        return cls((output_size[0], output_size[1]))

    def axes(self, height: int, width: int) -> tuple[AdaptiveAxis, AdaptiveAxis]:
        """How the rows and the columns of an input of this size are shared out.

        Raises:
            MechanicsError: the input is empty.
        """
        rows, columns = self.size
        return (
            AdaptiveAxis("height", height, height if rows is None else rows),
            AdaptiveAxis("width", width, width if columns is None else columns),
        )

    def output_size(self, height: int, width: int) -> tuple[AdaptiveStep, AdaptiveStep]:
        """How the windows lie for an input of this size.

        Raises:
            MechanicsError: the input is empty.
        """
        vertical, horizontal = self.axes(height, width)
        return adaptive_step(vertical), adaptive_step(horizontal)

    def largest(self) -> dict[str, int]:
        """The largest number in each setting that costs more, the larger it is."""
        return {"output_size": max(side or 1 for side in self.size)}

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values for JSON, in PyTorch's words."""
        return {"output_size": list(self.size)}
