"""A client that costs next to nothing: one connection, kept open, and requests made beforehand.

What a client library spends on a request would be added to both sides of a ratio and hide their
difference, so this one writes the bytes, counts the bytes that come back, and looks no further. It
keeps the memory that they come into: where a machine gives fresh memory slowly, that costs as much
as a part of the answer.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
# For a whole answer, at first.
MEMORY_BYTES = 1 << 22


@dataclass(frozen=True)
class Answer:
    """What came back; the body lies in the client's memory until its next request."""

    status: int
    body: memoryview

    @property
    def begin(self) -> str:
        """How the body begins, for a message."""
        return bytes(self.body[:300]).decode("utf-8", "replace")


def request_bytes(
    method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> bytes:
    r"""A whole HTTP/1.1 request.

    Example:
        >>> request_bytes("GET", "/")
        b'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n'
    """
    fields = {"Host": HOST, **(headers or {}), "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body


class Client:
    """One connection to a server of this machine."""

    def __init__(self, port: int, timeout_seconds: float = 60.0) -> None:
        self.connection = socket.create_connection((HOST, port), timeout_seconds)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.memory = bytearray(MEMORY_BYTES)

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the connection."""
        self.connection.close()

    def send(self, request: bytes) -> Answer:
        """The answer to a request, read to its end.

        Raises: ConnectionError when the server closes before that; ValueError for an answer that
        does not say how long it is.
        """
        self.connection.sendall(request)
        received = 0
        while (end_of_head := self.memory.find(b"\r\n\r\n", 0, received)) < 0:
            received = self._receive(received)
        head = self.memory[:end_of_head].decode("latin-1")
        start = end_of_head + 4
        end = start + _content_length(head)
        while received < end:
            received = self._receive(received)
        return Answer(int(head.split(" ", 2)[1]), memoryview(self.memory)[start:end])

    def _receive(self, received: int) -> int:
        """How much has arrived, with what arrives next."""
        if received == len(self.memory):
            self.memory = self.memory + bytes(received)  # answers of before keep theirs
        count = self.connection.recv_into(memoryview(self.memory)[received:])
        if not count:
            raise ConnectionError("The server closed the connection before its answer was whole.")
        return received + count


def _content_length(head: str) -> int:
    """How many bytes the body has."""
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    raise ValueError("The answer has no Content-Length.")
