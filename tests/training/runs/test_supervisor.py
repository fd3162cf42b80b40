"""Real processes of runs: queued, paused, cancelled, killed, owned by one server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.training.recipe import Recipe
from app.training.runs.child import Child, is_alive
from app.training.runs.conductor import PAUSED, PAUSES
from app.training.runs.plan import Plan
from app.training.runs.run import Run, RunError, StoreBusy, StoreFull, UnknownRun
from app.training.runs.spare import Spare
from app.training.runs.store import RunStore
from app.training.runs.supervisor import Supervisor
from tests.places import ROOT

PATIENCE_SECONDS = 240.0
RECIPE = Recipe(network="lenet5", dataset="mnist-subset", epochs=3, batch_size=500, split=0.5)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A folder of its own, and the digits that ship."""
    return Plan(tmp_path, ROOT / "models", "cpu", 1, 10**9)


@pytest.fixture
def supervisor(plan: Plan) -> Iterator[Supervisor]:
    """One that is closed at the end."""
    supervisor = Supervisor(plan)
    yield supervisor
    supervisor.close()


def until(is_so: Callable[[], bool]) -> None:
    """Waits for a state."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def started(supervisor: Supervisor, **changes: object) -> Run:
    """A run with the recipe changed so."""
    return supervisor.start(replace(RECIPE, **changes).as_dict())  # type: ignore[arg-type]  # fields of the recipe


def test_runs_go_on_one_after_another(supervisor: Supervisor) -> None:
    store = supervisor.store
    heard = 0

    def listen() -> None:
        nonlocal heard
        heard += 1

    stop = supervisor.listen(listen)
    first, second, third = (started(supervisor, seed=seed, epochs=1) for seed in range(3))
    until(lambda: store.run(first.id).state == "running")
    assert [store.run(each.id).state for each in (second, third)] == ["queued", "queued"]
    assert supervisor.cancel(third.id).state == "cancelled"
    with pytest.raises(RunError, match="cancelled already"):
        supervisor.cancel(third.id)
    until(lambda: store.run(second.id).state == "finished")
    assert store.run(first.id).state == "finished"
    assert store.documents(first.id, "epoch")[0]["val_accuracy"] > 0.05
    assert heard > 10
    stop()
    with pytest.raises(RunError, match="paused or failed"):
        supervisor.resume(first.id)
    supervisor.delete(first.id)
    assert not store.folder_of(first.id).exists()
    with pytest.raises(UnknownRun):
        store.run(first.id)


def test_a_run_pauses_goes_on_and_is_cancelled(supervisor: Supervisor) -> None:
    store = supervisor.store
    run = started(supervisor, epochs=50)
    until(lambda: store.run(run.id).step > 2)
    paused = supervisor.pause(run.id)
    assert paused.state == "paused"
    assert paused.process is None
    assert supervisor.resume(run.id).state == "queued"
    until(lambda: store.run(run.id).step > paused.step)
    assert supervisor.cancel(run.id).state == "cancelled"
    other = started(supervisor, epochs=50)
    until(lambda: supervisor.store.next_queued() is not None)
    assert supervisor.cancel(other.id).state == "cancelled"  # its process has just begun


def test_a_run_goes_on_that_is_resumed_before_its_process_has_ended(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.training.runs.supervisor.GRACE_SECONDS", 0.0)
    run = started(supervisor, epochs=500)

    def state() -> str:
        return supervisor.store.run(run.id).state

    until(lambda: state() == "running")
    supervisor.pause(run.id)
    until(lambda: state() == "paused")
    supervisor.resume(run.id)
    until(lambda: state() != "queued")
    assert state() == "running"


def test_a_run_is_cancelled_whatever_its_process_is_at(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = supervisor.store
    run = started(supervisor, epochs=500)
    until(lambda: store.run(run.id).step > 0)
    process = store.run(run.id).process
    assert process
    os.kill(process, signal.SIGSTOP)  # it hears nothing
    with monkeypatch.context() as patched:
        patched.setattr(Child, "kill", lambda child: None)  # and takes long to go
        assert supervisor.cancel(run.id).state == "cancelled"
    assert is_alive(process)
    following = started(supervisor, epochs=1)
    os.kill(process, signal.SIGKILL)
    until(lambda: store.run(following.id).state == "finished")
    states = [each["state"] for each in store.documents(run.id, "state")]
    assert states == ["queued", "running", "cancelled"]


def numbers(spare: Spare) -> list[int]:
    """The system's number of the process that is ready, if one is."""
    return [] if spare.number is None else [spare.number]


