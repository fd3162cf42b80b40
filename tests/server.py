"""A real Convoscope server for the tests that speak HTTP to it: its own process, its own port."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

READY = re.compile(r"Convoscope is ready on (http://\S+)")
START_SECONDS = 120.0
# How late the answers of every server are at most; `--slow-answers` of the page tests sets it.
SLOW_ANSWERS_MS = "CONVOSCOPE_TESTS_SLOW_ANSWERS_MS"


@dataclass(frozen=True)
class LiveServer:
    """A running server.

    Attributes:
        url: its origin, without a slash at the end.
        process: the process that serves.
        log: the file that holds everything it printed.
    """

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def tracebacks(self) -> list[str]:
        """Every traceback the server printed so far; none is ever right."""
        blocks = self.log.read_text("utf-8", "replace").split("Traceback (most recent call last):")
        return [block[:4000] for block in blocks[1:]]


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """The origin that the server names in its ready line."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        printed = log.read_text("utf-8", "replace")
        if match := READY.search(printed):
            return match.group(1).rstrip("/")
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped with {process.returncode}:\n{printed}")
        time.sleep(0.05)
    raise TimeoutError(f"No ready line within {START_SECONDS:.0f} s:\n{printed}")


@contextlib.contextmanager
def serve(
    log: Path,
    settings: Mapping[str, str] | None = None,
    program: Sequence[str] = ("app", "serve"),
) -> Iterator[LiveServer]:
    """Runs a program on a free port for as long as the context is open.

    Args:
        log: where its output goes.
        settings: further environment variables, such as `CONVOSCOPE_MODELS_DIR`.
        program: a module that serves, and what stands behind its name; `tests.serve_branching`
            serves one more network. Its answers are late where SLOW_ANSWERS_MS tells how late.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    slow = ("tests.slow_answers", late) if (late := os.environ.get(SLOW_ANSWERS_MS)) else ()
    command = [sys.executable, "-m", *slow, *program, "--port", str(free_port())]
    own = {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    own["CONVOSCOPE_DATA_DIR"] = str(log.with_suffix(".data"))  # runs have one server
    own["CONVOSCOPE_TRAINING_NICENESS"] = "0"  # a run that gives way to other tests waits for long
    environment = {**os.environ, **own, **(settings or {})}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield LiveServer(_wait_until_ready(process, log), process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
