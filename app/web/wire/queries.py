"""The query parameters of operations on images and networks, each with its meaning."""

from functools import lru_cache
from typing import Annotated, Literal, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import Request

from app.web.wire.bounds import out_of_bounds, too_long
from app.web.wire.problems import Place, Problem, places_problem
from app.web.wire.tensors import DType

STEPS = (
    "The picture after each step: whole (in JSON, as long as all of them have at most 125,000 "
    "values), reduced to 64 pixels, or left out."
)
Index = Annotated[int, Field(ge=0, le=1_000_000)]


class Query(BaseModel):
    """The parameters of one operation; one that it does not have is an error."""

    # Built when first used: the start of the server need not wait for it.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Q = TypeVar("Q", bound=Query)


def read_query(request: Request, model: type[Q]) -> Q:
    """The parameters of a request.

    A drawing hand sends one query string hundreds of times, so what one means is kept.

    Raises: Problem 422 that names the parameter and what it may be, and of what was sent no more
    than a number.
    """
    query: Q = _parse(model, request.scope["query_string"])
    return query


@lru_cache(maxsize=256)
def _parse(model: type[Q], query_string: bytes) -> Q:
    """The parameters in a query string."""
    try:
        pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        raise Problem(422, "The query has more than 50 parameters.") from None
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Problem(422, "A query parameter is given twice; each has one value.")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _problem(error.errors(), model) from None


def _problem(entries: list[ErrorDetails], model: type[Query]) -> Problem:
    """The 422 of all that is wrong; one number out of its bounds is told with both as numbers."""
    problem = places_problem([_place(entry, model) for entry in entries], "The query")
    found = out_of_bounds("", entries[0]) if len(entries) == 1 else None
    if found is not None:
        problem.limit, problem.requested = found.limit, found.requested
    return problem


def _place(entry: ErrorDetails, model: type[Query]) -> Place:
    """One failed parameter, as a place; an unknown one is not named, since its name is input."""
    if entry["type"] == "extra_forbidden":
        fields = model.model_fields.items()
        known = ", ".join(field.alias or name for name, field in fields)
        return Place("?", f"There is a query parameter that is none of {known}.")
    name = str(entry["loc"][0])
    found = out_of_bounds(name, entry)
    if told := found.sentence if found else too_long(name, entry):
        return Place(f"?{name}", told)
    sentence = entry["msg"].removeprefix("Value error, ").removesuffix(".")
    return Place(f"?{name}", f"{name}: {sentence[:1].lower()}{sentence[1:]}.")


class DigitQuery(Query):
    """How a picture becomes the digit that a network sees."""

    crop: bool = Field(True, description="Cut away the empty border.")
    box: bool = Field(True, description="Scale what is left into a box of 20 pixels.")
    centre: bool = Field(True, description="Move the centre of mass to the middle.")
    invert: Literal["auto", "always", "never"] = Field(
        "auto", description="Exchange ink and paper; `auto` where the background is bright."
    )


class PrepareQuery(DigitQuery):
    """What a picture is prepared as, and how the answer carries it."""

    as_: Literal["digit", "photo", "matrix"] = Field(
        "digit", alias="as", description="What the image is prepared for."
    )
    size: int = Field(224, ge=1, le=512, description="The side of a prepared photo in pixels.")
    steps: Literal["full", "thumbnail", "none"] = Field("full", description=STEPS)
    dtype: DType = Field("float32", description="The type of the image and the steps.")


class NetworkQuery(DigitQuery):
    """Whether the body is prepared for the network or is its input already."""

    prepare: Literal["auto", "none"] = Field(
        "auto",
        description="`auto` prepares the picture as the network's training data was; with `none` "
        "it has to have the network's input shape.",
    )


class ForwardQuery(NetworkQuery):
    """Which of the activations to give, and how."""

    layers: str = Field(
        "all", max_length=1_000, description="`all`, or names of layers separated by commas."
    )
    top: int = Field(5, ge=1, le=1_000, description="How many classes to list, best first.")
    activations: bool = Field(
        False, description="Whether JSON carries the activations; a binary answer always does."
    )
    steps: Literal["full", "thumbnail", "none"] = Field("full", description=STEPS)
    dtype: DType = Field("float32", description="The type of the activations and the steps.")


class PositionQuery(NetworkQuery):
    """One value of a network: its layer, and where in it."""

    layer: str = Field(max_length=100, description="The layer's name, as the outline has it.")
    channel: Index = Field(0, description="The map, or the unit of a one-dimensional layer.")
    row: Index = 0
    column: Index = 0


class WeightsQuery(Query):
    """How the weights are carried."""

    dtype: DType = Field("float32", description="The type of the weights.")


class SampleQuery(Query):
    """How a sample is carried."""

    dtype: DType = Field("float32", description="The type of the pixels.")


class TensorQuery(Query):
    """How the tensors of an answer are carried."""

    dtype: DType | None = Field(
        None, description="The type the tensors travel in; left out, the one computed in."
    )
