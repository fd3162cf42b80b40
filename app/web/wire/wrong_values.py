"""What is wrong with a query or a body, value by value, in one style of sentence.

Pydantic knows where and what; these are its findings as places, in words that name the value's
bounds and of what was sent no more than a number.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

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
    location, inner = _walk(model, entry["loc"])
    if entry["type"] == "extra_forbidden":
        known = ", ".join(field.alias or name for name, field in inner.model_fields.items())
        if in_query:
            return Place("?", f"There is a query parameter that is none of {known}.")
        pointer = "/".join(["#", *location[:-1]])
        return Place(pointer, f"The object has a member that is none of {known}.")
    pointer = f"?{location[0]}" if in_query else "/".join(["#", *location])
    named = [part for part in location if not part.isdigit()]
    return Place(pointer, sentence_of(".".join(named), entry))


def _walk(model: type[BaseModel], loc: Sequence[int | str]) -> tuple[list[str], type[BaseModel]]:
    """Where in the body an error is, and the model of the innermost object on the way there.

    Where several objects may stand, Pydantic says which of them it means; the body does not.
    """
    location: list[str] = []
    choice: list[type[BaseModel]] = []
    for part in loc:
        if isinstance(part, str) and not part.isidentifier():
            continue
        if (chosen := next((each for each in choice if each.__name__ == part), None)) is not None:
            model, choice = chosen, []
            continue
        location.append(str(part))
        field = model.model_fields.get(str(part))
        choice = _objects(field.annotation) if field else []
        if len(choice) == 1:
            model, choice = choice[0], []
    return location, model


def _objects(annotation: Any) -> list[type[BaseModel]]:
    """The models among what a value may be."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [each for part in get_args(annotation) for each in _objects(part)]


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


def _too_short(entry: Entry) -> str:
    """How long a list has to be."""
    fewest = entry["ctx"]["min_length"]
    return f"it is a list of at least {'one value' if fewest == 1 else f'{fewest:,} values'}"


def _own(entry: Entry) -> str:
    """What a type of ours says."""
    return str(entry["msg"]).removeprefix("Value error, ").removesuffix(".")


_SENTENCES: Mapping[str, Callable[[Entry], str]] = {
    "literal_error": _choices,
    "too_short": _too_short,
    "value_error": _own,
}


def _bound(entry: Entry) -> tuple[int, float] | None:
    """The number that is out of its bounds and the bound, where both can be told."""
    key, _ = _BOUNDS.get(entry["type"], ("", ""))
    if not key or _NUMBER.fullmatch(str(entry["input"])) is None:
        return None
    return int(str(entry["input"])), entry["ctx"][key]


def _plain(number: float) -> str:
    """A number as sentences have it."""
    whole = int(number) if number == int(number) else number
    return f"{whole:,}".replace("-", "−")
