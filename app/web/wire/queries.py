"""The parameters in the query string of a request."""

from functools import lru_cache
from typing import TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from app.web.wire.problems import Problem
from app.web.wire.tensors import DType
from app.web.wire.wrong_values import wrong_values

PARAMETERS_AT_MOST = 50


class Query(BaseModel):
    """The parameters of one operation; one that it does not have is an error."""

    # Built when first used: the start of the server need not wait for it.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class TensorQuery(Query):
    """How the tensors of an answer are carried."""

    dtype: DType | None = Field(
        None, description="The type the tensors travel in; left out, the one computed in."
    )


Q = TypeVar("Q", bound=Query)


def read_query(request: Request, model: type[Q]) -> Q:
    """The parameters of a request.

    A drawing hand sends one query string hundreds of times, so what one means is kept.

    Raises: Problem 422 that names the parameter and what it may be, and of what was sent no more
    than a number.
    """
    query: Q = _parse(model, request.scope["query_string"])
    return query


def parse_pairs(query_string: bytes) -> dict[str, str]:
    """The parameters as texts. Raises: Problem 422 for too many, or one that is given twice."""
    try:
        pairs = parse_qsl(
            query_string.decode("latin-1"),
            keep_blank_values=True,
            max_num_fields=PARAMETERS_AT_MOST,
        )
    except ValueError:
        sentence = f"The query has more than {PARAMETERS_AT_MOST} parameters."
        raise Problem(422, sentence) from None
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Problem(422, "A query parameter is given twice; each has one value.")
    return values


@lru_cache(maxsize=256)
def _parse(model: type[Q], query_string: bytes) -> Q:
    """The parameters in a query string."""
    try:
        return model.model_validate(parse_pairs(query_string))
    except ValidationError as error:
        raise wrong_values(error, model, in_query=True) from None
