"""A little room on the disk that is kept for telling that there is no other left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.training.runs.run import RunError

FILE = "reserve"
KEPT_BYTES = 1_000_000
DISK_FULL = "There is no room left on the disk; what was kept before is whole."


class DiskFull(RunError):
    """Nothing more can be written down; the message says what is left to do."""


class Reserve:
    """A file beside the runs that is given up when the disk is full. Several may hold it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def keep(self) -> None:
        """Takes up the room, unless it is taken already or there is none."""
        if self._path.exists():
            return
        try:
            self._path.write_bytes(bytes(KEPT_BYTES))
        except OSError:
            self.give()

    def give(self) -> None:
        """Gives the room up."""
        with suppress(OSError):
            self._path.unlink()

    def spend(self, write: Callable[[], None]) -> None:
        """Writes something that has to be written, by this room where there is no other."""
        try:
            write()
        except sqlite3.OperationalError as error:
            if not is_full(error):
                raise
            self.give()
            write()


def is_full(error: Exception) -> bool:
    """Whether writing failed since there is no room left."""
    words = str(error).lower()
    return "no space" in words or "is full" in words or "quota" in words
