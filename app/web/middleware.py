"""The walls around every request, as pure ASGI: host names, origins, headers.

A program on localhost is reachable by every page in the browser beside it, so it checks whom
it is called as (DNS rebinding) and who calls (cross-site requests) before anything else.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import Problem

CHANGING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SAFE_FETCH_SITES = frozenset({b"same-origin", b"none"})
DEFAULT_PORTS = {"http": 80, "https": 443}

ANSWER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# A script, a style or a font is no document: only the first two mean anything on one, and a
# page has a hundred of them.
STATIC_HEADERS = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
SECURITY_HEADERS = {
    **STATIC_HEADERS,
    "content-security-policy": ANSWER_POLICY,
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def page_policy(nonce: str) -> str:
    """The content security policy of a page: this origin only, and the one script of the nonce."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds the security headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.of_answers = _raw(SECURITY_HEADERS)
        self.of_files = _raw(STATIC_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and completes the headers of what comes back."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        wanted = self.of_files if scope["path"].startswith("/static/") else self.of_answers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                missing = [pair for pair in wanted if pair[0] not in present]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        return await self.app(scope, receive, send_with_headers)


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI has them."""
    return [(name.encode(), value.encode()) for name, value in headers.items()]


class HostNames:
    """Answers 421 to a request for a host name that is not this server's."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self.names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on when it is for this server."""
        if scope["type"] != "http" or "*" in self.names or self._is_ours(scope):
            return await self.app(scope, receive, send)
        known = ", ".join(sorted(self.names))
        sentence = (
            f"This server answers to the host names {known}; CONVOSCOPE_ALLOWED_HOSTS adds others."
        )
        return await Problem(421, sentence).response()(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        """Whether every Host header (there should be one) names this server."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return len(hosts) == 1 and host_name(hosts[0].decode("latin-1")) in self.names


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


class HeadAsGet:
    """Answers HEAD as GET does; the protocol layer leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, a HEAD as a GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        return await self.app(scope, receive, send)


def host_name(authority: str) -> str:
    """The host of a ``Host`` header in lower case: no port, no final dot, brackets kept.

    Example:
        >>> host_name("LocalHost.:8000"), host_name("[::1]:8000"), host_name("evil.example")
        ('localhost', '[::1]', 'evil.example')
    """
    name, colon, port = authority.rpartition(":")
    if not colon or not port.isdigit() or (name.startswith("[") and not name.endswith("]")):
        name = authority
    return name.lower().rstrip(".")


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
