"""What the index map of every operation answers, for one axis: which lines read which.

A window is a product of its rows and its columns, so the map is kept for one axis at a time.
Everything that points from a cell to another cell (a trace, a highlight, an unread row, a whole
convolution) asks here.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Literal

from app.mechanics.errors import MechanicsError

AxisName = Literal["height", "width"]

Source = int | None
"""An input row (or column), counted from 0; None where the window lies in zero padding."""


def effective_kernel_size(kernel_size: int, dilation: int) -> int:
    """How many lines a kernel spans, the gaps of its dilation included."""
    return dilation * (kernel_size - 1) + 1


@dataclass(frozen=True, slots=True)
class AxisMap(ABC):
    """How the rows (height) or the columns (width) of an output come from those of an input.

    Units: every length is in lines, that is rows for the height and columns for the width.

    Raises:
        MechanicsError: an empty input.
    """

    name: AxisName
    input: int

    def __post_init__(self) -> None:
        if self.input < 1:
            raise MechanicsError(
                f"The input has {self.input} {self.lines}: it needs at least 1.", "input"
            )

    @property
    def lines(self) -> str:
        """The word for what is counted along this axis: rows or columns."""
        return "rows" if self.name == "height" else "columns"

    @property
    @abstractmethod
    def output(self) -> int:
        """The number of output lines."""

    @abstractmethod
    def sources(self, output: int) -> tuple[Source, ...]:
        """The input lines that one output line reads.

        Raises:
            MechanicsError: the output has no such line.
        """

    @abstractmethod
    def readers(self, source: int) -> tuple[tuple[int, int], ...]:
        """Every (output line, line of its window) that reads an input line.

        Args:
            source: the input line, counted from 0.
        """

    @abstractmethod
    def unread(self) -> tuple[int, ...]:
        """The input lines that reach no output line."""

    def check_output(self, line: int) -> None:
        """Nothing, where the output has such a line.

        Raises:
            MechanicsError: it has not.
        """
        if not 0 <= line < self.output:
            raise self._no_line(line, "output", self.output)

    def check_input(self, line: int) -> None:
        """Nothing, where the input has such a line.

        Raises:
            MechanicsError: it has not.
        """
        if not 0 <= line < self.input:
            raise self._no_line(line, "input", self.input)

    def _no_line(self, line: int, side: str, size: int) -> MechanicsError:
        """The refusal of a line that one side does not have."""
        word = self.lines[:-1]
        return MechanicsError(
            f"There is no {word} {line}: the {side} has {size} {self.lines}, counted from 0.", word
        )


@dataclass(frozen=True, slots=True)
class Step:
    """How the size of one axis comes about: numbers, and the formula with them in it."""

    def as_dict(self) -> dict[str, Any]:
        """The step as plain values for JSON."""
        names: tuple[str, ...] = self.__match_args__  # of a dataclass: its fields
        return {name: _plain(getattr(self, name)) for name in names}


def _plain(value: Any) -> Any:
    """Tuples as lists, however deep."""
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
