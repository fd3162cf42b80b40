"""The process of a run, as the server that started it sees it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Plan:
    """What a run's process is told.

    Args:
        max_bytes: how much room all runs together may take up.
        adopts: whether the runs that ship in `models_dir` are taken in.
        weights_dir: where the files are that torchvision publishes.
        niceness: how far it gives way to other processes, as `nice` counts it.
    """

    folder: Path
    data_dir: Path
    models_dir: Path
    device: str
    threads: int
    max_bytes: int
    weights_dir: Path | None = None
    adopts: bool = False
    niceness: int = 10


class Child:
    """One run's process, started."""

    def __init__(self, plan: Plan, run: str) -> None:
        command = [sys.executable, "-m", "app.training.runs.process", str(plan.folder), run]
        command += ["--data-dir", str(plan.data_dir), "--models-dir", str(plan.models_dir)]
        command += ["--device", plan.device, "--threads", str(plan.threads)]
        command += ["--niceness", str(plan.niceness)]
        if plan.weights_dir is not None:
            command += ["--weights-dir", str(plan.weights_dir)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command,
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
        self.has_begun = False

    def wish(self, word: str) -> None:
        """Tells it what is wished for: "pause" or "cancel". Before it has begun, it just ends."""
        if not self.has_begun:
            self.kill()
            return
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(word + "\n")
            self._process.stdin.flush()
        except OSError:  # it is gone already
            return

    def kill(self) -> None:
        """Ends it where it stands; what it has kept is whole."""
        self._process.kill()

    def news(self) -> Iterator[str]:
        """A line whenever it has written something down, until it ends."""
        assert self._process.stdout is not None
        with self._process:  # its pipes are closed at its end
            for line in self._process.stdout:
                self.has_begun = True
                yield line
            self._said.wait()

    @property
    def complaint(self) -> str:
        """Why it failed, in its own words, once it has ended; empty where it says nothing."""
        return self._said.line if self._process.returncode == 1 else ""


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
