"""Who calls: a page of this server, or a program that is no browser; any other page gets 403."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.wire.problems import Problem

CHANGING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SAFE_FETCH_SITES = frozenset({b"same-origin", b"none"})
DEFAULT_PORTS = {"http": 80, "https": 443}


class SameOrigin:
    """Answers 403 to a request for work that another site's page makes through the browser.

    Every changing method is such a request, and so is a GET below ``/api/`` that is not a
    person following a link. A client that is no browser sends neither header and passes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on when it is not another site's work."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        if not _is_work(scope, headers) or _is_from_here(headers):
            return await self.app(scope, receive, send)
        sentence = "Only a page of this server, or a program that is no browser, may ask for this."
        return await Problem(403, sentence).response()(scope, receive, send)


def _is_work(scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request changes or costs something, so that its sender matters."""
    if scope["method"] in CHANGING_METHODS:
        return True
    is_api = str(scope["path"]).startswith("/api/")
    return is_api and headers.get(b"sec-fetch-mode") != b"navigate"


def _is_from_here(headers: Mapping[bytes, bytes]) -> bool:
    """Whether neither of the browser's two headers says that another origin sent this."""
    if headers.get(b"sec-fetch-site", b"none") not in SAFE_FETCH_SITES:
        return False
    origin = headers.get(b"origin")
    if origin is None:
        return True
    own = _authority("//" + headers.get(b"host", b"").decode("latin-1"))
    return own is not None and _authority(origin.decode("latin-1")) == own


def _authority(origin: str) -> tuple[str, int | None] | None:
    """Host and port of an origin or ``//host:port``, the scheme's own port left out."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    is_default = (
        port in DEFAULT_PORTS.values()
        if not parts.scheme
        else port == DEFAULT_PORTS.get(parts.scheme)
    )
    return parts.hostname.rstrip("."), None if is_default else port
