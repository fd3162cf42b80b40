"""The output-size formula with every number in it."""

from dataclasses import dataclass
from fractions import Fraction

from app.mechanics.axis_map import Step
from app.mechanics.window import Axis


@dataclass(frozen=True, slots=True)
class SizeStep(Step):
    """How the size of one axis comes about: ⌊numerator / stride⌋ + 1, with every intermediate.

    Units: lines (rows of a height, columns of a width). `remainder` is what the division leaves;
    `overhang` is how far ceil_mode's last window reaches beyond the padded input; `unread` are the
    input lines that no window reads; `latex` is the formula with the numbers in it.
    """

    input: int
    padding_before: int
    padding_after: int
    kernel_size: int
    dilation: int
    effective_kernel_size: int
    stride: int
    ceil_mode: bool
    numerator: int
    quotient: float
    output: int
    remainder: int
    overhang: int
    unread: tuple[int, ...]
    latex: str


def size_step(axis: Axis) -> SizeStep:
    r"""The output size along one axis, with every number that leads to it.

    Raises:
        MechanicsError: no window fits.

    Example:
        >>> step = size_step(Axis("width", input=8, kernel_size=3, stride=2))
        >>> step.output, step.quotient, step.remainder, step.unread
        (3, 2.5, 1, (7,))
        >>> print(step.latex)
        \left\lfloor \frac{8 - 3}{2} \right\rfloor + 1 = \lfloor 2.5 \rfloor + 1 = 3
    """
    output, numerator, stride = axis.output, axis.numerator, axis.stride
    return SizeStep(
        input=axis.input,
        padding_before=axis.padding_before,
        padding_after=axis.padding_after,
        kernel_size=axis.kernel_size,
        dilation=axis.dilation,
        effective_kernel_size=axis.effective_kernel_size,
        stride=stride,
        ceil_mode=axis.ceil_mode,
        numerator=numerator,
        quotient=numerator / stride,
        output=output,
        remainder=numerator % stride,
        overhang=max(0, (output - 1) * stride - numerator),
        unread=axis.unread(),
        latex=_latex(axis, numerator, output),
    )


def _latex(axis: Axis, numerator: int, output: int) -> str:
    """The formula with its numbers, and the steps to the result."""
    side = "ceil" if axis.ceil_mode else "floor"
    padding = padding_latex(axis.padding_before, axis.padding_after)
    above = f"{axis.input}{padding} - {kernel_latex(axis.kernel_size, axis.dilation)}"
    whole, rest = divmod(numerator, axis.stride)
    rounded = (
        rf"\l{side} {_quotient(Fraction(numerator, axis.stride))} \r{side}" if rest else str(whole)
    )
    dropped = " - 1" if output < axis.full_output else ""
    return (
        rf"\left\l{side} \frac{{{above}}}{{{axis.stride}}} \right\r{side} + 1{dropped}"
        f" = {rounded} + 1{dropped} = {output}"
    )


def padding_latex(before: int, after: int, sign: str = " + ") -> str:
    """The padding as a summand: twice one number where both sides are equal."""
    if before != after:
        return f"{sign}{before}{sign}{after}"
    return rf"{sign}2 \cdot {before}" if before else ""


def kernel_latex(kernel_size: int, dilation: int) -> str:
    """The effective kernel size, with its dilation where there is one."""
    if dilation == 1:
        return str(kernel_size)
    return rf"({dilation} \cdot ({kernel_size} - 1) + 1)"


def _quotient(value: Fraction) -> str:
    """A broken number, never rounded: a short decimal where it is exact, else a mixed fraction."""
    if (value * 1000).denominator == 1:
        return f"{float(value):.3f}".rstrip("0")
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    return rf"{sign}{whole or ''}\tfrac{{{rest}}}{{{value.denominator}}}"
