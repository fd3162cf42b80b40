"""A request that needs no state machine: its head is whole, its end is known, and it stays alone.

h11 judges every head, on a connection of its own that ends there. What it made of one is kept byte
for byte: a drawing hand sends the same head hundreds of times. Whatever is not plain, in a request
or in its answer, goes h11's way from its first byte on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, RequestResponseCycle

from app.web.walls.body_guard import WHOLE
from app.web.wire.responses import PARTS

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveEvent, HTTPResponseStartEvent
    from uvicorn.protocols.http.h11_impl import H11Protocol

Header = tuple[bytes, bytes]

END_OF_HEAD = b"\r\n\r\n"
# Longer ones are kept in nobody's memory for the next that is equal.
HEAD_BYTES_AT_MOST = 4_096
# Until an answer begins, a body may have to be handed over to h11.
BODY_BYTES_AT_MOST = 262_144
_NOT_PLAIN = frozenset({b"expect", b"trailer", b"transfer-encoding", b"upgrade"})
_NOT_IN_ANSWER = frozenset({b"connection", b"transfer-encoding"})
_LENGTH = b"content-length"
_WITHOUT_BODY = frozenset({204, 304})


class PlainHead(NamedTuple):
    """The head of a plain request, how many bytes it has, and how many of body follow it."""

    scope: Mapping[str, Any]
    headers: tuple[Header, ...]
    head_bytes: int
    body_bytes: int


def read_head(received: bytes) -> PlainHead | None:
    r"""What the head of these bytes says, or None where it is not whole or the request not plain.

    Example:
        >>> read_head(b"GET /lab?a=1 HTTP/1.1\r\nHost: x\r\n\r\n").scope["path"]
        '/lab'
        >>> read_head(b"GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n") is None
        True
    """
    end = received.find(END_OF_HEAD, 0, HEAD_BYTES_AT_MOST)
    head = None if end < 0 else _read(received[: end + len(END_OF_HEAD)])
    is_one = head is not None and len(received) <= head.head_bytes + head.body_bytes
    return head if is_one else None


@lru_cache(maxsize=256)
def _read(head: bytes) -> PlainHead | None:
    """What a whole head says."""
    judge = h11.Connection(h11.SERVER, HEAD_BYTES_AT_MOST)
    judge.receive_data(head)
    try:
        request = judge.next_event()
    except h11.RemoteProtocolError:
        return None
    if type(request) is not h11.Request or judge.trailing_data[0] or not _is_plain(request):
        return None
    raw_path, _, query_string = request.target.partition(b"?")
    scope = {
        "http_version": request.http_version.decode("ascii"),
        "method": request.method.decode("ascii"),
        "path": unquote(raw_path.decode("ascii")),
        "raw_path": raw_path,
        "query_string": query_string,
    }
    headers = tuple((name.lower(), value) for name, value in request.headers)
    length = int(dict(headers).get(_LENGTH, b"0"))
    return PlainHead(scope, headers, len(head), length) if length <= BODY_BYTES_AT_MOST else None


def _is_plain(request: h11.Request) -> bool:
    """Whether the end of a request follows from its head, and the connection outlives it."""
    names = {name for name, _ in request.headers}
    stays = all(v.lower() == b"keep-alive" for name, v in request.headers if name == b"connection")
    is_usual = request.http_version == b"1.1" and request.method not in (b"HEAD", b"CONNECT")
    return is_usual and stays and names.isdisjoint(_NOT_PLAIN)


@lru_cache(maxsize=256)
def _written(status: int, headers: tuple[Header, ...]) -> tuple[bytes, bytes] | None:
    """The head of an answer before and behind the value of its length; None where it is not plain.

    Args:
        headers: with a length of 0.
    """
    names = [name.lower() for name, _ in headers]
    is_framed = names.count(_LENGTH) == 1 and status >= 200 and status not in _WITHOUT_BODY
    if not is_framed or not _NOT_IN_ANSWER.isdisjoint(names):
        return None
    try:
        checked = h11.Response(
            status_code=status, headers=list(headers), reason=STATUS_PHRASES[status]
        )
    except h11.LocalProtocolError:
        return None
    lines = [b"%b: %b\r\n" % pair for pair in checked.headers.raw_items()]
    at = names.index(_LENGTH)
    start = b"HTTP/1.1 %d %b\r\n" % (status, checked.reason)
    before, behind = [start, *lines[:at], lines[at].removesuffix(b"0\r\n")], lines[at + 1 :]
    return b"".join(before), b"".join([b"\r\n", *behind, b"\r\n"])


def write_head(status: int, headers: Iterable[Header], body_bytes: int) -> bytes | None:
    """The head of an answer whose body is so long; None where that is not what it says."""
    declared, blank = b"%d" % body_bytes, []
    for pair in headers:
        if pair[0] == _LENGTH:
            if pair[1] != declared:
                return None
            pair = (_LENGTH, b"0")
        blank.append(pair)
    parts = _written(status, tuple(blank))
    return None if parts is None else declared.join(parts)


class PlainCycle(RequestResponseCycle):
    """A plain request and its answer, which is written by itself where it comes whole.

    Args:
        protocol: of the connection.
        received: the bytes of the request so far, its head first.
    """

    conn: h11.Connection

    def __init__(self, protocol: H11Protocol, head: PlainHead, received: bytes) -> None:
        body = received[head.head_bytes :]
        self.missing = head.body_bytes - len(body)
        scope: Any = {
            "type": "http",
            "asgi": {"version": protocol.asgi_version, "spec_version": "2.3"},
            "server": protocol.server,
            "client": protocol.client,
            "scheme": protocol.scheme,
            "root_path": protocol.root_path,
            "headers": list(head.headers),
            "state": protocol.app_state.copy(),
            "extensions": {PARTS: {}} if self.missing else {PARTS: {}, WHOLE: {}},
            **head.scope,
        }
        super().__init__(
            scope=scope,
            conn=protocol.conn,
            transport=protocol.transport,
            flow=protocol.flow,
            logger=protocol.logger,
            access_logger=protocol.access_logger,
            access_log=protocol.access_log,
            default_headers=protocol.server_state.default_headers,
            message_event=asyncio.Event(),
            on_response=protocol.on_response_complete,
        )
        self.is_plain = True
        self.start: HTTPResponseStartEvent | None = None
        self.received = [received]
        self.whole: bytes | None = None
        if self.missing:
            self._take(body)
        else:
            self.whole, self.more_body = body, False
            self.message_event.set()

    def takes(self, data: bytes) -> bool:
        """Whether more bytes belong to the body, which then has them."""
        if len(data) > self.missing:
            return False
        self.received.append(data)
        self.missing -= len(data)
        self._take(data)
        return True

    def _take(self, body: bytes) -> None:
        """Hands on a part of the body."""
        self.body += body
        self.more_body = self.missing > 0
        self.message_event.set()

    def hand_over(self) -> None:
        """Lets h11 know of all that has been received, and leaves the rest to it."""
        self.is_plain = False
        self.conn.receive_data(b"".join(self.received))
        while self.conn.next_event() not in (h11.NEED_DATA, h11.PAUSED):
            pass

    async def receive(self) -> ASGIReceiveEvent:
        """The body, at once where it came with the head; then what uvicorn says."""
        if self.whole is None or self.disconnected or self.response_complete:
            return await super().receive()
        body, self.whole = self.whole, None
        self.message_event.clear()
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Any) -> None:
        """Sends a whole answer at once, and any other h11's way."""
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.is_plain:
            if self._is_sent(message):
                return
            self.hand_over()
        if self.start is not None:
            start, self.start, self.response_started = self.start, None, False
            await super().send(start)
        if message["type"] == PARTS:
            message = {"type": "http.response.body", "body": b"".join(message["parts"])}
        await super().send(message)

    def _is_sent(self, message: Any) -> bool:
        """Whether a message is the begin or the end of a plain answer, and is dealt with."""
        if self.disconnected:
            return True
        kind = message["type"]
        if kind == "http.response.start" and not self.response_started:
            self.start, self.response_started = message, True
            return True
        if self.start is None or self.missing or message.get("more_body"):
            return False
        parts = message["parts"] if kind == PARTS else (message.get("body", b""),)
        headers = [*self.default_headers, *self.start["headers"]]
        head = write_head(self.start["status"], headers, sum(map(len, parts)))
        if head is None or kind not in (PARTS, "http.response.body"):
            return False
        self.transport.writelines([head, *parts])
        self.start, self.response_complete = None, True
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()
        return True