def test_a_run_that_is_expected_has_its_process_ready(supervisor: Supervisor) -> None:
    spare = supervisor.spare
    spare.renew()
    assert numbers(spare) == []  # nobody said that there will be a run
    spare.expect()
    (ready,) = numbers(spare)
    spare.expect()
    assert numbers(spare) == [ready]
    run = started(supervisor, epochs=50)
    until(lambda: supervisor.store.run(run.id).state == "running")
    assert supervisor.store.run(run.id).process == ready
    assert numbers(spare) == []
    supervisor.pause(run.id)
    until(lambda: numbers(spare) != [])
    os.kill(numbers(spare)[0], signal.SIGKILL)
    until(lambda: numbers(spare) == [])
    supervisor.resume(run.id)  # by another one
    until(lambda: supervisor.store.run(run.id).state == "running")
    spare.expect()
    (last,) = numbers(spare)
    spare.close()
    assert not is_alive(last)
    spare.renew()
    assert numbers(spare) == []


def test_a_run_is_paused_before_its_process_can_begin(supervisor: Supervisor) -> None:
    store = supervisor.store
    supervisor.spare.expect()
    (ready,) = numbers(supervisor.spare)
    os.kill(ready, signal.SIGSTOP)  # it cannot read that there is a run
    run = started(supervisor, epochs=1)
    until(lambda: numbers(supervisor.spare) == [])  # it has been given the run
    paused = supervisor.pause(run.id)
    assert (paused.state, paused.process, store.states(run.id)) == ("paused", None, [])
    assert not is_alive(ready)
    supervisor.resume(run.id)
    until(lambda: store.run(run.id).state == "finished")
    assert [each["step"] for each in store.documents(run.id, "step")] == list(range(1, 7))


def test_a_killed_process_is_told_and_its_run_goes_on(supervisor: Supervisor) -> None:
    store = supervisor.store
    run = started(supervisor, epochs=2)
    until(lambda: store.run(run.id).epoch == 2)
    process = store.run(run.id).process
    assert process is not None
    os.kill(process, signal.SIGKILL)
    until(lambda: store.run(run.id).state == "failed")
    assert "without a word" in str(store.run(run.id).reason)
    supervisor.resume(run.id)
    until(lambda: store.run(run.id).state == "finished")
    assert [each["step"] for each in store.documents(run.id, "step")] == list(range(1, 13))


def test_a_recipe_without_its_data_fails_in_a_sentence(supervisor: Supervisor) -> None:
    run = started(supervisor, dataset="fashion-mnist")
    until(lambda: supervisor.store.run(run.id).state == "failed")
    assert "python -m app data" in str(supervisor.store.run(run.id).reason)


def test_the_room_and_the_folder_are_limited(supervisor: Supervisor, plan: Plan) -> None:
    with pytest.raises(StoreBusy, match="Another server"):
        Supervisor(plan)
    supervisor.plan = replace(plan, max_runs_bytes=10)
    with pytest.raises(StoreFull, match="at most 10 may be used; delete a run"):
        started(supervisor)


def test_a_key_is_a_run(supervisor: Supervisor) -> None:
    recipe = RECIPE.as_dict()
    first = supervisor.start(recipe, "one")
    assert supervisor.start(recipe, "one").id == first.id
    with pytest.raises(RunError, match="another recipe"):
        supervisor.start({**recipe, "seed": 7}, "one")
    supervisor.plan = replace(supervisor.plan, max_runs_bytes=1)
    assert supervisor.start(recipe, "one").id == first.id  # nothing new needs room
    assert len(supervisor.store.runs()) == 1


SERVER = """
import json, sys, time
from pathlib import Path
from app.training.runs.plan import Plan
from app.training.runs.store import RunStore
from app.training.runs.supervisor import Supervisor
folder, models, recipe = sys.argv[1:]
plan = Plan(Path(folder).parent, Path(models), "cpu", 1, 10**9)
print(Supervisor(plan).start(json.loads(recipe)).id, flush=True)
time.sleep(600)
"""


def test_a_killed_server_leaves_its_run_paused_and_the_next_one_goes_on(plan: Plan) -> None:
    recipe = json.dumps(replace(RECIPE, epochs=2).as_dict())
    command = [sys.executable, "-c", SERVER, str(plan.folder), str(plan.models_dir), recipe]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        run = server.stdout.readline().strip()
        store = RunStore(plan.folder)
        until(lambda: store.run(run).step > 1)
        server.kill()
    supervisor = Supervisor(plan)
    left = supervisor.store.run(run)
    assert (left.state, left.reason) == ("paused", PAUSES["abandon"])
    supervisor.resume(run)
    until(lambda: store.run(run).state == "finished")
    assert [each["step"] for each in store.documents(run, "step")] == list(range(1, 13))
    supervisor.close()
    store.close()


def test_a_server_that_ends_pauses_its_run(plan: Plan) -> None:
    first = Supervisor(plan)
    run = started(first, epochs=50)
    until(lambda: first.store.run(run.id).step > 1)
    first.close()
    second = Supervisor(plan)
    left = second.store.run(run.id)
    assert (left.state, left.reason) == ("paused", PAUSED)
    second.close()
