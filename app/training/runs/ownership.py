"""Whose folder of runs it is: one server's at a time, as long as that server lives."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.training.runs.run import StoreBusy

FILE = "owner.sqlite"
BUSY = (
    "Another server that runs here owns the folder of runs; "
    "end it, or give this one a data folder of its own."
)


class Ownership:
    """The folder is this process's until it is given back, or the process is gone.

    SQLite's lock on a file is let go of by the system with the process, on every system.

    Raises: StoreBusy when another process owns it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            folder / FILE, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            self._connection.close()
            raise StoreBusy(BUSY) from None

    def give_back(self) -> None:
        """The folder is anybody's."""
        self._connection.close()
