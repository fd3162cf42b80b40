"""The process of a run: wishes in an order that is forced, and a disk with no room for a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.networks.checkpoint import sha256
from app.training.recipe import Recipe
from app.training.runs.run import Run
from app.training.runs.store import RunStore
from tests.places import ROOT

RECIPE = Recipe(network="lenet5", dataset="mnist-subset", epochs=2, batch_size=300, split=0.25)
FULL = Path("/dev/full")
PATIENCE_SECONDS = 240.0


def begun(folder: Path) -> tuple[RunStore, Run]:
    """A store with a run that no process has taken up."""
    store = RunStore(folder)
    return store, store.create(RECIPE.as_dict())


def command_of(folder: Path, *options: str) -> list[str]:
    """What starts a process for a run of a store.

    Args:
        options: Python's own.
    """
    command = [sys.executable, *options, "-m", "app.training.runs.process", str(folder)]
    command += ["--data-dir", str(folder), "--models-dir", str(ROOT / "models")]
    return [*command, "--device", "cpu", "--threads", "1"]


def carried_out(store: RunStore, run: Run, *wishes: str, full: str | None = None) -> str:
    """What a process complains about that is given a run, and all wishes before it can begin.

    Args:
        full: a file of the run's for which there is no room.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command_of(store.folder),
        cwd=ROOT,
        stdin=pipe,
        stdout=subprocess.DEVNULL,
        stderr=pipe,
        text=True,
    ) as process:
        if full is not None:  # every byte written there finds the disk full
            store.folder_of(run.id).mkdir(exist_ok=True)
            (store.folder_of(run.id) / f".{full}.{process.pid}.part").symlink_to(FULL)
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write("".join(f"{line}\n" for line in (run.id, *wishes)))
        process.stdin.flush()
        said = process.stderr.read().strip()  # until it ends
        assert process.wait(PATIENCE_SECONDS) == (1 if said else 0)
    return said


def losses(store: RunStore, run: Run) -> list[float]:
    """The loss of every step."""
    return [each["loss"] for each in store.documents(run.id, "step")]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[float]:
    """The losses of a run that nothing stopped."""
    store, run = begun(tmp_path_factory.mktemp("whole"))
    assert carried_out(store, run) == ""
    assert store.run(run.id).state == "finished"
    found = losses(store, run)
    store.close()
    return found


def test_one_that_is_ready_has_not_loaded_the_compiler(tmp_path: Path) -> None:
    """With an optimizer built, and no run to carry out."""
    done = subprocess.run(
        command_of(tmp_path, "-X", "importtime"),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"torch.optim.adam", "app.training.absent_compiler"} <= loaded
    assert "torch._dynamo.convert_frame" not in loaded


def test_a_pause_that_comes_before_the_first_batch_is_kept(
    tmp_path: Path, whole: list[float]
) -> None:
    store, run = begun(tmp_path)
    for _ in range(2):  # taken up and paused at once again
        assert carried_out(store, run, "pause") == ""
        now = store.run(run.id)
        assert (now.state, now.step, now.process) == ("paused", 0, None)
        assert [step for step, _, _ in store.states(run.id)] == [0]
    assert carried_out(store, run) == ""
    assert (store.run(run.id).state, losses(store, run)) == ("finished", whole)
    store.close()


def test_a_cancel_that_comes_before_the_first_batch_ends_the_run(tmp_path: Path) -> None:
    store, run = begun(tmp_path)
    assert carried_out(store, run, "cancel") == ""
    assert (store.run(run.id).state, losses(store, run)) == ("cancelled", [])
    store.close()


FILES = ("weights-0000000.safetensors", "weights-0000005.safetensors", "state-0000005.safetensors")


@pytest.mark.parametrize("file", FILES if FULL.exists() else [])
def test_a_file_for_which_there_is_no_room_costs_nothing_that_was_kept(
    file: str, tmp_path: Path, whole: list[float]
) -> None:
    store, run = begun(tmp_path)
    sentence = "There is no room left on the disk; what was kept before is whole."
    assert carried_out(store, run, full=file) == sentence
    now, folder = store.run(run.id), store.folder_of(run.id)
    assert (now.state, now.reason) == ("failed", sentence)
    kept = {each.file: each.sha256 for each in store.checkpoints(run.id)}
    kept |= {name: digest for _, name, digest in store.states(run.id)}
    assert {path.name for path in folder.iterdir()} == kept.keys()
    assert all(sha256((folder / name).read_bytes()) == digest for name, digest in kept.items())
    assert carried_out(store, run) == ""
    assert (store.run(run.id).state, losses(store, run)) == ("finished", whole)
    store.close()
