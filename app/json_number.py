"""A number as JSON can hold it, which knows no NaN and no infinity.

Apart, since answers and the log of a training run both have such numbers, and know nothing of each
other.
"""

from math import isfinite, isnan
from typing import Any


def number(value: float) -> float | str:
    """A number as JSON can hold it: one that is not finite is its name as a string.

    Example:
        >>> number(1.5), number(float("nan")), number(float("-inf"))
        (1.5, 'NaN', '-Infinity')
    """
    if isfinite(value):
        return value
    return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"


def plain(value: Any) -> Any:
    """A value as JSON can hold it: a float as `number`, also among named ones; others as they are.

    Example:
        >>> plain({"conv1": float("inf")}), plain("as it is")
        ({'conv1': 'Infinity'}, 'as it is')
    """
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return number(value) if isinstance(value, float) else value
