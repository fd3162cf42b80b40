"""A run is written down as it goes, and goes on from there, whatever happened to it."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest
import safetensors.torch

from app.networks.checkpoint import sha256
from app.training.candidates import build_model
from app.training.events import EpochEvent, StepEvent
from app.training.loop import Training
from app.training.recipe import OptimizerRecipe
from app.training.runs.conductor import Conductor, Lesson, Wish
from app.training.runs.moments import moments
from app.training.runs.run import Run, RunError
from app.training.runs.store import RunStore
from tests.training.runs.lessons import CPU, lesson, queued

TIMED = ("seconds", "samples_per_second")


def conduct(store: RunStore, run: Run, taught: Lesson, stop_at: int | None = None) -> Run:
    """The run after it was carried out, paused before it learns from more than so many batches."""
    asked = itertools.count()

    def wish() -> Wish | None:
        return None if stop_at is None or next(asked) < stop_at else "pause"

    Conductor(store, run, taught, CPU, wish).conduct()
    return store.run(run.id)


def curve(store: RunStore, run: Run) -> list[dict[str, object]]:
    """All that it told of its steps and epochs, without how long they took."""
    told = [*store.documents(run.id, "step"), *store.documents(run.id, "epoch")]
    return [{name: value for name, value in each.items() if name not in TIMED} for each in told]


def check_files(store: RunStore, run: Run) -> None:
    """Every file that the store tells of is there, whole."""
    folder = store.folder_of(run.id)
    for checkpoint in store.checkpoints(run.id):
        data = (folder / checkpoint.file).read_bytes()
        assert (sha256(data), len(data)) == (checkpoint.sha256, checkpoint.bytes)
    for _, file, digest in store.states(run.id):
        assert sha256((folder / file).read_bytes()) == digest


def test_what_is_kept_is_what_the_loop_tells(tmp_path: Path) -> None:
    taught = lesson()
    store, run = queued(tmp_path, taught)
    done = conduct(store, run, taught)
    assert (done.state, done.step, done.steps, done.epoch) == ("finished", 120, 120, 6)
    model = build_model(taught.architecture, taught.recipe)
    parts = (taught.training, taught.validation, taught.architecture.normalization, CPU)
    events = list(Training(model, taught.recipe, *parts).events())
    steps = [event.loss for event in events if isinstance(event, StepEvent)]
    assert [each["loss"] for each in store.documents(run.id, "step")] == steps
    losses = [event.val_loss for event in events if isinstance(event, EpochEvent)]
    assert [each["val_loss"] for each in store.documents(run.id, "epoch")] == losses
    kept = store.checkpoints(run.id)
    within = sorted(moments(20))
    assert [each.step for each in kept] == [*within, *range(20, 121, 20)]
    assert [each.epoch for each in kept] == [0] * len(within) + [1, 2, 3, 4, 5, 6]
    assert [each.val_loss for each in kept[len(within) :]] == losses
    last = safetensors.torch.load_file(tmp_path / run.id / kept[-1].file)
    for name, value in model.state_dict().items():
        assert last[name].equal(value)
    first = safetensors.torch.load_file(tmp_path / run.id / kept[0].file)
    for name, value in build_model(taught.architecture, taught.recipe).state_dict().items():
        assert first[name].equal(value)
    check_files(store, run)


def test_events_are_numbered_without_a_gap_in_their_order(tmp_path: Path) -> None:
    taught = lesson()
    store, run = queued(tmp_path, taught)
    conduct(store, run, taught)
    told = store.events(run.id)
    numbers = [each.number for each in told]
    assert numbers == sorted(set(numbers))
    states = [json.loads(each.document)["state"] for each in told if each.kind == "state"]
    assert states == ["queued", "running", "finished"]
    assert store.events(run.id, after=numbers[9]) == told[10:]
    assert len(store.events(run.id, limit=7)) == 7


def test_the_last_step_of_an_epoch_is_told_before_its_validation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.training.runs.conductor.TELL_EVERY_SECONDS", 1e9)
    taught = lesson()
    store, run = queued(tmp_path, taught)
    told: dict[int, int] = {}

    def wish() -> None:
        told.setdefault(conductor.training.step, len(store.documents(run.id, "step")))

    conductor = Conductor(store, run, taught, CPU, wish)
    conductor.conduct()
    assert [told[step] for step in range(20, 121, 20)] == [*range(20, 121, 20)]
    assert told[39] == 20


@pytest.mark.parametrize("stop_at", [0, 1, 19, 20, 21, 33, 119, 121])
def test_a_paused_run_goes_on_to_the_same_numbers(tmp_path: Path, stop_at: int) -> None:
    taught = lesson(dropout=None)
    whole, other = queued(tmp_path / "whole", taught)
    conduct(whole, other, taught)
    store, run = queued(tmp_path / "paused", taught)
    paused = conduct(store, run, taught, stop_at)
    assert paused.state == "paused"
    assert paused.step <= stop_at
    done = conduct(store, run, taught)
    assert done.state == "finished"
    assert curve(store, run) == curve(whole, other)
    mine, theirs = (each.checkpoints(which.id) for each, which in ((store, run), (whole, other)))
    assert [each.sha256 for each in mine] == [each.sha256 for each in theirs]


def test_a_flipped_bit_costs_the_newest_state_only(tmp_path: Path) -> None:
    taught = lesson()
    whole, other = queued(tmp_path / "whole", taught)
    conduct(whole, other, taught)
    store, run = queued(tmp_path / "damaged", taught)
    conduct(store, run, taught, 75)
    (step, file, _), (before, _, _) = store.states(run.id)
    assert (step, before) == (75 - 3, 60)  # three of the questions were asked while it validated
    path = tmp_path / "damaged" / run.id / file
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    conduct(store, run, taught)
    told = [each for each in store.documents(run.id, "state") if each["state"] == "running"]
    assert told[-1]["reason"] == "What was kept last is damaged; training goes on from step 60."
    assert curve(store, run) == curve(whole, other)
    for name in [file for _, file, _ in store.states(run.id)]:
        (tmp_path / "damaged" / run.id / name).write_bytes(b"")
    with pytest.raises(RunError, match="undamaged"):
        conduct(store, run, taught)


def test_a_run_that_diverges_says_so_in_valid_json(tmp_path: Path) -> None:
    taught = lesson(optimizer=OptimizerRecipe("sgd", lr=1e30), early_stopping=None)
    store, run = queued(tmp_path, taught)
    done = conduct(store, run, taught)
    assert done.state == "diverged"
    assert "smaller learning rate" in str(done.reason)
    for told in store.events(run.id):
        json.loads(told.document, parse_constant=lambda name: pytest.fail(name))


def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    """`kill -9` of a run's process at any moment, saving included, then it goes on."""
    taught = lesson()
    whole, other = queued(tmp_path / "whole", taught)
    conduct(whole, other, taught)
    chance = random.Random(0)
    store, run = queued(tmp_path / "killed", taught)
    store.close()
    killed = 0
    while killed < 50:
        child = os.fork()
        if child == 0:
            own = RunStore(tmp_path / "killed")
            Conductor(own, run, taught, CPU).conduct()
            os._exit(0)
        time.sleep(chance.uniform(0.005, 0.12))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        is_killed = os.WIFSIGNALED(status)
        killed += is_killed
        with sqlite3.connect(tmp_path / "killed" / "runs.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store = RunStore(tmp_path / "killed")
        check_files(store, run)
        if not is_killed:  # it came to its end before; another one is killed on
            assert curve(store, run) == curve(whole, other)
            run = store.create(taught.recipe.as_dict())
        store.close()
    store = RunStore(tmp_path / "killed")
    conduct(store, run, taught)
    assert curve(store, run) == curve(whole, other)


def test_runs_of_an_earlier_version_can_be_given_a_title(tmp_path: Path) -> None:
    taught = lesson()
    store, run = queued(tmp_path, taught)
    store.close()
    with sqlite3.connect(tmp_path / "runs.sqlite") as connection:
        connection.execute("ALTER TABLE runs DROP COLUMN title")
    connection.close()
    store = RunStore(tmp_path)
    assert store.run(run.id).title is None
    store.set_title(run.id, "First")
    assert store.run(run.id).title == "First"
    store.close()
