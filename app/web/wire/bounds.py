"""What is said of a number outside of its bounds: its name, the number and the bound."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

# A number of so many digits is repeated; what is longer, or no number, is input and is not.
_NUMBER = re.compile(r"-?\d{1,15}")
_BOUNDS = {
    "greater_than_equal": ("ge", "it has to be at least"),
    "greater_than": ("gt", "it has to be more than"),
    "less_than_equal": ("le", "it may be at most"),
    "less_than": ("lt", "it has to be less than"),
}


@dataclass(frozen=True, slots=True)
class OutOfBounds:
    """A number, the bound that it breaks, and the sentence about both."""

    requested: int
    limit: float
    sentence: str


def out_of_bounds(name: str, entry: ErrorDetails | Mapping[str, Any]) -> OutOfBounds | None:
    """A failed bound, or nothing where something else is wrong.

    Example:
        >>> entry = {"type": "less_than_equal", "input": "99", "ctx": {"le": 10}}
        >>> out_of_bounds("row", entry).sentence
        'row is 99; it may be at most 10.'
    """
    key, words = _BOUNDS.get(entry["type"], ("", ""))
    given = str(entry["input"])
    if not key or _NUMBER.fullmatch(given) is None:
        return None
    limit, requested = entry["ctx"][key], int(given)
    sentence = f"{name} is {_plain(requested)}; {words} {_plain(limit)}."
    return OutOfBounds(requested, limit, sentence)


def _plain(number: float) -> str:
    """A number as sentences have it."""
    return f"{number:,}".replace("-", "−")


def too_long(name: str, entry: ErrorDetails | Mapping[str, Any]) -> str | None:
    """The sentence about a text with too many characters, or nothing.

    Example:
        >>> entry = {"type": "string_too_long", "input": "x" * 8, "ctx": {"max_length": 5}}
        >>> too_long("layer", entry)
        'layer has 8 characters; it may have at most 5.'
    """
    if entry["type"] != "string_too_long":
        return None
    limit = entry["ctx"]["max_length"]
    return f"{name} has {len(entry['input']):,} characters; it may have at most {limit:,}."
