"""The process that serves: what it says, and how it ends."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import h11
import httpx2
import pytest

from app.web.protocol import HEAD_BYTES, Connection, address_of, is_no_farewell
from app.web.server import listen

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "from app.settings import Settings; from app.web.server import run; run(Settings({}))"


@contextmanager
def process(settings: str) -> Iterator[subprocess.Popen[str]]:
    """A serving process."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT.format(settings)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        try:
            yield running
        finally:
            running.kill()


class Kernel(asyncio.Transport):
    """A transport that remembers what each call to it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[bytes]] = []

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        self.calls.append(list(list_of_data))  # type: ignore[arg-type]  # only bytes are sent here


def test_head_and_body_of_an_answer_are_one_call_and_the_body_is_not_copied() -> None:
    connection = Connection(h11.SERVER, HEAD_BYTES)
    connection.transport = kernel = Kernel()
    connection.receive_data(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert isinstance(connection.next_event(), h11.Request)
    assert isinstance(connection.next_event(), h11.EndOfMessage)
    body = b"0" * 100_000
    head = h11.Response(status_code=200, headers=[("content-length", "100004")])
    assert connection.send(head) == b""
    assert connection.send(h11.Data(data=body)) == b""
    ((first, second),) = kernel.calls
    assert first.startswith(b"HTTP/1.1 200")
    assert first.endswith(b"\r\n\r\n")
    assert second is body
    assert connection.send(h11.Data(data=b"more")) == b"more"
    assert connection.send(h11.EndOfMessage()) == b""


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_one_line_when_it_answers_and_ends_cleanly(ending: signal.Signals) -> None:
    with process("port=0") as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        match = re.fullmatch(
            r"Convoscope is ready on (http://127\.0\.0\.1:\d+) · device \w+ · "
            r"mycnn ready \(\d\d\.\d %\) · (\d+) of (\d+) networks ready · (\d+) downloadable\n",
            line,
        )
        assert match, line
        assert int(match[2]) + int(match[4]) == int(match[3])
        assert httpx2.get(f"{match[1]}/api/v1/ready", trust_env=False).status_code == 200
        running.send_signal(ending)
        rest, errors = running.communicate(timeout=60)
        assert (running.returncode, rest, errors) == (0, "", "")


def test_a_port_in_use_is_a_sentence() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=rf"127\.0\.0\.1, port {port}: .* --port 8001"):
            listen("127.0.0.1", port)


def test_a_name_that_is_no_address_is_a_sentence() -> None:
    with pytest.raises(OSError, match=r"Convoscope cannot listen on nosuch\.invalid, port 0"):
        listen("nosuch.invalid", 0)


def test_a_device_that_is_not_there_ends_it_with_a_sentence() -> None:
    import torch

    missing = "mps" if not torch.backends.mps.is_available() else "cuda"
    with process(f"port=0, device='{missing}'") as running:
        _, errors = running.communicate(timeout=60)
        assert running.returncode == 1
        assert re.search(rf"DeviceError: .*{missing}", errors)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:"),
        ("0.0.0.0", "http://127.0.0.1:"),
        ("localhost", "http://localhost:"),
        ("::1", "http://[::1]:"),
        ("::", "http://[::1]:"),
    ],
)
def test_the_address_is_one_to_open(host: str, expected: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        assert address_of(host, listener) == f"{expected}{listener.getsockname()[1]}"


def test_a_request_that_is_given_up_as_the_server_ends_is_no_error_and_others_are() -> None:
    given_up, broken = (
        logging.makeLogRecord({"exc_info": (type(error), error, None)})
        for error in (asyncio.CancelledError(), ValueError())
    )
    assert not is_no_farewell(given_up)
    assert is_no_farewell(broken)
    assert is_no_farewell(logging.makeLogRecord({"msg": "Cancel 1 running task(s)"}))
