"""The page a person gets at an address where nothing is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from app.web.pages.templates import Page, render
from app.web.wire.negotiation import best_type
from app.web.wire.problems import MEDIA_TYPE

NOT_FOUND = Page("", "Not found", "pages/not_found.html")


def wants_page(request: Request) -> bool:
    """Whether a request is a browser's for a page, and not a program's for data or for a file."""
    if request.method != "GET" or request.url.path.startswith(("/api/", "/static/")):
        return False
    return best_type(request.headers.get("accept", ""), (MEDIA_TYPE, "text/html")) == "text/html"


def not_found(request: Request) -> Response:
    """The page with status 404; its text never repeats the address."""
    response = render(request, NOT_FOUND)
    response.status_code = 404
    response.headers["vary"] = "accept, accept-encoding"
    return response
