"""A body of named members: all of them in JSON, or one array in ``.npy`` and the rest beside it."""

from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from app.imaging.npy import read_npy
from app.settings import Settings
from app.web.wire import strict_json
from app.web.wire.body import Body
from app.web.wire.negotiation import JSON, NPY
from app.web.wire.picture import limits_of
from app.web.wire.problems import Place, Problem, places_problem
from app.web.wire.queries import parse_pairs
from app.web.wire.wrong_values import wrong_values

ARRAY_MEMBER = "input"
# A dtype that no operation computes in is that of the answer alone.
TRAVEL_ONLY = frozenset({"float16", "uint8"})


class Members(BaseModel):
    """An object with these members and no other, none of them converted from another type."""

    # Built when first used: the start of the server need not wait for it.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


M = TypeVar("M", bound=Members)


def read_members(body: Body, beside: dict[str, str], model: type[M], settings: Settings) -> M:
    """The members that a request gives.

    Args:
        beside: what stands in the address of an ``.npy``, each value as JSON would have it or a
            plain word; ``kernel`` names the weight.

    Raises: Problem, 400, 413, 415 or 422, whose sentence says what to change.
    """
    takes_array = ARRAY_MEMBER in model.model_fields
    if body.media_type == NPY and takes_array:
        members = {name: _value(text) for name, text in beside.items()}
        if "kernel" in members:
            members["weight"] = {"kernel": members.pop("kernel")}
        members[ARRAY_MEMBER] = read_npy(body.content, limits_of(settings))
    elif body.media_type == JSON:
        members = strict_json.parse(body.content, settings.max_json_depth)  # type: ignore[assignment]  # looked at next
        if not isinstance(members, dict):
            raise places_problem([Place("#", "The body is an object.")], "The body")
    else:
        taken = (JSON, NPY) if takes_array else (JSON,)
        sentence = f"The content type of the body has to be {' or '.join(taken)}."
        raise Problem(415, sentence, headers={"accept": ", ".join(taken)})
    try:
        return model.model_validate(members)
    except ValidationError as error:
        raise wrong_values(error, model) from None


def split_address(query_string: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """The members in the address of an ``.npy`` body, and the parameters of the answer there."""
    beside = parse_pairs(query_string)
    if beside.get("dtype") in TRAVEL_ONLY:
        return beside, {"dtype": beside.pop("dtype")}
    return beside, {}


def _value(text: str) -> Any:
    """A value written as in JSON, or a word."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
