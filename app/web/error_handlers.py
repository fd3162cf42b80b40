"""Whatever goes wrong in a route or the router becomes a problem of the one shape."""

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.web.pages.not_found import not_found, wants_page
from app.web.walls.security_headers import SECURITY_HEADERS
from app.web.wire.problems import Place, Problem, general_problem, places_problem

logger = logging.getLogger("convoscope")

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]


async def on_problem(request: Request, problem: Problem) -> Response:
    """The response of a problem that a route or a body reader raised."""
    return problem.response()


async def on_http_exception(request: Request, error: HTTPException) -> Response:
    """The router's own 404 and 405; what it says about the path is not repeated.

    A browser that asks for a page gets one.
    """
    if error.status_code == 404 and wants_page(request):
        return not_found(request)
    return general_problem(error.status_code, error.headers).response()


async def on_invalid_parameters(request: Request, error: RequestValidationError) -> Response:
    """A 422 that names the parameter and what it may be, and not the value that was sent."""
    return places_problem([_place(entry) for entry in error.errors()], "The query").response()


async def on_crash(request: Request, error: Exception) -> Response:
    """The one sentence that is said of an unexpected failure; the log has the traceback."""
    problem = general_problem(500)
    logger.error("The request of %s failed.", problem.instance)
    response = problem.response()
    # Made outside of the middleware that adds them; and uvicorn closes after a crash.
    response.headers.update({**SECURITY_HEADERS, "connection": "close"})
    return response


async def on_departure(request: Request, error: ClientDisconnect) -> Response:
    """An empty answer to a client that has left; nobody reads it."""
    return Response(status_code=204)


def _place(entry: Mapping[str, Any]) -> Place:
    """One failed parameter, as a place; an unknown one is not named, since its name is input."""
    location: Sequence[str | int] = entry["loc"]
    if entry["type"] == "extra_forbidden":
        return Place("?", "There is a query parameter that this operation does not have.")
    name = str(location[1]) if len(location) > 1 else str(location[0])
    sentence = str(entry["msg"]).removeprefix("Value error, ").removesuffix(".")
    pointer = f"?{name}" if location[0] == "query" else f"{{{name}}}"
    return Place(pointer, f"{name}: {sentence[:1].lower()}{sentence[1:]}.")


HANDLERS: dict[int | type[Exception], Handler] = {
    Problem: on_problem,
    HTTPException: on_http_exception,
    RequestValidationError: on_invalid_parameters,
    ClientDisconnect: on_departure,
    Exception: on_crash,
}
