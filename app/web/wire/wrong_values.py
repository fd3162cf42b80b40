"""What is wrong with a query or a body, value by value, in one style of sentence.

Pydantic knows where and what; these are its findings as places, in words that name the value's
bounds and of what was sent no more than a number.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.web.wire.problems import Place, Problem, places_problem

Entry = ErrorDetails | Mapping[str, Any]

TOO_LARGE = "it is too large"
# JSON's whole numbers beyond 64 bits arrive as floats.
_INTEGERS_END = 2.0**63
# A number of so many digits is repeated; what is longer, or no number, is input and is not.
_NUMBER = re.compile(r"-?\d{1,15}")
_BOUNDS = {
    "greater_than_equal": ("ge", "it has to be at least"),
    "greater_than": ("gt", "it has to be more than"),
    "less_than_equal": ("le", "it may be at most"),
    "less_than": ("lt", "it has to be less than"),
}
_WHOLE, _TRUTH, _NUMBERS, _TEXT = (
    f"it is {what}" for what in ("a whole number", "true or false", "a number", "a text")
)
# Pydantic's name of an error → what the value should be.
_EXPECTED = {
    "missing": "it is needed",
    "too_short": "it is a list of at least one value",
    "list_type": "it is a list",
    "model_type": "it is an object",
    "string_type": _TEXT,
    **dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _NUMBERS),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _WHOLE),
    **dict.fromkeys(("int_parsing_size",), TOO_LARGE),
}


def wrong_values(
    error: ValidationError, model: type[BaseModel], *, in_query: bool = False
) -> Problem:
    """The 422 of everything that is wrong; one number out of its bounds is told with its bound.

    Args:
        model: what the values should have been.
        in_query: whether they are parameters (``?name``) and not members of a body (``#/name``).
    """
    entries = error.errors(include_url=False)
    what = "The query" if in_query else "The body"
    problem = places_problem([_place(entry, model, in_query=in_query) for entry in entries], what)
    if len(entries) == 1 and (bound := _bound(entries[0])) is not None:
        problem.requested, problem.limit = bound
    return problem


def is_beyond_integers(value: object) -> bool:
    """Whether a number, or one in a list or an object, is a whole one beyond 64 bits."""
    if isinstance(value, list | dict):
        return any(map(is_beyond_integers, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and abs(value) >= _INTEGERS_END


def _place(entry: Entry, model: type[BaseModel], *, in_query: bool) -> Place:
    """One wrong value, as a place; an unknown one is not named, since its name is input."""
    location = [str(part) for part in entry["loc"] if isinstance(part, int) or part.isidentifier()]
    if entry["type"] == "extra_forbidden":
        known = ", ".join(_names(model, location[:-1]))
        if in_query:
            return Place("?", f"There is a query parameter that is none of {known}.")
        pointer = "/".join(["#", *location[:-1]])
        return Place(pointer, f"The object has a member that is none of {known}.")
    pointer = f"?{location[0]}" if in_query else "/".join(["#", *location])
    return Place(pointer, sentence_of(location[0], entry))


def _names(model: type[BaseModel], inside: Sequence[str]) -> Iterator[str]:
    """What the members of a model are called, or those of the object that one of them is."""
    for name in inside:
        inner = model.model_fields[name].annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    yield from (field.alias or name for name, field in model.model_fields.items())


def sentence_of(name: str, entry: Entry) -> str:
    """What one value should be.

    Example:
        >>> sentence_of("row", {"type": "less_than_equal", "input": "99", "ctx": {"le": 10}})
        'row is 99; it may be at most 10.'
        >>> sentence_of("top", {"type": "int_parsing", "input": "many", "ctx": {}})
        'top: it is a whole number.'
        >>> entry = {"type": "string_too_long", "input": "x" * 8, "ctx": {"max_length": 5}}
        >>> sentence_of("layer", entry)
        'layer has 8 characters; it may have at most 5.'
    """
    kind, bound = entry["type"], _bound(entry)
    if bound is not None:
        requested, limit = bound
        return f"{name} is {_plain(requested)}; {_BOUNDS[kind][1]} {_plain(limit)}."
    if kind == "string_too_long":
        limit = entry["ctx"]["max_length"]
        return f"{name} has {len(entry['input']):,} characters; it may have at most {limit:,}."
    if kind in ("int_type", *_BOUNDS) and is_beyond_integers(entry["input"]):
        return f"{name}: {TOO_LARGE}."
    return f"{name}: {_SENTENCES.get(kind, _expected)(entry)}."


def _expected(entry: Entry) -> str:
    """What a value of its type is."""
    return _EXPECTED.get(entry["type"], _out_of_bounds(entry))


def _out_of_bounds(entry: Entry) -> str:
    """The bound that a value breaks which is too long to be repeated; else that it is wrong."""
    key, words = _BOUNDS.get(entry["type"], ("", "it cannot be read"))
    return f"{words} {_plain(entry['ctx'][key])}" if key else words


def _choices(entry: Entry) -> str:
    """The words that a value may be."""
    return f"it is one of {entry['ctx']['expected'].replace(' or ', ', ')}"


def _own(entry: Entry) -> str:
    """What a type of ours says."""
    return str(entry["msg"]).removeprefix("Value error, ").removesuffix(".")


_SENTENCES: Mapping[str, Callable[[Entry], str]] = {"literal_error": _choices, "value_error": _own}


def _bound(entry: Entry) -> tuple[int, float] | None:
    """The number that is out of its bounds and the bound, where both can be told."""
    key, _ = _BOUNDS.get(entry["type"], ("", ""))
    if not key or _NUMBER.fullmatch(str(entry["input"])) is None:
        return None
    return int(str(entry["input"])), entry["ctx"][key]


def _plain(number: float) -> str:
    """A number as sentences have it."""
    return f"{number:,}".replace("-", "−")
