"""The process of one run: `python -m app.training.runs.process FOLDER …`.

The first line of its standard input names the run, each further one is a wish ("pause" or
"cancel"); when it ends, whoever asked for the run is gone, and the run pauses. On its standard
output there is an empty line whenever something new is in the store; the last line of its standard
error says why it failed.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue

import torch

from app.networks.device import DeviceError, resolve_device
from app.networks.shelf import Places
from app.training.absent_compiler import keep_compiler_out
from app.training.datasets import split
from app.training.freed_memory import keep_freed_memory
from app.training.mnist import DataError
from app.training.optimizers import build_optimizer
from app.training.pictures.lesson import images_of
from app.training.recipe import OptimizerRecipe, Recipe
from app.training.runs.child import WAITS_SECONDS
from app.training.runs.conductor import Conductor, Lesson, Wish
from app.training.runs.reserve import DISK_FULL, Reserve, is_full
from app.training.runs.run import Run, RunError
from app.training.runs.store import RunStore
from app.training.runs.transfer_source import TransferSource
from app.training.variant import RecipeError, architecture_of

# More than whoever gives it a run counts with.
GRACE_SECONDS = 30.0
WRONG = (RunError, RecipeError, DataError, DeviceError)


class Wishes:
    """What is wished for on the standard input, read in a thread of its own."""

    def __init__(self) -> None:
        self.wish: Wish | None = None
        self._runs: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def run(self) -> str | None:
        """Which run is to be carried out, once it is named; None where none is."""
        try:
            return self._runs.get(timeout=WAITS_SECONDS + GRACE_SECONDS) or None
        except Empty:
            return None

    def _read(self) -> None:
        self._runs.put(sys.stdin.readline().strip())
        for line in sys.stdin:
            word = line.strip()
            if word in ("pause", "cancel"):
                self.wish = "cancel" if word == "cancel" else "pause"
        self.wish = self.wish or "abandon"


def main() -> int:
    """Carries out one run, and returns the exit status."""
    parser = argparse.ArgumentParser(description="Carry out one training run.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--models-dir", type=Path, required=True)
    parser.add_argument("--weights-dir", type=Path)
    parser.add_argument("--device", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--niceness", type=int, default=0)
    given = parser.parse_args()
    if hasattr(os, "nice"):
        os.nice(given.niceness)
    keep_freed_memory()
    keep_compiler_out()
    wishes = Wishes()
    build_optimizer(torch.nn.Linear(1, 1), OptimizerRecipe())  # the first one loads much of PyTorch
    if (name := wishes.run()) is None:
        return 0
    store = RunStore(given.folder)
    try:
        torch.set_num_threads(given.threads)
        device = resolve_device(given.device)
        run = store.run(name)
        lesson = lesson_of(run, given.data_dir, given.models_dir)
        if lesson.recipe.transfer and not store.states(run.id):
            source = TransferSource(store, Places(given.models_dir, given.weights_dir))
            lesson = replace(lesson, weights=source.weights(lesson.recipe.transfer))
        conductor = Conductor(store, run, lesson, device, lambda: wishes.wish, _announce)
        conductor.conduct(os.getpid())
    except WRONG as error:
        return _fail(store, name, str(error))
    except (OSError, sqlite3.OperationalError) as error:
        return _fail(store, name, _disk_sentence(error))
    return 0


def lesson_of(run: Run, data_dir: Path, models_dir: Path) -> Lesson:
    """What a run learns by its recipe.

    Raises: DataError where its data are not there; RecipeError where it cannot be carried out.
    """
    recipe = Recipe.from_dict(run.recipe)
    images = images_of(recipe, data_dir, models_dir)
    training, validation = split(images, recipe.split, recipe.split_seed)
    return Lesson(architecture_of(recipe), recipe, training, validation)


def _announce() -> None:
    """Something new is in the store. Where nobody listens any more, nobody need be told."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except BrokenPipeError:
        pass


def _disk_sentence(error: OSError | sqlite3.OperationalError) -> str:
    """Why writing failed."""
    return DISK_FULL if is_full(error) else f"What it tells could not be written: {error}."


def _fail(store: RunStore, run: str, reason: str) -> int:
    """Tells why the run failed: in the store, and where that cannot be written to, beside it."""
    sys.stderr.write(reason + "\n")
    try:
        Reserve(store.folder).spend(lambda: store.set_state(run, "failed", reason))
    except sqlite3.Error:
        return 1
    _announce()
    return 1


if __name__ == "__main__":
    status = main()
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)  # all is kept, and whoever waits would wait for PyTorch to be taken down
