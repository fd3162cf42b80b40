"""The SQLite file of all runs: its tables, and transactions on it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

BUSY_SECONDS = 10.0
TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    reason TEXT,
    recipe TEXT NOT NULL,
    created REAL NOT NULL,
    queued REAL NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 0,
    step INTEGER NOT NULL DEFAULT 0,
    steps INTEGER NOT NULL DEFAULT 0,
    samples_per_second REAL NOT NULL DEFAULT 0,
    process INTEGER,
    idempotency_key TEXT UNIQUE,
    title TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    step INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS events_of_run ON events (run, number);
CREATE TABLE IF NOT EXISTS checkpoints (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    val_loss REAL,
    val_accuracy REAL,
    best INTEGER NOT NULL,
    finite INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (run, step)
) STRICT;
CREATE TABLE IF NOT EXISTS states (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run, step)
) STRICT;
CREATE TABLE IF NOT EXISTS adopted (
    run TEXT PRIMARY KEY
) STRICT;
"""
# Columns that a file of an earlier version lacks.
ADDED = (
    ("runs", "title", "TEXT"),
    ("checkpoints", "finite", "INTEGER NOT NULL DEFAULT 1"),
)


class Database:
    """One SQLite file in write-ahead mode; any number of threads may use it."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(TABLES)
        for table, column, kind in ADDED:
            columns = self.rows("SELECT name FROM pragma_table_info(?)", table)
            if column not in {row["name"] for row in columns}:  # of an earlier version
                with suppress(sqlite3.OperationalError):  # another process was quicker
                    self._connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside, or nothing of it."""
        with self._lock, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """What a query finds."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()
