"""What is kept of all runs: one SQLite file, and a folder of tensors for each run.

The one place that knows either. Several processes may use it at once: the server that asks, and the
process of the run that goes on. SQLite's write-ahead log lets one write while the others read, and
a kill at any moment leaves the last transaction that ended.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from uuid import uuid4

from app.training.runs.database import Database
from app.training.runs.run import Checkpoint, Run, RunError, Told, UnknownRun

FILE = "runs.sqlite"


class RunStore:
    """The runs of one folder; any number of threads may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._database = Database(folder / FILE)

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()

    # —— runs ——

    def create(self, recipe: Mapping[str, Any], key: str | None = None) -> Run:
        """A new run in the queue; of a key that was given before, the run that it made.

        Raises: RunError when the key was given with another recipe.
        """
        text = json.dumps(recipe)
        with self._database.transaction() as connection:
            query = "SELECT * FROM runs WHERE idempotency_key = ?"
            known = self._database.rows(query, key) if key else []
            if known:
                if known[0]["recipe"] != text:
                    raise RunError("This Idempotency-Key was given with another recipe.")
                return Run.of_row(known[0])
            run, now = uuid4().hex[:12], time.time()
            connection.execute(
                "INSERT INTO runs (id, state, recipe, created, queued, idempotency_key)"
                " VALUES (?, 'queued', ?, ?, ?, ?)",
                (run, text, now, now, key),
            )
            self._tell(connection, run, 0, _state("queued"))
        return self.run(run)

    def has_adopted(self, run: str) -> bool:
        """Whether a run of this name was taken in before, even if it has been deleted since."""
        return bool(self._database.rows("SELECT 1 FROM adopted WHERE run = ?", run))

    def adopt(
        self, run: Run, documents: Iterable[Mapping[str, Any]], checkpoints: Iterable[Checkpoint]
    ) -> None:
        """Takes in a whole run from elsewhere, whose files are there, with all that it told."""
        values = {**asdict(run), "recipe": json.dumps(run.recipe), "queued": run.created}
        marks = ", ".join("?" * len(values))
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO adopted VALUES (?)", (run.id,))
            connection.execute(
                f"INSERT INTO runs ({', '.join(values)}) VALUES ({marks})", (*values.values(),)
            )
            for document in documents:
                self._tell(connection, run.id, document.get("step", run.step), document)
            for checkpoint in checkpoints:
                self._add_checkpoint(connection, run.id, checkpoint)

    def knows(self, key: str | None) -> bool:
        """Whether a run was made with this key."""
        return bool(self._database.rows("SELECT 1 FROM runs WHERE idempotency_key = ?", key))

    def runs(self) -> list[Run]:
        """Every run, the newest first."""
        rows = self._database.rows("SELECT * FROM runs ORDER BY created DESC, id")
        return [Run.of_row(row) for row in rows]

    def run(self, run: str) -> Run:
        """One run. Raises: UnknownRun."""
        rows = self._database.rows("SELECT * FROM runs WHERE id = ?", run)
        if not rows:
            raise UnknownRun("There is no run of that name.")
        return Run.of_row(rows[0])

    def next_queued(self) -> Run | None:
        """Whose turn it is: who has waited longest."""
        rows = self._database.rows(
            "SELECT * FROM runs WHERE state = 'queued' ORDER BY queued LIMIT 1"
        )
        return Run.of_row(rows[0]) if rows else None

    def set_state(
        self, run: str, state: str, reason: str | None = None, process: int | None = None
    ) -> None:
        """The run is in this state from now on, and everyone is told."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE runs SET state = ?, reason = ?, process = ?,"
                " queued = CASE WHEN ? = 'queued' THEN ? ELSE queued END WHERE id = ?",
                (state, reason, process, state, time.time(), run),
            )
            self._tell(connection, run, self.run(run).step, _state(state, reason))

    def set_title(self, run: str, title: str | None) -> None:
        """The run is kept under this name."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE runs SET title = ? WHERE id = ?", (title, run))

    def end_living(self, reason: str) -> None:
        """Every run that should have a process has none: it failed, for this reason."""
        for run in self.runs():
            if run.state == "running":
                self.set_state(run.id, "failed", reason)

    def delete(self, run: str) -> None:
        """The run, its events and its files are gone. Raises: UnknownRun."""
        self.run(run)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM runs WHERE id = ?", (run,))
        shutil.rmtree(self.folder_of(run), ignore_errors=True)

    # —— what a run tells ——

    @staticmethod
    def _tell(connection: Connection, run: str, step: int, document: Mapping[str, Any]) -> None:
        """Writes one event."""
        connection.execute(
            "INSERT INTO events (run, kind, step, document) VALUES (?, ?, ?, ?)",
            (run, document["kind"], step, json.dumps(document)),
        )

    def tell(self, run: str, step: int, documents: Iterable[Mapping[str, Any]]) -> None:
        """Keeps what a run's process tells, in order, all in one transaction.

        Args:
            step: how many batches it has learned from by then.
            documents: events as plain values, each with its kind.
        """
        with self._database.transaction() as connection:
            for document in documents:
                self._tell(connection, run, document.get("step", step), document)
                if document["kind"] == "step":
                    connection.execute(
                        "UPDATE runs SET epoch = ?, step = ?, steps = ?, samples_per_second = ?"
                        " WHERE id = ?",
                        (
                            *(document[name] for name in ("epoch", "step", "steps")),
                            *(document["samples_per_second"], run),
                        ),
                    )

    def events(self, run: str, after: int = 0, limit: int = 1_000) -> list[Told]:
        """What a run has told after the event of this number, the earliest first."""
        rows = self._database.rows(
            "SELECT number, kind, document FROM events WHERE run = ? AND number > ?"
            " ORDER BY number LIMIT ?",
            *(run, after, limit),
        )
        return [Told(*row) for row in rows]

    def documents(self, run: str, kind: str) -> list[dict[str, Any]]:
        """All that a run has told of one kind, the earliest first."""
        query = "SELECT document FROM events WHERE run = ? AND kind = ? ORDER BY number"
        return [json.loads(row["document"]) for row in self._database.rows(query, run, kind)]

    def last_document(self, run: str, kind: str) -> dict[str, Any] | None:
        """What a run has told last of one kind."""
        query = "SELECT MAX(number), document FROM events WHERE run = ? AND kind = ?"
        text = self._database.rows(query, run, kind)[0]["document"]
        return text and dict(json.loads(text))

    # —— files ——

    def folder_of(self, run: str) -> Path:
        """Where the tensors of a run are."""
        return self.folder / run

    def add_checkpoint(self, run: str, checkpoint: Checkpoint) -> None:
        """Keeps what there is to know of weights whose file is there."""
        with self._database.transaction() as connection:
            self._add_checkpoint(connection, run, checkpoint)

    @staticmethod
    def _add_checkpoint(connection: Connection, run: str, checkpoint: Checkpoint) -> None:
        """Writes one moment."""
        values = {"run": run, **asdict(checkpoint)}
        marks = ", ".join("?" * len(values))
        query = f"INSERT OR REPLACE INTO checkpoints ({', '.join(values)}) VALUES ({marks})"
        connection.execute(query, (*values.values(),))

    def checkpoints(self, run: str) -> list[Checkpoint]:
        """The weights that are kept of a run, the earliest first."""
        rows = self._database.rows("SELECT * FROM checkpoints WHERE run = ? ORDER BY step", run)
        return [Checkpoint.of_row(row) for row in rows]

    def best_checkpoints(self) -> dict[str, Checkpoint]:
        """By run, the moment that validated best; a run without an epoch has none."""
        rows = self._database.rows("SELECT * FROM checkpoints WHERE best ORDER BY step")
        return {row["run"]: Checkpoint.of_row(row) for row in rows}

    def add_state(self, run: str, step: int, file: str, sha256: str, keep: int = 2) -> None:
        """Keeps that a run has written itself down, and forgets all but the newest few."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO states VALUES (?, ?, ?, ?)", (run, step, file, sha256)
            )
            rows = self._database.rows("SELECT * FROM states WHERE run = ? ORDER BY step DESC", run)
            for row in rows[keep:]:
                connection.execute(
                    "DELETE FROM states WHERE run = ? AND step = ?", (run, row["step"])
                )
                (self.folder_of(run) / row["file"]).unlink(missing_ok=True)

    def states(self, run: str) -> list[tuple[int, str, str]]:
        """Where a run can be taken up: step, file and SHA-256, the newest first."""
        rows = self._database.rows("SELECT * FROM states WHERE run = ? ORDER BY step DESC", run)
        return [(row["step"], row["file"], row["sha256"]) for row in rows]

    def forget_after(self, run: str, step: int) -> None:
        """What a run told and kept after this step is gone: it will be told again."""
        with self._database.transaction() as connection:
            for table in ("checkpoints", "states"):
                connection.execute(f"DELETE FROM {table} WHERE run = ? AND step > ?", (run, step))
            connection.execute(
                "DELETE FROM events WHERE run = ? AND step > ? AND kind != 'state'", (run, step)
            )
            connection.execute("UPDATE runs SET step = ? WHERE id = ?", (max(step, 0), run))

    def used_bytes(self) -> int:
        """How much room all runs take up."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def _state(state: str, reason: str | None = None) -> dict[str, Any]:
    """The event of a change of state."""
    return {"kind": "state", "state": state, "reason": reason}
