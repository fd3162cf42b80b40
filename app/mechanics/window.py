"""The index map of a moving window: which input lines an output line reads, and the way back."""

from dataclasses import dataclass
from typing import Literal

from app.mechanics.axis_map import AxisMap, Source, effective_kernel_size
from app.mechanics.errors import MechanicsError

PaddingMode = Literal["zeros", "reflect", "replicate", "circular"]


@dataclass(frozen=True, slots=True)
class Axis(AxisMap):
    """How a window moves along the rows (height) or the columns (width) of a map.

    Raises:
        MechanicsError: an empty input; reflect padding not below the input size; circular padding
            above it.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html; the limits of the
        padding modes are those of torch.nn.functional.pad.

    Example:
        >>> axis = Axis("height", input=5, kernel_size=3, padding_before=1, padding_after=1)
        >>> axis.output, axis.sources(0), axis.readers(0)
        (5, (None, 0, 1), ((0, 1), (1, 0)))
    """

    kernel_size: int
    stride: int = 1
    dilation: int = 1
    padding_before: int = 0
    padding_after: int = 0
    padding_mode: PaddingMode = "zeros"
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        AxisMap.__post_init__(self)
        if self.padding_mode == "zeros":
            return
        largest = max(self.padding_before, self.padding_after)
        if self.padding_mode == "reflect" and largest >= self.input:
            raise MechanicsError(
                f"Reflect padding of {largest} does not fit an input of {self.input} {self.lines}: "
                f"a mirror without its edge has only {self.input - 1} to give. "
                f"Use a padding of at most {self.input - 1}, or another padding_mode.",
                "padding",
            )
        if self.padding_mode == "circular" and largest > self.input:
            raise MechanicsError(
                f"Circular padding of {largest} does not fit an input of {self.input} "
                f"{self.lines}: it would wrap around more than once. "
                f"Use a padding of at most {self.input}, or another padding_mode.",
                "padding",
            )

    @property
    def padded(self) -> int:
        """The input size with its padding on both sides."""
        return self.padding_before + self.input + self.padding_after

    @property
    def largest_window(self) -> int:
        """How many lines a window has at most."""
        return self.kernel_size

    @property
    def effective_kernel_size(self) -> int:
        """How many lines the kernel spans, the gaps of its dilation included."""
        return effective_kernel_size(self.kernel_size, self.dilation)

    @property
    def numerator(self) -> int:
        """How far the window can move: padded input minus effective kernel, maybe negative."""
        return self.padded - self.effective_kernel_size

    @property
    def full_output(self) -> int:
        """The rounded quotient plus one, before ceil_mode's last rule."""
        steps = self.numerator // self.stride
        if self.ceil_mode:
            steps = -(-self.numerator // self.stride)
        return steps + 1

    @property
    def output(self) -> int:
        """The number of window positions: ⌊numerator / stride⌋ + 1.

        With ceil_mode the quotient is rounded up, and a last window that would start in the padding
        after the input is dropped.

        Raises:
            MechanicsError: there is no such position.

        Source: `pooling_output_shape` in PyTorch's ATen/native/Pool.h.
        """
        output = self.full_output
        if output < 1:
            raise MechanicsError(self._does_not_fit(), "kernel_size")
        starts_in_padding_after = (
            self.ceil_mode and (output - 1) * self.stride >= self.input + self.padding_before
        )
        return output - 1 if starts_in_padding_after else output

    def _does_not_fit(self) -> str:
        """The sentence for a kernel larger than what it moves over."""
        dilated = f" with dilation {self.dilation}" if self.dilation > 1 else ""
        return (
            f"The kernel does not fit: kernel {self.name} {self.kernel_size}{dilated} spans "
            f"{self.effective_kernel_size} {self.lines}, but the input has {self.padded} "
            f"({self.input} and padding {self.padding_before} + {self.padding_after}). Use a "
            f"smaller kernel or dilation, or {-self.numerator} more of padding in all."
        )

    def source_at(self, position: int) -> Source:
        """The input line that stands at a position of the padded input.

        Args:
            position: counted from the input's first line; negative in the padding before it.
        """
        last = self.input - 1
        if 0 <= position <= last:
            return position
        if not -self.padding_before <= position <= last + self.padding_after:
            return None  # ceil_mode's last window may reach beyond the padding
        match self.padding_mode:
            case "zeros":
                return None
            case "reflect":
                return -position if position < 0 else 2 * last - position
            case "replicate":
                return 0 if position < 0 else last
        return position % self.input

    def positions(self, output: int) -> range:
        """Where each kernel line lies for one output line, counted from the input's first line.

        Raises:
            MechanicsError: the output has no such line.
        """
        self.check_output(output)
        start = output * self.stride - self.padding_before
        return range(start, start + self.effective_kernel_size, self.dilation)

    def sources(self, output: int) -> tuple[Source, ...]:
        """The input line under each kernel line for one output line."""
        return tuple(self.source_at(position) for position in self.positions(output))

    def sources_under(self, kernel: int) -> tuple[Source, ...]:
        """The input line under one kernel line for each output line: the map read the other way."""
        start = kernel * self.dilation - self.padding_before
        return tuple(self.source_at(start + output * self.stride) for output in range(self.output))

    def all_sources(self) -> list[tuple[Source, ...]]:
        """The input line under each kernel line for each output line, by kernel line."""
        return [self.sources_under(kernel) for kernel in range(self.kernel_size)]

    def readers(self, source: int) -> tuple[tuple[int, int], ...]:
        """Every (output line, kernel line) that reads an input line, also through padding.

        Args:
            source: the input line, counted from 0.
        """
        found = []
        for position in range(-self.padding_before, self.input + self.padding_after):
            if self.source_at(position) != source:
                continue
            for kernel in range(self.kernel_size):
                start = position + self.padding_before - kernel * self.dilation
                output, off_grid = divmod(start, self.stride)
                if not off_grid and 0 <= output < self.output:
                    found.append((output, kernel))
        return tuple(sorted(found))

    def counted(self, output: int, include_padding: bool) -> int:
        """How many lines of one window count for a mean: the input's, and perhaps the padding's.

        What ceil_mode's last window sees beyond the padding never counts.
        """
        start = -self.padding_before if include_padding else 0
        end = self.input + (self.padding_after if include_padding else 0)
        return sum(start <= position < end for position in self.positions(output))

    def unread(self) -> tuple[int, ...]:
        """The input lines that no window reads: cut off by the floor, or jumped over."""
        read = bytearray(self.padded)
        end = (self.output - 1) * self.stride + 1
        for first in range(0, self.effective_kernel_size, self.dilation):
            if first >= self.padded:
                break
            marked = range(first, min(first + end, self.padded), self.stride)
            read[marked.start : marked.stop : marked.step] = b"\1" * len(marked)
        if 0 not in read[self.padding_before : self.padding_before + self.input]:
            return ()
        borrowed = {
            self.source_at(index - self.padding_before) for index, seen in enumerate(read) if seen
        }
        return tuple(line for line in range(self.input) if line not in borrowed)


Axes = tuple[Axis, Axis]
"""The height and the width of one operation, in this order."""
