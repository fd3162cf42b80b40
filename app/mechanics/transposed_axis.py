"""One axis of a transposed convolution: the index map of a convolution, read from its other end."""

from dataclasses import asdict, dataclass
from typing import Any

from app.mechanics.errors import MechanicsError
from app.mechanics.size import kernel_latex, padding_latex
from app.mechanics.window import Axis, AxisName, Source


@dataclass(frozen=True, slots=True)
class TransposedAxis:
    """How the rows (height) or the columns (width) of a map are spread over a larger one.

    Where a convolution's window *reads* lines, here each input line *writes* the whole kernel onto
    the lines that the window would cover: `forward` is that convolution's axis, whose input is the
    output here.

    Units: lines, that is rows for the height and columns for the width.

    Raises:
        MechanicsError: an empty input, or padding that takes the whole output away.

    Example:
        >>> axis = TransposedAxis("height", input=2, kernel_size=3, stride=2, padding_before=1)
        >>> axis.output, axis.targets(0), axis.writers(1)
        (4, (None, 0, 1), ((0, 2), (1, 0)))
    """

    name: AxisName
    input: int
    kernel_size: int
    stride: int = 1
    dilation: int = 1
    padding_before: int = 0
    padding_after: int = 0
    output_padding: int = 0

    def __post_init__(self) -> None:
        lines = "rows" if self.name == "height" else "columns"
        if self.input < 1:
            raise MechanicsError(
                f"The input has {self.input} {lines}: it needs at least 1.", "input"
            )
        if self.output < 1:
            raise MechanicsError(
                f"Nothing is left of the output: {self.input} {lines} spread over "
                f"{self.full_output}, and a padding of {self.padding_before} + "
                f"{self.padding_after} takes {self.full_output - self.output} away. Use "
                f"{1 - self.output} less of padding in all.",
                "padding",
            )

    @property
    def effective_kernel_size(self) -> int:
        """How many lines the kernel spans, the gaps of its dilation included."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def full_output(self) -> int:
        """The output size before padding takes lines away."""
        return (self.input - 1) * self.stride + self.effective_kernel_size + self.output_padding

    @property
    def output(self) -> int:
        """The number of output lines, maybe below 1 while the settings are being checked."""
        return self.full_output - self.padding_before - self.padding_after

    @property
    def forward(self) -> Axis:
        """The axis of the convolution that goes the other way: from the output to the input."""
        return Axis(
            name=self.name,
            input=self.output,
            kernel_size=self.kernel_size,
            stride=self.stride,
            dilation=self.dilation,
            padding_before=self.padding_before,
            padding_after=self.padding_after,
        )

    def targets(self, source: int) -> tuple[Source, ...]:
        """The output line under each kernel line for one input line; None where padding took it.

        Raises:
            MechanicsError: the input has no such line.
        """
        if not 0 <= source < self.input:
            line = "row" if self.name == "height" else "column"
            raise MechanicsError(
                f"There is no {line} {source}: the input has {self.input} {line}s, counted from 0.",
                line,
            )
        return self.forward.sources(source)

    def all_targets(self) -> list[tuple[Source, ...]]:
        """The output line under each kernel line for each input line, by kernel line."""
        # An output_padding of a whole stride leaves room for a position that no input has.
        return [lines[: self.input] for lines in self.forward.all_sources()]

    def writers(self, output: int) -> tuple[tuple[int, int], ...]:
        """Every (input line, kernel line) that writes to an output line.

        Raises:
            MechanicsError: the output has no such line.
        """
        if not 0 <= output < self.output:
            line = "row" if self.name == "height" else "column"
            raise MechanicsError(
                f"There is no {line} {output}: the output has {self.output} {line}s, "
                "counted from 0.",
                line,
            )
        return tuple(pair for pair in self.forward.readers(output) if pair[0] < self.input)


@dataclass(frozen=True, slots=True)
class TransposedStep:
    """How the size of one axis comes about, with every intermediate.

    Units: lines (rows of a height, columns of a width). `full_output` is the size before padding
    takes lines away; `unread` are the input lines of which nothing remains in the output,
    `unwritten` the output lines that nothing is written to, so that they hold the bias alone.
    """

    input: int
    padding_before: int
    padding_after: int
    kernel_size: int
    dilation: int
    effective_kernel_size: int
    stride: int
    output_padding: int
    full_output: int
    output: int
    unread: tuple[int, ...]
    unwritten: tuple[int, ...]
    latex: str

    def as_dict(self) -> dict[str, Any]:
        """The step as plain values for JSON."""
        lists = {"unread": list(self.unread), "unwritten": list(self.unwritten)}
        return {**asdict(self), **lists}


def transposed_step(axis: TransposedAxis) -> TransposedStep:
    r"""The output size along one axis, with every number that leads to it.

    Example:
        >>> step = transposed_step(TransposedAxis("width", input=4, kernel_size=3, stride=2))
        >>> step.output, step.unread
        (9, ())
        >>> print(step.latex)
        (4 - 1) \cdot 2 + 3 = 9
    """
    written = axis.all_targets()
    reached = {line for lines in written for line in lines if line is not None}
    lost = [all(line is None for line in column) for column in zip(*written, strict=True)]
    before, after = axis.padding_before, axis.padding_after
    cut = padding_latex(before, after, " - ")
    extra = f" + {axis.output_padding}" if axis.output_padding else ""
    kernel = kernel_latex(axis.kernel_size, axis.dilation)
    return TransposedStep(
        input=axis.input,
        padding_before=before,
        padding_after=after,
        kernel_size=axis.kernel_size,
        dilation=axis.dilation,
        effective_kernel_size=axis.effective_kernel_size,
        stride=axis.stride,
        output_padding=axis.output_padding,
        full_output=axis.full_output,
        output=axis.output,
        unread=tuple(line for line, gone in enumerate(lost) if gone),
        unwritten=tuple(line for line in range(axis.output) if line not in reached),
        latex=rf"({axis.input} - 1) \cdot {axis.stride} + {kernel}{cut}{extra} = {axis.output}",
    )
