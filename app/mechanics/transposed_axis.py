"""One axis of a transposed convolution: the index map of a convolution, read from its other end."""

from dataclasses import dataclass

from app.mechanics.axis_map import AxisMap, Source, Step, effective_kernel_size
from app.mechanics.errors import MechanicsError
from app.mechanics.size import kernel_latex, padding_latex
from app.mechanics.window import Axis


@dataclass(frozen=True, slots=True)
class TransposedAxis(AxisMap):
    """How the rows (height) or the columns (width) of a map are spread over a larger one.

    Where a convolution's window *reads* lines, here each input line *writes* the whole kernel onto
    the lines that the window would cover: `forward` is that convolution's axis, whose input is the
    output here.

    Raises:
        MechanicsError: an empty input, or padding that takes the whole output away.

    Example:
        >>> axis = TransposedAxis("height", input=2, kernel_size=3, stride=2, padding_before=1)
        >>> axis.output, axis.targets(0), axis.writers(1)
        (4, (None, 0, 1), ((0, 2), (1, 0)))
    """

    kernel_size: int
    stride: int = 1
    dilation: int = 1
    padding_before: int = 0
    padding_after: int = 0
    output_padding: int = 0

    def __post_init__(self) -> None:
        AxisMap.__post_init__(self)
        if self.output < 1:
            raise MechanicsError(
                f"Nothing is left of the output: {self.input} {self.lines} spread over "
                f"{self.full_output}, and a padding of {self.padding_before} + "
                f"{self.padding_after} takes {self.full_output - self.output} away. Use "
                f"{1 - self.output} less of padding in all.",
                "padding",
            )

    @property
    def effective_kernel_size(self) -> int:
        """How many lines the kernel spans, the gaps of its dilation included."""
        return effective_kernel_size(self.kernel_size, self.dilation)

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
        self.check_input(source)
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
        self.check_output(output)
        return tuple(pair for pair in self.forward.readers(output) if pair[0] < self.input)

    def sources(self, output: int) -> tuple[Source, ...]:
        """The input lines that write to one output line."""
        return tuple(line for line, _ in self.writers(output))

    def readers(self, source: int) -> tuple[tuple[int, int], ...]:
        """Every (output line, kernel line) that one input line writes to."""
        targets = enumerate(self.targets(source))
        return tuple((line, kernel) for kernel, line in targets if line is not None)

    def unread(self) -> tuple[int, ...]:
        """The input lines of which padding leaves nothing in the output."""
        return tuple(line for line in range(self.input) if not self.readers(line))


@dataclass(frozen=True, slots=True)
class TransposedStep(Step):
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


def transposed_step(axis: TransposedAxis) -> TransposedStep:
    r"""The output size along one axis, with every number that leads to it.

    Example:
        >>> step = transposed_step(TransposedAxis("width", input=4, kernel_size=3, stride=2))
        >>> step.output, step.unread
        (9, ())
        >>> print(step.latex)
        (4 - 1) \cdot 2 + 3 = 9
    """
    reached = {line for lines in axis.all_targets() for line in lines if line is not None}
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
        unread=axis.unread(),
        unwritten=tuple(line for line in range(axis.output) if line not in reached),
        latex=rf"({axis.input} - 1) \cdot {axis.stride} + {kernel}{cut}{extra} = {axis.output}",
    )
