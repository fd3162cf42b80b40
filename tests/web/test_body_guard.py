"""How much of a body is read and for how long, and who waits meanwhile."""

from __future__ import annotations

import contextlib
import gzip
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2
import orjson
import pytest

from app.settings import Settings
from tests.web.bodies import JSON, NPY, form
from tests.web.serving import client_of, serving
from tests.web.test_errors import check_problem

PREPARE = "/api/v1/images/prepare"


@pytest.fixture(scope="module")
def small_url() -> Iterator[str]:
    """A server that reads little, and not for long."""
    settings = Settings(port=0, max_json_bytes=1_000, max_upload_bytes=5_000, body_wait_seconds=0.5)
    with serving(settings) as url:
        yield url


@pytest.fixture
def small(small_url: str) -> Iterator[httpx2.Client]:
    """A client of it."""
    with client_of(small_url) as client:
        yield client


def connect(url: str) -> socket.socket:
    """A raw connection to a server."""
    address = urlsplit(url)
    return socket.create_connection((address.hostname, address.port), timeout=10)


def received(connection: socket.socket) -> bytes:
    """Everything that comes until the server closes."""
    found = b""
    while chunk := connection.recv(65_536):
        found += chunk
    return found


@pytest.mark.parametrize(
    ("media_type", "limit"),
    [
        (JSON, 1_000),
        ("application/vnd.api+json; charset=utf-8", 1_000),
        (NPY, 5_000),
        ("image/png", 5_000),
        ("nonsense", 5_000),
        ("multipart/form-data; boundary=x", 5_000 + 16_384),
    ],
)
@pytest.mark.parametrize("is_streamed", [False, True])
def test_too_many_bytes_are_refused(
    small: httpx2.Client, media_type: str, limit: int, is_streamed: bool
) -> None:
    headers = {"content-type": media_type}
    for size in (limit + 1, 400_000):
        chunks = (b"x" * 1_000 for _ in range(size // 1_000 + 1))
        content = chunks if is_streamed else b"x" * size
        problem = check_problem(small.post(PREPARE, content=content, headers=headers), 413)
        assert problem["limit"] == limit
        assert problem["requested"] > limit
    allowed = small.post(PREPARE, content=b"x" * limit, headers=headers)
    assert allowed.status_code in {400, 415}


@pytest.mark.parametrize(
    ("encoding", "named"), [("gzip", " gzip;"), ("made-up", " content encoding;")]
)
def test_a_compressed_body_is_not_read(small: httpx2.Client, encoding: str, named: str) -> None:
    headers = {"content-type": JSON, "content-encoding": encoding}
    response = small.post(PREPARE, content=gzip.compress(b'{"pixels": [[1]]}'), headers=headers)
    problem = check_problem(response, 415)
    assert named in problem["detail"]
    assert response.headers["accept-encoding"] == "identity"


def test_a_body_that_says_it_is_not_compressed_is_read(small: httpx2.Client) -> None:
    headers = {"content-type": JSON, "content-encoding": "identity"}
    assert small.post(PREPARE, content=b'{"pixels": [[1]]}', headers=headers).is_success


def test_a_body_larger_than_a_client_can_take_back_is_answered(small: httpx2.Client) -> None:
    response = small.post(PREPARE, content=b"x" * 20_000_000, headers={"content-type": NPY})
    check_problem(response, 413)
    assert response.headers["connection"] == "close"


def test_a_file_in_a_form_has_the_cap_of_a_file(small: httpx2.Client) -> None:
    body, content_type = form(b"x" * 5_001)
    response = small.post(PREPARE, content=body, headers={"content-type": content_type})
    check_problem(response, 413)


def test_a_client_that_waits_for_permission_sends_nothing(small_url: str) -> None:
    head = (
        f"POST {PREPARE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {NPY}\r\n"
        "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n"
    )
    with connect(small_url) as connection:
        connection.sendall(head.encode())
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("headers", ["Content-Length: 50\r\n", "Transfer-Encoding: chunked\r\n"])
def test_a_body_that_does_not_come_is_not_waited_for(small_url: str, headers: str) -> None:
    head = f"POST {PREPARE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {NPY}\r\n{headers}\r\n"
    start = time.monotonic()
    with connect(small_url) as connection:
        connection.sendall(head.encode())
        head_received, _, body = received(connection).partition(b"\r\n\r\n")
    assert time.monotonic() - start < 5
    assert head_received.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in head_received.lower()
    assert orjson.loads(body)["limit"] == 0.5


def test_a_trickle_is_no_way_around(small_url: str) -> None:
    head = (
        f"POST {PREPARE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {NPY}\r\n"
        "Content-Length: 1000\r\n\r\n"
    )
    with connect(small_url) as connection:
        connection.sendall(head.encode())
        with contextlib.suppress(BrokenPipeError):
            for _ in range(8):
                time.sleep(0.1)
                connection.send(b"x")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 408")


def test_a_slow_client_holds_nobody_up(url: str, client: httpx2.Client) -> None:
    head = (
        f"POST {PREPARE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {NPY}\r\n"
        "Content-Length: 1000\r\n\r\n"
    )
    waiting = [connect(url) for _ in range(30)]
    for connection in waiting:
        connection.sendall(head.encode())
    start = time.monotonic()
    for _ in range(10):
        assert client.get("/api/v1/health").status_code == 200
    assert (time.monotonic() - start) / 10 < 0.25
    for connection in waiting:
        connection.close()


def test_a_client_that_leaves_while_sending_leaves_no_trace(
    url: str, client: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    head = f"POST {PREPARE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx"
    with connect(url) as connection:
        connection.sendall(head.encode())
    assert client.get("/api/v1/health").status_code == 200
    assert not caplog.records
