"""A plain request is answered as h11 alone would, byte for byte, and no other is plain."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from app.web.plain_request import BODY_BYTES_AT_MOST, HEAD_BYTES_AT_MOST, read_head, write_head
from app.web.protocol import Protocol
from app.web.wire.encodings import Part
from app.web.wire.responses import PartedResponse

GET = b"GET /a%20b?c=d HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nX: \xe9\r\nContent-Length: 10\r\n\r\n0123456789"
KEPT = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Keep-Alive\r\n\r\n"


class Line(asyncio.Transport):
    """A connection's other end, which remembers each call and what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[bytes]] = []
        self.is_closed = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"peername": ("127.0.0.1", 5), "sockname": ("127.0.0.1", 8000)}.get(name, default)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.writelines([data])

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        self.calls.append(list(list_of_data))  # type: ignore[arg-type]  # only bytes are sent here

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def write_eof(self) -> None:
        pass

    @property
    def sent(self) -> bytes:
        """All that was sent, but for the name of each problem, which is another every time."""
        sent = b"".join(part for call in self.calls for part in call)
        return re.sub(rb"urn:uuid:[0-9a-f-]+", b"", sent)


async def rest() -> None:
    """Lets everything happen that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def connected(app: Any) -> tuple[Protocol, Line]:
    """A connection to an application."""
    options: dict[str, Any] = {"ws": "none", "lifespan": "off", "log_config": None}
    config = Config(app, http=Protocol, access_log=False, **options)
    config.load()
    protocol, line = Protocol(config, ServerState(), {}), Line()
    protocol.connection_made(line)
    return protocol, line


def exchanged(app: Any, pieces: Sequence[bytes]) -> Line:
    """What comes back for pieces that arrive one after the other."""

    async def exchange() -> Line:
        protocol, line = await connected(app)
        for piece in pieces:
            if not line.is_closed:
                protocol.data_received(piece)
                await rest()
        line.close()
        protocol.connection_lost(None)
        return line

    return asyncio.run(exchange())


async def body_of(receive: Any) -> bytes:
    """The whole body of a request."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message["body"]
        more = message["more_body"]
    return body


def start(*headers: tuple[bytes, bytes], status: int = 200) -> dict[str, Any]:
    """The begin of an answer."""
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def part(body: bytes, more_body: bool = False) -> dict[str, Any]:
    """A part of its body."""
    return {"type": "http.response.body", "body": body, "more_body": more_body}


