"""Whatever goes wrong in a route or the router becomes a problem of the one shape.

Starlette looks the handler up by the error's class and those it derives from.
"""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.imaging.decoded_image import ImageRefused
from app.refusals import NotFinite, Unavailable, UnknownName
from app.web.pages.not_found import not_found, wants_page
from app.web.walls.security_headers import SECURITY_HEADERS
from app.web.wire.problems import Problem, general_problem

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


async def on_refused_image(request: Request, error: ImageRefused) -> Response:
    """An image that is not taken, under the status that fits it."""
    limit, requested = error.limit, error.requested
    return Problem(error.status, str(error), limit=limit, requested=requested).response()


async def on_unknown_name(request: Request, error: UnknownName) -> Response:
    """A 404 that says which names there are."""
    return Problem(404, str(error)).response()


async def on_unavailable(request: Request, error: Unavailable) -> Response:
    """A 503 that says why something known cannot be used."""
    return Problem(503, str(error)).response()


async def on_not_finite(request: Request, error: NotFinite) -> Response:
    """A 409 that says so: the server is well, and asking again is of no use."""
    return Problem(409, str(error)).response()


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


HANDLERS: dict[int | type[Exception], Handler] = {
    Problem: on_problem,
    HTTPException: on_http_exception,
    ImageRefused: on_refused_image,
    UnknownName: on_unknown_name,
    Unavailable: on_unavailable,
    NotFinite: on_not_finite,
    ClientDisconnect: on_departure,
    Exception: on_crash,
}
