"""Whom a request calls: a name of this server, or 421.

A program on localhost is reachable by every page in the browser beside it, under any name that its
owner lets point here (DNS rebinding).
"""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.wire.problems import Problem


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
