"""The Train page where the room is used up: a run too long for a chart, and old ones to delete."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import expect

from app.training.recipe import Recipe
from app.training.runs.store import RunStore
from tests.pages.rest import until
from tests.pages.watch import Watch
from tests.server import serve

# The page keeps 16,384 at most.
EPOCHS, STEPS_PER_EPOCH = 4, 5_000
STEPS = EPOCHS * STEPS_PER_EPOCH
OLD_RUNS, OLD_BYTES, MOST_BYTES = 6, 8_000_000, 40_000_000
RECIPE = Recipe(dataset="mnist-subset", epochs=EPOCHS, batch_size=1)


def loss_of(step: int) -> float:
    """Another one for every step."""
    return 2.5 / (1 + step / 700) + step % 7 / 1000


def tell_long_run(store: RunStore) -> None:
    """A finished run of many steps, as its process would have told them; no weights are kept."""
    run = store.create(RECIPE.as_dict()).id
    for epoch in range(1, EPOCHS + 1):
        last = epoch * STEPS_PER_EPOCH
        usual = {"epoch": epoch, "gradient_norm": 1.0, "lr": 0.001, "samples_per_second": 900.0}
        steps = [
            {"kind": "step", "step": step, "steps": STEPS, "loss": loss_of(step), **usual}
            for step in range(last - STEPS_PER_EPOCH + 1, last + 1)
        ]
        judged = {"train_loss": 1.0, "val_loss": 1 / epoch, "val_accuracy": 0.9, "best": True}
        store.tell(run, last, [*steps, {"kind": "epoch", "seconds": 5.0, **usual, **judged}])
    store.set_state(run, "finished")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Runs that take up more room than they may: six old ones, and the long one."""
    store = RunStore(tmp_path / "runs")
    for seed in range(OLD_RUNS):
        old = store.create(Recipe(network="lenet5", dataset="mnist-subset", seed=seed).as_dict())
        store.folder_of(old.id).mkdir()
        with (store.folder_of(old.id) / "weights-0000000.safetensors").open("wb") as file:
            file.truncate(OLD_BYTES)  # it takes up no room on the disk
        store.set_state(old.id, "finished")
    tell_long_run(store)
    store.close()
    return tmp_path


@pytest.fixture
def origin(folder: Path) -> Iterator[str]:
    """A server of that folder."""
    settings = {
        "CONVOSCOPE_DATA_DIR": str(folder),
        "CONVOSCOPE_MAX_RUNS_BYTES": str(MOST_BYTES),
        "CONVOSCOPE_SHIPS_RUNS": "false",
    }
    with serve(folder / "server.log", settings) as server:
        yield server.url


def test_a_long_run_is_taken_home_whole_and_old_ones_make_room(
    visit: Any, origin: str, watch: Watch, tmp_path: Path
) -> None:
    api = httpx2.Client(base_url=f"{origin}/api/v1", timeout=60, trust_env=False)
    page = visit(f"{origin}/train")
    rows = page.locator(".train-run")
    expect(rows).to_have_count(OLD_RUNS + 1)
    expect(rows.first).to_have_class(re.compile("is-shown"))
    expect(page.locator(".train-where")).to_contain_text("step 20,000 of 20,000")
    # The charts have no room for every step; the table has them all, and each epoch at its end.
    with page.expect_download() as download:
        page.get_by_role("button", name="Curves as CSV").click()
    download.value.save_as(tmp_path / "curves.csv")
    with (tmp_path / "curves.csv").open() as file:
        table = list(csv.DictReader(file))
    assert [int(each["step"]) for each in table] == list(range(1, STEPS + 1))
    assert [float(each["loss"]) for each in table] == pytest.approx(
        [loss_of(step) for step in range(1, STEPS + 1)], rel=1e-6
    )
    ends = {int(each["step"]): float(each["val_loss"]) for each in table if each["val_loss"]}
    assert ends == pytest.approx({n * STEPS_PER_EPOCH: 1 / n for n in range(1, EPOCHS + 1)})

    # There is no room for another: that is said with the numbers, and the way out stands beside it.
    watch.expect("status of 409 .*/runs")
    for name, text in {"epochs": "1", "batch size": "400"}.items():
        field = page.get_by_role("spinbutton", name=name, exact=True).first
        field.fill(text)
        field.press("Tab")
    page.locator(".train-start").click()
    problem = page.locator(".train-problem")
    expect(problem).to_contain_text("at most 40,000,000 may be used")
    way = problem.get_by_role("button", name="Delete the 5 oldest runs")
    way.click()
    expect(rows).to_have_count(2)
    undo = page.locator(".train-undo")
    expect(undo).to_contain_text("5 runs were deleted.")
    undo.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(OLD_RUNS + 1)
    expect(undo).to_have_count(0)
    assert len(api.get("/runs").json()) == OLD_RUNS + 1
    # Whoever starts a run means it: they are gone for good before it begins.
    kept = [run["id"] for run in api.get("/runs").json()][:2]
    way.click()
    expect(rows).to_have_count(2)
    page.locator(".train-start").click()
    expect(rows).to_have_count(3)
    expect(problem).to_have_count(0)
    until(page, lambda: [run["id"] for run in api.get("/runs").json()][1:] == kept)
    expect(page).not_to_have_url(re.compile(f"run={kept[0]}"))
    page.close()
    api.close()
