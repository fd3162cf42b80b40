"""The client reads an answer to its end, however it arrives."""

from __future__ import annotations

import socket
import threading

import pytest

import app.bench.client as client_module
from app.bench.client import Client, request_bytes


def answering(*parts: bytes, requests: int = 1) -> tuple[int, threading.Thread]:
    """The port of a server that sends these parts for each of so many requests, then closes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(requests):
                connection.recv(65_536)
                for part in parts:
                    connection.sendall(part)

    thread = threading.Thread(target=serve)
    thread.start()
    return listener.getsockname()[1], thread


def test_an_answer_in_pieces_is_put_together() -> None:
    port, thread = answering(b"HTTP/1.1 200 OK\r\nContent-Le", b"ngth: 6\r\n\r\nab", b"cd", b"ef")
    with Client(port) as client:
        answer = client.send(request_bytes("GET", "/"))
    thread.join()
    assert answer.status == 200
    assert bytes(answer.body) == b"abcdef"


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nab", ConnectionError),
        (b"HTTP/1.1 200 OK\r\n", ConnectionError),
        (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\nab", ValueError),
    ],
)
def test_an_answer_that_is_not_whole_is_an_error(sent: bytes, error: type[Exception]) -> None:
    port, thread = answering(sent)
    with Client(port) as client, pytest.raises(error):
        client.send(request_bytes("GET", "/"))
    thread.join()


def test_the_memory_is_kept_and_grows_with_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MEMORY_BYTES", 64)
    long = bytes(range(256)) * 40
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
    port, thread = answering(head % len(long), long, requests=2)
    with Client(port) as client:
        first = client.send(request_bytes("GET", "/"))
        assert bytes(first.body) == long
        memory = client.memory
        assert bytes(client.send(request_bytes("GET", "/")).body) == long
        assert client.memory is memory
    thread.join()


def test_a_request_carries_its_body() -> None:
    request = request_bytes("POST", "/a?b=1", {"Accept": "text/plain"}, b"xyz")
    head, body = request.split(b"\r\n\r\n")
    assert head.split(b"\r\n") == [
        b"POST /a?b=1 HTTP/1.1",
        b"Host: 127.0.0.1",
        b"Accept: text/plain",
        b"Content-Length: 3",
    ]
    assert body == b"xyz"
