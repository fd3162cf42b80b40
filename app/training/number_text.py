"""A number in a sentence, as the pages write it."""

from __future__ import annotations

import math

from app.json_number import number

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
NOT_FINITE = {"NaN": "not a number", "Infinity": "infinite", "-Infinity": "minus infinity"}


def number_text(value: float, digits: int = 3) -> str:
    """A number with at most so many digits that count, and in words where it is none.

    Example:
        >>> number_text(2.3026), number_text(1234.5), number_text(1.134e17), number_text(1e-5)
        ('2.3', '1,234', '1.13 · 10¹⁷', '10⁻⁵')
        >>> number_text(float("nan")), number_text(float("inf")), number_text(float("-inf"))
        ('not a number', 'infinite', 'minus infinity')
    """
    if not math.isfinite(value):
        return NOT_FINITE[str(number(value))]
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if -5 < power < 7:
        text = _short(f"{value:,.{max(0, digits - 1 - power)}f}")
    else:
        times = "" if (factor := _short(mantissa)) == "1" else f"{factor} · "
        text = f"{times}10{str(power).translate(SUPERSCRIPTS)}"
    return text.replace("-", "−")


def _short(text: str) -> str:
    """Without the zeros at the end of a fraction."""
    return text.rstrip("0").rstrip(".") if "." in text else text
