"""How much of a body is read, and for how long: 413 and 408 before any route sees it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings
from app.web.walls.same_origin import CHANGING_METHODS
from app.web.wire.problems import Problem

MULTIPART_OVERHEAD_BYTES = 16_384
LINGER_SECONDS = 2.0
LINGER_BYTES = 64_000_000
# An extension of ASGI: the body came with the head, and is received without waiting.
WHOLE = "convoscope.request.whole"
# Only these are named back, since the header is input.
_KNOWN_ENCODINGS = ("gzip", "x-gzip", "deflate", "br", "zstd", "compress")


class Departed(Exception):
    """The client closed the connection before its body was complete."""


class BodyGuard:
    """Receives the whole body of a changing request, within its caps, before it is passed on.

    A route then finds its body complete, and a client that sends slowly occupies nothing but
    its own connection.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with its body complete."""
        if scope["type"] != "http" or scope["method"] not in CHANGING_METHODS:
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        try:
            _check_encoding(headers)
            is_here = WHOLE in scope.get("extensions", ())
            body = await self._body(headers, receive, is_here=is_here)
        except Problem as problem:
            return await _refuse(problem, receive, send)
        except Departed:
            return None
        return await self.app(scope, _replay(body, receive), send)

    async def _body(
        self, headers: Mapping[bytes, bytes], receive: Receive, *, is_here: bool
    ) -> bytes:
        """The complete body, or a problem of 413 or 408.

        Args:
            is_here: whether there is nothing to wait for.
        """
        limit = self._limit(headers)
        declared = headers.get(b"content-length", b"")
        if declared.isdigit() and int(declared) > limit:
            raise _too_large(limit, int(declared))
        if is_here:
            return await _read(receive, limit)
        seconds = self.settings.body_wait_seconds
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(None) as time:
                # In the loop's next turn: by then most bodies are here, and a timer is dear.
                begin = loop.call_soon(time.reschedule, loop.time() + seconds)
                try:
                    return await _read(receive, limit)
                finally:
                    begin.cancel()
        except TimeoutError:
            sentence = f"The body was not complete after {seconds:g} seconds; send it faster."
            raise Problem(408, sentence, limit=seconds) from None

    def _limit(self, headers: Mapping[bytes, bytes]) -> int:
        """The cap in bytes of a body of this media type."""
        media_type = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if media_type == b"application/json" or media_type.endswith(b"+json"):
            return self.settings.max_json_bytes
        if media_type == b"multipart/form-data":
            return self.settings.max_upload_bytes + MULTIPART_OVERHEAD_BYTES
        return self.settings.max_upload_bytes


def _check_encoding(headers: Mapping[bytes, bytes]) -> None:
    """Nothing, or the 415 of a compressed body: what it grows to could not be capped beforehand.

    Source: RFC 9110, 15.5.16 and 12.5.3: such an answer names what is read in `Accept-Encoding`.
    """
    encoding = headers.get(b"content-encoding", b"").decode("latin-1").strip().lower()
    if encoding in ("", "identity"):
        return
    named = f" {encoding}" if encoding in _KNOWN_ENCODINGS else ""
    sentence = (
        f"The body has the content encoding{named}; bodies are read as they are. "
        "Send it uncompressed, without Content-Encoding."
    )
    raise Problem(415, sentence, headers={"accept-encoding": "identity"})


async def _read(receive: Receive, limit: int) -> bytes:
    """Every chunk of the body as one, as long as they are not more than the limit."""
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Departed
        chunk: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(chunk)
        if size > limit:
            raise _too_large(limit, size)
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


async def _discard(receive: Receive) -> None:
    """Reads what is left of a body, or of its first LINGER_BYTES, and keeps nothing."""
    size, more = 0, True
    while more and size < LINGER_BYTES:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)


def _too_large(limit: int, requested: int) -> Problem:
    """The 413 of a body, with the number of bytes that is known of it."""
    sentence = f"The body has at least {requested:,} bytes; at most {limit:,} are read."
    return Problem(413, sentence, limit=limit, requested=requested)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the whole body first, and then whatever the connection says."""
    is_given = False

    async def receive_again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


async def _refuse(problem: Problem, receive: Receive, send: Send) -> None:
    """Answers at once and reads on for a moment, so that a client still sending sees the answer.

    Closing a socket with unread data makes the kernel reset the connection, and a client
    that writes its whole body before it reads would report a broken pipe.
    """
    response = problem.response()
    response.headers["connection"] = "close"
    status, headers = response.status_code, response.raw_headers
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    if problem.status in (408, 413, 415):
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                await _discard(receive)
    await send({"type": "http.response.body", "body": b""})