def length(count: int) -> tuple[bytes, bytes]:
    """The header that tells how long a body is."""
    return b"content-length", b"%d" % count


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with all that it was given."""
    told = repr(sorted((k, v) for k, v in scope.items() if k != "extensions")).encode()
    told += b"|" + await body_of(receive)
    await send(start((b"x-before", b"1"), length(len(told)), (b"X-Behind", b"2")))
    await send(part(told))


async def slow(scope: Any, receive: Any, send: Any) -> None:
    """Answers when others have had their turn."""
    await body_of(receive)
    await asyncio.sleep(0)
    await send(start(length(4)))
    await asyncio.sleep(0)
    await send(part(b"slow"))


async def hasty(scope: Any, receive: Any, send: Any) -> None:
    """Answers before the body is there."""
    await send(start(length(5), status=415))
    await send(part(b"hasty"))


async def streaming(scope: Any, receive: Any, send: Any) -> None:
    """Answers in parts of a length that is known."""
    await send(start(length(6)))
    await send(part(b"str", more_body=True))
    await send(part(b"eam"))


async def parted(scope: Any, receive: Any, send: Any) -> None:
    """Answers with what lies in several places."""
    parts: list[Part] = [b"par", memoryview(b"ted")]
    await PartedResponse(parts, 200, {}, "text/plain")(scope, receive, send)


async def chunked(scope: Any, receive: Any, send: Any) -> None:
    """Answers in parts of a length that is not known."""
    await send(start())
    await send(part(b"chu", more_body=True))
    await send(part(b"nked"))


async def closing(scope: Any, receive: Any, send: Any) -> None:
    """Answers, and wants no other request."""
    await send(start(length(3), (b"connection", b"close")))
    await send(part(b"bye"))


async def empty(scope: Any, receive: Any, send: Any) -> None:
    """Answers with nothing."""
    await send(start(status=204))
    await send(part(b""))


async def wordless(scope: Any, receive: Any, send: Any) -> None:
    """Answers with a body of no bytes."""
    await send(start(length(0)))
    await send(part(b""))


async def crashing(scope: Any, receive: Any, send: Any) -> None:
    """Breaks down."""
    raise RuntimeError


async def crashing_late(scope: Any, receive: Any, send: Any) -> None:
    """Breaks down after the begin of its answer."""
    await send(start(length(4)))
    raise RuntimeError


async def silent(scope: Any, receive: Any, send: Any) -> None:
    """Answers nothing."""


async def unfinished(scope: Any, receive: Any, send: Any) -> None:
    """Answers no body."""
    await send(start(length(4)))


async def too_long(scope: Any, receive: Any, send: Any) -> None:
    """Answers more than it says."""
    await send(start(length(2)))
    await send(part(b"long"))


async def splitting(scope: Any, receive: Any, send: Any) -> None:
    """Would send a header that is two."""
    await send(start(length(2), (b"x", b"a\r\nset-cookie: b")))
    await send(part(b"no"))


async def headless(scope: Any, receive: Any, send: Any) -> None:
    """Begins with the body."""
    await send(part(b"no"))


async def twice(scope: Any, receive: Any, send: Any) -> None:
    """Begins twice."""
    await send(start(length(2)))
    await send(start(length(2)))


async def again(scope: Any, receive: Any, send: Any) -> None:
    """Answers once more when all is said."""
    await send(start(length(2)))
    await send(part(b"no"))
    await send(part(b"no"))


APPS = (
    *(
        echo,
        slow,
        hasty,
        streaming,
        parted,
        chunked,
        closing,
        empty,
        wordless,
        crashing,
        crashing_late,
    ),
    *(silent, unfinished, too_long, splitting, headless, twice, again),
)


def cut(data: bytes, *places: int) -> list[bytes]:
    """Bytes cut at these places."""
    return [data[a:b] for a, b in pairwise((0, *places, len(data)))]


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("request_", [GET, POST, KEPT])
def test_whole_or_in_pieces_a_request_is_answered_alike(app: Any, request_: bytes) -> None:
    plain = exchanged(app, [request_])
    by_h11 = exchanged(app, cut(request_, 1))  # whose head is not whole: none of ours
    assert read_head(request_) is not None
    assert plain.sent == by_h11.sent
    for pieces in (cut(POST, len(POST) - 10), cut(POST, len(POST) - 7, len(POST) - 1)):
        assert exchanged(app, pieces).sent == exchanged(app, cut(POST, 1)).sent


@pytest.mark.parametrize("app", [echo, slow, streaming, closing])
def test_requests_behind_each_other_are_answered_in_their_order(app: Any) -> None:
    at_once = exchanged(app, [POST + GET + POST])
    in_turn = exchanged(app, [POST, GET, POST])
    assert at_once.sent == in_turn.sent
    assert in_turn.sent.count(b"HTTP/1.1 ") == (1 if app is closing else 3)


def test_a_request_behind_one_that_is_computed_waits() -> None:
    async def exchange() -> bytes:
        protocol, line = await connected(slow)
        protocol.data_received(POST[:-3])
        await asyncio.sleep(0)
        protocol.data_received(POST[-3:] + GET)
        await rest()
        return line.sent

    assert re.findall(rb"slow|HTTP", asyncio.run(exchange())) == [b"HTTP", b"slow"] * 2


def test_a_request_that_begins_as_an_answer_does_is_answered_behind_it() -> None:
    calls: list[str] = []
    connection: list[Protocol] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        calls.append(scope["path"])
        await send(start(length(2)))
        if len(calls) == 1:
            connection[0].data_received(GET)
        await send(part(b"ok"))

    async def exchange() -> bytes:
        protocol, line = await connected(app)
        connection.append(protocol)
        protocol.data_received(KEPT)
        await rest()
        return line.sent

    assert asyncio.run(exchange()).count(b"\r\n\r\nok") == 2
    assert calls == ["/", "/a b"]


def test_a_plain_answer_is_one_call_and_its_body_is_not_copied() -> None:
    body = b"0" * 100_000

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(start(length(len(body))))
        await send(part(body))

    ((first, second),) = exchanged(app, [GET]).calls
    assert first.endswith(b"content-length: 100000\r\n\r\n")
    assert second is body


def test_what_lies_in_several_places_is_one_call_and_not_copied() -> None:
    parts: list[Part] = [b"0" * 100_000, memoryview(b"1" * 100_000)]
    ((head, *body),) = exchanged(PartedResponse(parts, 200, {}, "x/y"), [GET]).calls
    assert b"content-length: 200000\r\n" in head
    assert all(sent is part for sent, part in zip(body, parts, strict=True))


def test_who_has_left_is_told_to_the_application() -> None:
    told = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        told.append((await receive())["type"])
        told.append((await receive())["type"])
        await send(start(length(2)))
        await send(part(b"no"))

    assert exchanged(app, [GET]).sent == b""
    assert told == ["http.request", "http.disconnect"]


def test_a_server_that_ends_closes_behind_the_answer() -> None:
    connection: list[Protocol] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        connection[0].shutdown()
        await send(start(length(2)))
        await send(part(b"ok"))

    async def exchange() -> Line:
        protocol, line = await connected(app)
        connection.append(protocol)
        protocol.data_received(GET)
        await rest()
        return line

    line = asyncio.run(exchange())
    assert line.sent.endswith(b"ok")
    assert line.is_closed


def test_who_reads_slowly_is_waited_for() -> None:
    async def exchange() -> tuple[bytes, bytes]:
        protocol, line = await connected(slow)
        protocol.pause_writing()
        protocol.data_received(GET)
        await rest()
        before = line.sent
        protocol.resume_writing()
        await rest()
        return before, line.sent

    before, after = asyncio.run(exchange())
    assert before == b""
    assert after.endswith(b"slow")


def head(*lines: bytes, method: bytes = b"POST", version: bytes = b"1.1") -> bytes:
    """The head of a request."""
    every = [b"%b / HTTP/%b" % (method, version), b"Host: localhost", *lines]
    return b"\r\n".join([*every, b"", b""])


@pytest.mark.parametrize(
    "sent",
    [
        head(b"Content-Length: 3", b"Expect: 100-continue"),
        head(b"Transfer-Encoding: chunked"),
        head(b"Transfer-Encoding: chunked", b"Content-Length: 3"),
        head(b"Transfer-Encoding: identity", b"Content-Length: 3"),
        head(b"Content-Length: 3", b"Content-Length: 4"),
        head(b"Content-Length: 3, 4"),
        head(b"Content-Length: +3"),
        head(b"Content-Length: -3"),
        head(b"Content-Length: 0x3"),
        head(b"Content-Length : 3"),
        head(b"Content-Length: 3", b"X: a\0b"),
        head(b"Content-Length: 3", b"X: a\rb"),
        head(b"Content-Length: 3", b"X: a\nb"),
        head(b"Content-Length: 3", b"X\xe9: a"),
        head(b"Content-Length: 3\n\nabc"),
        head(b"Host: other"),
        head(b"Connection: close"),
        head(b"Connection: keep-alive, close"),
        head(b"Connection: upgrade", b"Upgrade: websocket"),
        head(b"Content-Length: 3") + b"more",
        head() + head(),
        b"\r\n" + head(),
        head()[:-2],
        head()[:-1],
        head().replace(b"\r\n", b"\n"),
        head().replace(b"Host", b"Guest"),
        head(version=b"1.0"),
        head(version=b"2.0"),
        head(method=b"HEAD"),
        head(method=b"CONNECT"),
        head(method=b"PO ST"),
        head(b"X: " + b"a" * HEAD_BYTES_AT_MOST),
        head(b"Content-Length: %d" % (BODY_BYTES_AT_MOST + 1)),
    ],
)
def test_what_is_not_plain_is_left_to_h11(sent: bytes) -> None:
    assert read_head(sent) is None
    assert exchanged(echo, [sent]).sent == exchanged(echo, cut(sent, 1)).sent


def test_a_folded_header_is_read_as_h11_reads_it() -> None:
    folded = head(b"X: a", b"  b", method=b"GET")
    found = read_head(folded)
    assert found is not None
    assert (b"x", b"a b") in found.headers
    assert exchanged(echo, [folded]).sent == exchanged(echo, cut(folded, 1)).sent


@pytest.mark.parametrize(
    ("status", "headers", "count"),
    [
        (200, [], 2),
        (200, [length(3)], 2),
        (200, [length(2), length(2)], 2),
        (200, [(b"content-length", b"+2")], 2),
        (200, [length(2), (b"Transfer-Encoding", b"chunked")], 2),
        (200, [length(2), (b"Connection", b"close")], 2),
        (200, [length(2), (b"x y", b"1")], 2),
        (200, [length(2), (b"x", b"1\n2")], 2),
        (200, [length(2), (b"x\r\ny", b"1")], 2),
        (204, [length(0)], 0),
        (304, [length(0)], 0),
        (103, [length(0)], 0),
    ],
)
def test_other_answers_are_not_plain(
    status: int, headers: list[tuple[bytes, bytes]], count: int
) -> None:
    assert write_head(status, headers, count) is None


def test_a_server_that_logs_its_requests_logs_every_one() -> None:
    told: list[str] = []

    class Memory(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    async def exchange() -> None:
        protocol, _ = await connected(echo)
        protocol.access_log = True
        protocol.access_logger = logger = logging.Logger("access", logging.INFO)
        logger.addHandler(Memory())
        protocol.data_received(GET)
        await rest()

    asyncio.run(exchange())
    assert told == ['127.0.0.1:5 - "GET /a%20b?c=d HTTP/1.1" 200']
