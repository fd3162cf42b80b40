"""The process of a run, as the server that started it sees it."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from app.training.runs.plan import Plan

# A process that is given no run for so long ends; it is given none shortly before.
WAITS_SECONDS = 600.0
ROOT = Path(__file__).resolve().parents[3]


class Child:
    """A process that carries out one run: it gets ready, which takes seconds, and waits for it."""

    def __init__(self, plan: Plan) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            plan.command,
            cwd=ROOT,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
            bufsize=1,
            start_new_session=True,  # Ctrl-C in the terminal is for its server, which tells it
        )
        assert self._process.stderr is not None
        self._said = _LastLine(self._process.stderr)
        self.has_begun = self.is_ended_early = False
        self._born = time.monotonic()

    @property
    def number(self) -> int:
        """The system's number of it."""
        return self._process.pid

    @property
    def is_waiting(self) -> bool:
        """Whether it will take a run that it is given now."""
        is_young = time.monotonic() - self._born < WAITS_SECONDS
        return is_young and self._process.poll() is None

    def carry_out(self, run: str) -> None:
        """Gives it its run."""
        self._write(run)

    def wish(self, word: str) -> None:
        """Tells it what is wished for: "pause" or "cancel". Before it has begun, it just ends."""
        if not self.has_begun:
            self.is_ended_early = True  # what it has said by then may be heard later
            self.kill()
        else:
            self._write(word)

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError):  # it is gone already, or its pipe closed
            return

    def kill(self) -> None:
        """Ends it where it stands; what it has kept is whole."""
        self._process.kill()

    def news(self) -> Iterator[str]:
        """A line whenever it has written something down, until it ends."""
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        with self._process:  # its pipes are closed at its end
            for line in self._process.stdout:
                self.has_begun = True
                yield line
            self._said.wait()
            with suppress(OSError):  # a word that came too late is in there still
                self._process.stdin.close()

    @property
    def complaint(self) -> str:
        """Why it failed, in its own words, once it has ended; empty where it says nothing."""
        return self._said.line if self._process.returncode == 1 else ""

    def dismiss(self) -> None:
        """Ends one that was given no run."""
        self.kill()
        for _ in self.news():
            pass


class _LastLine:
    """The last line that is written to a pipe, read in a thread so that it never fills."""

    def __init__(self, pipe: IO[str]) -> None:
        self.line = ""
        self._thread = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self._thread.start()

    def _read(self, pipe: IO[str]) -> None:
        for line in pipe:
            self.line = line.strip() or self.line

    def wait(self) -> None:
        """Until the pipe has ended."""
        self._thread.join()


def is_alive(process: int | None) -> bool:
    """Whether there is a process of this number; on Windows nobody can ask without harm."""
    if process is None or os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
