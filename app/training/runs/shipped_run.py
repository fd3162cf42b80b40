"""A finished run that ships with the program: a folder in models/runs that its card describes."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.training.runs.run import Checkpoint, Run
from app.training.runs.store import RunStore

FOLDER = "runs"
CARD_FILE = "card.json"
EVENTS_FILE = "events.jsonl"
# What a card may lack or have otherwise: of such a run nothing is taken in.
DAMAGED = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class ShippedRun:
    """What a folder holds of a run; its name is the folder's, and the run's in every store."""

    folder: Path
    card: dict[str, Any]

    @property
    def run(self) -> Run:
        """The run as it ended."""
        return Run(id=self.folder.name, process=None, **self.card["run"])

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """The moments whose weights are there, the earliest first."""
        names = set(Checkpoint.__slots__)
        return [
            Checkpoint(**{name: each[name] for name in each if name in names})
            for each in self.card["checkpoints"]
        ]

    @property
    def files(self) -> list[Path]:
        """The weights of each moment, and what is known by them already."""
        return [self.folder / each["file"] for each in self.card["files"]]

    def documents(self) -> list[dict[str, Any]]:
        """What the run told, in order."""
        lines = (self.folder / EVENTS_FILE).read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


def shipped_runs(models_dir: Path) -> Iterator[ShippedRun]:
    """Every run that ships in `models_dir`, by name."""
    for card_file in sorted((models_dir / FOLDER).glob(f"*/{CARD_FILE}")):
        yield ShippedRun(card_file.parent, json.loads(card_file.read_bytes()))


def adopt_shipped_runs(store: RunStore, models_dir: Path) -> None:
    """Takes in each run that ships, once: from then on it is a run like any other.

    One that was deleted stays so. One that is damaged, or for which there is no room, is left out:
    nobody has to see it in order to train.
    """
    try:
        for shipped in shipped_runs(models_dir):
            if not store.has_adopted(shipped.folder.name):
                _adopt(store, shipped)
    except (*DAMAGED, sqlite3.Error):
        return


def _adopt(store: RunStore, shipped: ShippedRun) -> None:
    """Copies the files of a run, then tells of them."""
    run, documents, checkpoints = shipped.run, shipped.documents(), shipped.checkpoints
    folder = store.folder_of(run.id)
    folder.mkdir(exist_ok=True)
    for file in shipped.files:
        shutil.copyfile(file, folder / file.name)
    store.adopt(run, documents, checkpoints)
