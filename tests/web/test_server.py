"""The process that serves: what it says, and how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from app.web.protocol import address_of
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


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_one_line_when_it_answers_and_ends_cleanly(ending: signal.Signals) -> None:
    with process("port=0") as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        match = re.fullmatch(
            r"Convoscope is ready on (http://127\.0\.0\.1:\d+) · device \w+ · "
            r"mycnn ready \(\d\d\.\d %\) · (\d+) of \2 networks ready\n",
            line,
        )
        assert match, line
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
