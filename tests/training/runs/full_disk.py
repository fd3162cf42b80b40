"""A run on a disk that is full, and then is not: `python -m tests.training.runs.full_disk FOLDER`.

What becomes of it is told in one line of JSON. The folder is a small file system of its own.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from app.networks.checkpoint import sha256
from app.training.recipe import Recipe
from app.training.runs.plan import Plan
from app.training.runs.run import LIVING, Run, RunError
from app.training.runs.supervisor import Supervisor
from tests.places import ROOT

RECIPE = Recipe(network="lenet5", dataset="mnist-subset", epochs=3, batch_size=300, split=0.25)
PATIENCE_SECONDS = 120.0


def ended(supervisor: Supervisor, run: str) -> Run:
    """The run, once it neither waits nor goes on."""
    end = time.monotonic() + PATIENCE_SECONDS
    while (now := supervisor.store.run(run)).state in LIVING:
        assert time.monotonic() < end, now
        time.sleep(0.02)
    return now


def damaged(supervisor: Supervisor, run: str) -> list[str]:
    """The files that the store tells of and that are not what was kept."""
    folder = supervisor.store.folder_of(run)
    told = [(each.file, each.sha256) for each in supervisor.store.checkpoints(run)]
    told += [(file, digest) for _, file, digest in supervisor.store.states(run)]
    return [file for file, digest in told if sha256((folder / file).read_bytes()) != digest]


def losses(supervisor: Supervisor, run: str) -> list[float]:
    """The loss of every step."""
    return [each["loss"] for each in supervisor.store.documents(run, "step")]


def fill(ballast: Path, but: int) -> None:
    """Fills the disk, all but so many bytes."""
    with ballast.open("ab", buffering=0) as file:
        for size in (1 << 16, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
        file.truncate(max(0, file.tell() - but))


def main(folder: Path, but: int) -> dict[str, Any]:
    """Trains on a disk that has so many bytes left, makes room, and goes on."""
    supervisor = Supervisor(Plan(folder, ROOT / "models", "cpu", 1, 10**9))
    told: dict[str, Any] = {}
    ballast = folder / "ballast"
    fill(ballast, 0)
    try:
        supervisor.start(RECIPE.as_dict())
    except RunError as error:
        told["refused"] = str(error)
    fill(ballast, but)
    run = supervisor.start(RECIPE.as_dict()).id
    fill(ballast, but)  # what is kept for the last word aside
    full = ended(supervisor, run)
    told |= {"state": full.state, "reason": full.reason, "damaged": damaged(supervisor, run)}
    told["partial"] = [path.name for path in folder.rglob("*.part")]
    ballast.unlink()
    supervisor.resume(run)
    then = ended(supervisor, run)
    told |= {"then": [then.state, then.reason], "losses": losses(supervisor, run)}
    whole = supervisor.start(RECIPE.as_dict()).id
    ended(supervisor, whole)
    told["whole"] = losses(supervisor, whole)
    told["damaged then"] = damaged(supervisor, run)
    fill(ballast, 0)
    supervisor.delete(whole)
    told["runs"] = [each.id for each in supervisor.store.runs()] == [run]
    supervisor.close()
    with sqlite3.connect(folder / "runs" / "runs.sqlite") as connection:
        told["integrity"] = connection.execute("PRAGMA integrity_check").fetchone()[0]
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
