"""The path that a proxy puts this server under: taken off what comes in, told to what goes out.

Pages need none of it, since their addresses are relative to their own: a proxy may take its prefix
off without a word. One that leaves it on has to be known, by `CONVOSCOPE_ROOT_PATH` or by the
`X-Forwarded-Prefix` of a proxy that is trusted.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.walls.security_headers import SECURITY_HEADERS
from app.web.wire.prefix import current_prefix

HEADER = b"x-forwarded-prefix"
# It goes into documents, so nothing else is taken; none of its parts is "." or "..".
PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~%@:+,=-]+)+")
PREFIX_LENGTH = 300


class SubPath:
    """Lets everything inside see addresses as if the server stood at the root."""

    def __init__(self, app: ASGIApp, root_path: str, trusted: Iterable[str]) -> None:
        self.app = app
        self.root_path = root_path
        self.trusted = frozenset(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on without the prefix."""
        prefix = self._prefix(scope) if scope["type"] == "http" else ""
        if not prefix:
            return await self.app(scope, receive, send)
        path, plain = scope["path"], unquote(prefix)
        if path == plain:  # where relative addresses would begin one level too high
            last = quote(plain.rpartition("/")[2])
            query = scope["query_string"].decode("latin-1")
            location = f"./{last}/" + (f"?{query}" if query else "")
            headers = {**SECURITY_HEADERS, "location": location}
            return await Response(status_code=307, headers=headers)(scope, receive, send)
        if path.startswith(plain + "/"):
            raw = scope["raw_path"]
            ending = raw[_end(raw, prefix.count("/")) :]
            scope = {**scope, "path": path.removeprefix(plain), "raw_path": ending}
        token = current_prefix.set(prefix)
        try:
            return await self.app(scope, receive, send)
        finally:
            current_prefix.reset(token)

    def _prefix(self, scope: Scope) -> str:
        """The prefix that a trusted proxy names, else the one that was set; "" for none."""
        given = [value for name, value in scope["headers"] if name == HEADER]
        client = scope["client"] or ("",)
        if len(given) == 1 and ("*" in self.trusted or client[0] in self.trusted):
            found = given[0].decode("latin-1").rstrip("/")
            if len(found) <= PREFIX_LENGTH and PREFIX.fullmatch(found):
                return str(found)
        return self.root_path


def _end(raw_path: bytes, parts: int) -> int:
    """Where a path goes on after so many parts."""
    at = 0
    for _ in range(parts):
        at = raw_path.index(b"/", at + 1)
    return at


def root_of(raw_path: bytes) -> str:
    """The server's root as seen from an address, for links that hold under any prefix.

    Example:
        >>> root_of(b"/"), root_of(b"/lab"), root_of(b"/a/b/c")
        ('./', './', '../../')
    """
    return "../" * (raw_path.count(b"/") - 1) or "./"
