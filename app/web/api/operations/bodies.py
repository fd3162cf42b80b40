"""The bodies of the operations: their members, and what each is when it is left out."""

from typing import Any, Literal, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from app.imaging.npy import read_npy
from app.mechanics.pool_kinds import POOL_KINDS, PoolKind
from app.settings import Settings
from app.web.api.operations.setting_types import (
    TOO_LARGE,
    Kernels,
    Matrices,
    Numbers,
    Padding,
    Pair,
    PartialPair,
    is_beyond_integers,
)
from app.web.wire import strict_json
from app.web.wire.negotiation import JSON, NPY
from app.web.wire.picture_body import Body, limits_of, refusals_as_problems
from app.web.wire.problems import Place, Problem, places_problem

PaddingMode = Literal["zeros", "reflect", "replicate", "circular"]
SweepOperation = Literal["conv2d", "conv_transpose2d", "max_pool2d", "average_pool2d", "lp_pool2d"]
Index = Field(0, ge=0, le=1_000_000_000)
MAX_DIVISOR = 1_000_000_000


class Members(BaseModel):
    """An object with these members and no other, none of them converted from another type."""

    # Built when first used: the start of the server need not wait for it.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class OperationBody(Members):
    """What every operation takes."""

    input: Matrices
    dtype: Literal["float32", "float64"] = "float32"


class ConvolutionBody(OperationBody):
    """The operands and settings that both convolutions have."""

    weight: Kernels
    bias: Numbers = None
    stride: Pair = 1
    padding: Padding = 0
    padding_mode: PaddingMode = "zeros"
    dilation: Pair = 1
    groups: int = Field(1, ge=1)
    flip_kernel: bool = False


class Conv2dBody(ConvolutionBody):
    """A convolution."""


class ConvTranspose2dBody(ConvolutionBody):
    """A transposed convolution."""

    output_padding: Pair = 0


class ValuePosition(Members):
    """Where a value is, counted from 0."""

    channel: int = Index
    row: int = Index
    column: int = Index


class Conv2dTraceBody(Conv2dBody):
    """A convolution and one place of its output."""

    position: ValuePosition = ValuePosition()
    sample: int = Index


class ConvTranspose2dTraceBody(ConvTranspose2dBody):
    """A transposed convolution and one place: of its output, or for ``scatter`` of its input."""

    position: ValuePosition = ValuePosition()
    sample: int = Index
    view: Literal["gather", "scatter"] = "gather"


class Conv2dGradientsBody(Conv2dBody):
    """A convolution and how much each output value matters; without it, each 1."""

    output_gradient: Matrices = None


class Pool2dBody(OperationBody):
    """A pooling of any kind."""

    kind: PoolKind = "max"
    kernel_size: Pair | None = None
    stride: Pair | None = None
    padding: Padding = 0
    dilation: Pair = 1
    ceil_mode: bool = False
    count_include_pad: bool = True
    divisor_override: int | None = Field(None, ge=-MAX_DIVISOR, le=MAX_DIVISOR)
    norm_type: float = 2.0
    output_size: PartialPair | None = None


POOL_SETTINGS = tuple(dict.fromkeys(name for kind in POOL_KINDS.values() for name in kind.defaults))


def check_pool_settings(body: Pool2dBody) -> None:
    """Nothing, where every setting given is one of the kind's; null stands for one not given.

    Raises: Problem 422 with a place for each other one.
    """
    own = POOL_KINDS[body.kind].defaults
    has = f"it has {', '.join(own)}" if own else "it has no settings"
    places = [
        Place(f"#/{name}", f"A pooling of kind {body.kind} has no {name}; {has}.")
        for name in POOL_SETTINGS
        if name not in own and name in body.model_fields_set and getattr(body, name) is not None
    ]
    if places:
        raise places_problem(places, "The body")


class Pool2dTraceBody(Pool2dBody):
    """A pooling and one place of its output."""

    position: ValuePosition = ValuePosition()
    sample: int = Index


class SweepBody(Members):
    """The values that each setting goes through."""

    operation: SweepOperation
    input: Matrices = None
    input_size: Pair | None = None
    weight: Kernels = None
    bias: Numbers = None
    kernel_size: list[Pair] | None = Field(None, min_length=1)
    stride: list[Pair | None] | None = Field(None, min_length=1)
    padding: list[Padding] = Field([0], min_length=1)
    dilation: list[Pair] = Field([1], min_length=1)
    ceil_mode: list[bool] = Field([False], min_length=1)
    groups: int = Field(1, ge=1)
    padding_mode: PaddingMode = "zeros"
    include_outputs: bool = False
    dtype: Literal["float32", "float64"] = "float32"


B = TypeVar("B", bound=Members)


def read_operation(body: Body, query: dict[str, str], model: type[B], settings: Settings) -> B:
    """The operation that a request asks for: all of it in JSON, or the input in ``.npy``.

    Args:
        query: what comes beside an ``.npy``, each value as JSON would have it or a plain word.

    Raises: Problem, 400, 413, 415 or 422, whose sentence says what to change.
    """
    if body.media_type == NPY:
        members = _from_query(query)
        with refusals_as_problems():
            members["input"] = read_npy(body.content, limits_of(settings))
    elif body.media_type == JSON:
        value = strict_json.parse(body.content, settings.max_json_depth)
        if not isinstance(value, dict):
            raise places_problem([Place("#", "The body is an object.")], "The body")
        members = value
    else:
        sentence = f"The content type of the body has to be {JSON} or {NPY}."
        raise Problem(415, sentence, headers={"accept": f"{JSON}, {NPY}"})
    return _validated(members, model)


def _from_query(query: dict[str, str]) -> dict[str, Any]:
    """The members of a body that stand in the address; ``kernel`` names the weight."""
    members: dict[str, Any] = {}
    for name, text in query.items():
        try:
            members[name] = orjson.loads(text)
        except orjson.JSONDecodeError:
            members[name] = text
    if "kernel" in members:
        members["weight"] = {"kernel": members.pop("kernel")}
    return members


def _validated(members: dict[str, Any], model: type[B]) -> B:
    """The members as the body's type, or every place where they are not."""
    try:
        return model.model_validate(members)
    except ValidationError as error:
        places = [_place(entry, model) for entry in error.errors(include_url=False)]
        raise places_problem(places, "The body") from None


def _place(entry: ErrorDetails, model: type[Members]) -> Place:
    """One wrong member, as a place; an unknown one is not named, since its name is input."""
    location = [str(part) for part in entry["loc"] if isinstance(part, int) or part.isidentifier()]
    if entry["type"] == "extra_forbidden":
        known = ValuePosition if len(location) > 1 else model
        pointer = "/".join(["#", *location[:-1]])
        names = ", ".join(known.model_fields)
        return Place(pointer, f"The object has a member that is none of {names}.")
    sentence = _sentence(entry)
    detail = f"{location[0]}: {sentence[:1].lower()}{sentence[1:]}."
    return Place("/".join(["#", *location]), detail)


def _sentence(entry: ErrorDetails) -> str:
    """What is wrong with one member."""
    if entry["type"] == "too_short":
        return "it is a list of at least one value"
    if entry["type"] == "int_type" and is_beyond_integers(entry["input"]):
        return TOO_LARGE
    return entry["msg"].removeprefix("Value error, ").removesuffix(".")
