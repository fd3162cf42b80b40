"""The one file of all runs, where an earlier version of the program wrote it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.training.runs.run import Checkpoint
from app.training.runs.store import FILE, RunStore
from tests.training.runs.lessons import RECIPE

KEPT = Checkpoint(7, 0, "weights-0000007.safetensors", "ab", 12, None, None, best=False)


def test_a_file_of_an_earlier_version_gets_the_columns_that_it_lacks(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = store.create(RECIPE.as_dict())
    store.add_checkpoint(run.id, KEPT)
    store.close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("ALTER TABLE runs DROP COLUMN title")
        connection.execute("ALTER TABLE checkpoints DROP COLUMN finite")
        connection.commit()
    store = RunStore(tmp_path)
    assert store.runs() == [run]
    assert store.checkpoints(run.id) == [KEPT]
    lost = replace(KEPT, step=8, finite=False)
    store.add_checkpoint(run.id, lost)
    assert store.checkpoints(run.id) == [KEPT, lost]
    store.close()
