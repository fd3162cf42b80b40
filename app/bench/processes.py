"""Servers as processes of their own: the program as it is served, and the bare route beside it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from app.bench.client import HOST, Client, request_bytes
from app.bench.row import NotMeasured
from app.settings import ROOT

READY = "/api/v1/ready"
START_SECONDS = 120.0
STOP_SECONDS = 20.0
# Often enough to be exact to a percent of a start, seldom enough not to slow the start down.
LOOK_EVERY_SECONDS = 0.01


@dataclass(frozen=True)
class Server:
    """A server that answers on a port of this machine."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://{HOST}:{self.port}"


@contextmanager
def our_server(*arguments: str, **settings: str) -> Iterator[Server]:
    """The program, served by its own command for as long as the context is open.

    Args:
        arguments: further ones of the command.
        settings: further environment variables.
    """
    command = ("app", "serve", *arguments, "--port")
    with running(*command, ready_at=READY, settings=settings) as server:
        yield server


@contextmanager
def bare_server(answer_bytes: int, media_type: str) -> Iterator[Server]:
    """The bare route, served for as long as the context is open."""
    length = str(answer_bytes)
    command = ("app.bench.bare", "--bytes", length, "--media-type", media_type, "--port")
    with running(*command, ready_at="/ready") as server:
        yield server


@contextmanager
def running(
    *module: str, ready_at: str, settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server, from the moment it answers 200 at a path.

    Args:
        module: what `python -m` gets; a free port is added at the end.
        settings: further environment variables.

    Raises: NotMeasured with the end of its output when it does not come up.
    """
    port = free_port()
    with tempfile.TemporaryFile() as output:
        process = start([*module, str(port)], output.fileno(), settings or {})
        try:
            if not is_ready(process, port, ready_at):
                output.seek(0)
                said = output.read().decode("utf-8", "replace")[-2000:].strip()
                raise NotMeasured(f"`python -m {' '.join(module)}` did not come up. {said}")
            yield Server(port, process.pid)
        finally:
            stop(process)


def start(
    module: Sequence[str],
    output: int = subprocess.DEVNULL,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """A Python process that runs a module of this program."""
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **settings},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process, by force where it does not listen."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stop_session(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that leads a session of its own, and all that it started in there.

    A browser's program may be a script that waits for the browser: ended alone, it leaves that one
    behind, which goes on with its pages.
    """
    if sys.platform == "win32":
        stop(process)
        return
    with contextlib.suppress(ProcessLookupError):  # none of them is left
        os.killpg(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            process.poll()  # an end that nobody takes note of stays in the session
            os.killpg(process.pid, 0)
            time.sleep(LOOK_EVERY_SECONDS)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def is_ready(process: subprocess.Popen[bytes], port: int, path: str) -> bool:
    """Waits until the server answers 200; false when it ends or takes too long instead."""
    request = request_bytes("GET", path, {"Connection": "close"})
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with Client(port, START_SECONDS) as client:
                if client.send(request).status == 200:
                    return True
        except OSError:
            pass  # nothing listens yet
        time.sleep(LOOK_EVERY_SECONDS)
    return False


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
