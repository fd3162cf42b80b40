"""What the settings of an operation may be in a body: pairs, paddings, positions."""

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from app.web.wire.wrong_values import TOO_LARGE, is_beyond_integers

SIDES = ("top", "bottom", "left", "right")
INTEGER: dict[str, Any] = {"type": "integer"}
PAIR: dict[str, Any] = {"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2}
PAIR_SCHEMA: dict[str, Any] = {"anyOf": [INTEGER, PAIR]}
PADDING_SCHEMA: dict[str, Any] = {
    "anyOf": [
        INTEGER,
        PAIR,
        {"enum": ["valid", "same"]},
        {
            "type": "object",
            "properties": dict.fromkeys(SIDES, INTEGER),
            "additionalProperties": False,
        },
    ]
}


def _wrong(value: object, sentence: str) -> ValueError:
    """What to say of a value that is none of its kind."""
    return ValueError(TOO_LARGE if is_beyond_integers(value) else sentence)


def _is_pair(value: object, *, may_be_null: bool = False) -> bool:
    """Whether a value is a whole number or two of them; true is no number."""
    kinds = (int, type(None)) if may_be_null else (int,)
    if isinstance(value, list):
        return len(value) == 2 and all(type(each) in kinds for each in value)
    return type(value) is int


def _are_whole(sides: Any) -> bool:
    """Whether the values of an object are whole numbers."""
    return all(type(side) is int for side in sides.values())


def _pair(value: object) -> object:
    """A whole number for both axes, or [height, width]."""
    if _is_pair(value):
        return value
    raise _wrong(value, "it is a whole number or a pair of them, [height, width]")


def _partial_pair(value: object) -> object:
    """A pair in which null keeps the input's own size."""
    if _is_pair(value, may_be_null=True):
        return value
    raise _wrong(value, "it is a whole number or a pair [height, width], null for the input's own")


def _padding(value: object) -> object:
    """Any of the forms of a padding."""
    if _is_pair(value) or (isinstance(value, str) and value in ("valid", "same")):
        return value
    has_sides = isinstance(value, dict) and value.keys() <= set(SIDES)
    if has_sides and _are_whole(value):
        return value
    raise _wrong(
        value,
        "it is a whole number, a pair [height, width], 'valid', 'same', or an object of whole "
        f"numbers under {', '.join(SIDES)}",
    )


Pair = Annotated[Any, BeforeValidator(_pair), WithJsonSchema(PAIR_SCHEMA)]
PartialPair = Annotated[
    Any,
    BeforeValidator(_partial_pair),
    WithJsonSchema({"anyOf": [INTEGER, {**PAIR, "items": {"type": ["integer", "null"]}}]}),
]
Padding = Annotated[Any, BeforeValidator(_padding), WithJsonSchema(PADDING_SCHEMA)]


def _nested(depth: int) -> dict[str, Any]:
    """The schema of arrays in arrays, with numbers in the innermost."""
    schema: dict[str, Any] = {"type": "number"}
    for _ in range(depth):
        schema = {"type": "array", "items": schema, "minItems": 1}
    return schema


NAMED_KERNEL: dict[str, Any] = {
    "type": "object",
    "required": ["kernel"],
    "properties": {"kernel": {"type": "string"}},
    "additionalProperties": False,
}
# Read apart, by who knows what is in them: see app.web.wire.nested_numbers.
Matrices = Annotated[Any, WithJsonSchema({"anyOf": [_nested(depth) for depth in (2, 3, 4)]})]
Kernels = Annotated[Any, WithJsonSchema({"anyOf": [_nested(2), _nested(4), NAMED_KERNEL]})]
Numbers = Annotated[Any, WithJsonSchema({"anyOf": [_nested(1), {"type": "null"}]})]
