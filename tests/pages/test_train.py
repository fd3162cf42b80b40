"""The Train page: a real training from its start to its moments, checked by the API's numbers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.network import number
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import DESKTOP, PHONE

# A process has to start, and two cores may be testing all at once.
TRAINED_MS = 120_000
SHORT = {"epochs": "2", "batch size": "400"}
STEPS = 24


class TrainPage:
    """A page at `/train`, once the run that it opens with is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.expect_state("finished")

    @property
    def slider(self) -> Locator:
        return self.page.get_by_role("slider", name="Moment of the run")

    @property
    def shown(self) -> Locator:
        return self.page.locator(".moment-text")

    @property
    def run(self) -> str:
        found = re.search(r"run=(\w+)", self.page.url)
        assert found, self.page.url
        return found[1]

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def expect_state(self, *states: str) -> None:
        state = self.page.locator(".train-state")
        expect(state).to_have_text(re.compile("|".join(states)), timeout=TRAINED_MS)

    def choose(self, **choices: str) -> None:
        """Types numbers into the recipe's fields, named with underscores for blanks."""
        for name, text in choices.items():
            field = self.page.get_by_role("spinbutton", name=name.replace("_", " "), exact=True)
            field.first.fill(text)
            field.first.press("Tab")

    def start(self) -> str:
        """Starts a run; its id, once it is shown."""
        before = self.run
        self.page.locator(".train-start").click()
        expect(self.page).not_to_have_url(re.compile(f"run={before}(&|$)"))
        return self.run

    def expect_told(self, chart: str, line: str, value: float, kind: str = "line") -> None:
        """What a chart says of a line at the step that is read."""
        legend = self.page.locator(f'[data-chart="{chart}"] [data-{kind}="{line}"]').last

        def is_so() -> None:
            assert number(legend.inner_text().strip("()")) == pytest.approx(value, rel=1e-3), (
                chart,
                line,
            )

        eventually(self.page, is_so)


@pytest.fixture
def api(base_url: str) -> Iterator[httpx2.Client]:
    """The API of the page's server; of the runs that a test began none stays."""
    with httpx2.Client(base_url=f"{base_url}/api/v1", timeout=120, trust_env=False) as client:
        before = {run["id"] for run in client.get("/runs").json()}
        yield client
        for run in client.get("/runs").json():
            while run["id"] not in before and client.get(f"/runs/{run['id']}").is_success:
                client.delete(f"/runs/{run['id']}")


def steps_of(api: httpx2.Client, run: str) -> dict[int, dict[str, Any]]:
    """What a run that has ended told of each step, read from its event stream."""
    text = api.get(f"/runs/{run}/events").text
    told = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    return {each["step"]: each for each in told if each["kind"] == "step"}


def test_a_training_from_its_start_to_its_moments(
    api: httpx2.Client, visit: Any, axe: Any, tmp_path: Any
) -> None:
    train = TrainPage(visit("/train"))
    page = train.page
    # It opens on the training that ships, at rest where its loss turns, and a link says so.
    told = steps_of(api, "article")
    turning = next(
        each["step"]
        for each in api.get("/runs/article").json()["checkpoints"]
        if each["step"] in told and told[each["step"]]["loss"] < told[1]["loss"] / 2
    )
    expect(train.shown).to_have_text(f"step {turning}, within epoch 1")
    expect(page).to_have_url(re.compile(f"run=article&step={turning}$"))
    train.slider.press("End")
    # It is of the recipe beside it.
    best = api.get("/runs/article").json()["best"]
    expect(page.locator(".train-figures")).to_contain_text(f"{100 * best['val_accuracy']:.1f} %")
    expect(page.locator(".train-stale")).to_have_count(0)
    # The line of the moment on show stands at its step, the last, in each chart.
    page.wait_for_function(
        """() => [...document.querySelectorAll('run-chart')].map((chart) => {
          const [line, plot] = ['.chart-shown', '.u-over'].map((each) => chart.querySelector(each));
          if (!line || !plot || line.hidden) return false;
          const [at, end] = [line, plot].map((each) => each.getBoundingClientRect().right);
          return Math.abs(at - end) <= 1;
        }).join() === 'true,true,true,true'"""
    )
    train.choose(epochs=SHORT["epochs"], batch_size=SHORT["batch size"])
    expect(page.locator('[data-plan="steps"]')).to_contain_text("24 steps, 12 an epoch")
    expect(page.locator('[data-plan="parameters"]')).to_contain_text("421,642 parameters")
    expect(page.locator(".train-stale")).to_contain_text("batch size 64, not 400")

    run = train.start()
    train.expect_state("finished")
    document = api.get(f"/runs/{run}").json()
    best, kept = document["best"], document["checkpoints"]
    expect(page.locator(".train-figures")).to_contain_text(f"{100 * best['val_accuracy']:.1f} %")
    row = page.locator(".train-run.is-shown")
    expect(row).to_contain_text("epochs 2, batch size 400")
    expect(row).to_contain_text(f"{100 * best['val_accuracy']:.1f} %")

    # One line for every moment that is kept.
    expect(train.slider).to_have_attribute("aria-valuemax", str(len(kept) - 1))
    expect(train.shown).to_have_text(f"step {STEPS}, after epoch 2")
    train.slider.press("Home")
    expect(train.shown).to_have_text("before the first step")
    train.slider.press("ArrowRight")
    expect(train.shown).to_have_text(f"step {kept[1]['step']}, within epoch 1")
    page.get_by_role("combobox", name="Speed").select_option("4")
    train.button("Play the moments").click()
    expect(train.shown).to_have_text(f"step {STEPS}, after epoch 2")

    # Hovered or walked, every chart is read off at the same step.
    told = steps_of(api, run)
    norms = {"all": told[2]["gradient_norm"], **told[2]["layer_gradient_norms"]}
    chart = page.locator('[data-chart="loss"] run-chart')
    chart.press("Home")
    chart.press("ArrowRight")
    for layer, norm in norms.items():
        train.expect_told("gradient", layer, norm, "raw")
    train.page.get_by_role("group", name="Smoothing").get_by_text("off").click()
    chart.press("Home")
    chart.press("ArrowRight")
    expect(page.locator(".chart-read")).to_contain_text("step 2")
    train.expect_told("loss", "training", told[2]["loss"])
    for layer, norm in norms.items():
        train.expect_told("gradient", layer, norm)
    chart.press("End")
    expect(page.locator(".chart-read")).to_contain_text(f"step {STEPS}")
    losses = [float(each["val_loss"]) for each in kept if each["epoch"]]
    train.expect_told("loss", "validation", losses[-1])
    # Two keys at once, before anything is painted: the second goes on from the first.
    chart.evaluate(
        """chart => ['Home', 'Enter'].forEach((key) =>
            chart.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })))"""
    )
    expect(train.shown).to_have_text("step 1, within epoch 1")
    for part in PARTS:
        axe(page, part)

    # The link has the run and its moment; a second page finds both.
    expect(page).to_have_url(re.compile(f"run={run}&step=1$"))
    other = visit(f"/train#run={run}&step=1")
    expect(TrainPage(other).shown).to_have_text("step 1, within epoch 1")

    with page.expect_download() as download:
        train.button("Curves as CSV").click()
    download.value.save_as(tmp_path / "curves.csv")
    with (tmp_path / "curves.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [float(each["loss"]) for each in rows] == pytest.approx(
        [each["loss"] for each in told.values()], rel=1e-6
    )
    assert [each["lr"] for each in rows] == ["0.001"] * STEPS
    with page.expect_download() as download:
        train.button("Curves as PNG").click()
    download.value.save_as(tmp_path / "curves.png")
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")

    # From the list one's own run opens as the one that ships: at rest where its loss turns.
    turning = next(
        each["step"] for each in kept[1:] if told[each["step"]]["loss"] < told[1]["loss"] / 2
    )
    row.locator(".train-run-link").click()
    expect(page).to_have_url(re.compile(f"run={run}&step={turning}$"))
    expect(train.shown).to_contain_text(f"step {turning}, ")

    # Beside another run, on the same charts.
    page.get_by_role("button", name="Compare with run article").click()
    expect(page.locator('[data-chart="loss"] [data-other]').first).to_be_visible()
    expect(page).to_have_url(re.compile("with=article"))


def test_a_run_is_paused_queued_behind_cancelled_and_deleted(
    api: httpx2.Client, visit: Any
) -> None:
    train = TrainPage(visit("/train#run=article"))
    page = train.page
    train.choose(batch_size="60001")
    expect(page.locator(".setting-refusal")).to_contain_text("has to be at most 4,800")
    train.choose(epochs="900", batch_size="300")
    expect(page.locator(".setting-refusal")).to_have_count(0)
    long = train.start()
    train.expect_state("training")
    until(page, lambda: api.get(f"/runs/{long}").json()["step"] > 0)
    # A name that is typed meanwhile stays, whatever comes.
    title, where = (
        page.get_by_role("textbox", name="name", exact=True),
        page.locator(".train-where"),
    )
    title.fill("the long one")
    before = where.inner_text()
    expect(where).not_to_have_text(before)
    expect(title).to_have_value("the long one")
    title.press("Enter")
    expect(page.locator(".train-run.is-shown")).to_contain_text("the long one")
    train.button("Pause").click()
    train.expect_state("paused")
    expect(train.button("Pause")).to_have_count(0)
    train.button("Resume").click()
    train.expect_state("training")

    waiting = train.start()
    train.expect_state("waiting")
    expect(page.locator(".train-run.is-shown")).to_contain_text("waiting, 1 before it")
    train.button("Cancel").click()
    train.expect_state("cancelled")
    page.locator(f'.train-run-link[href*="{long}"]').click()
    train.expect_state("training")
    train.button("Cancel").click()
    train.expect_state("cancelled")

    page.get_by_role("button", name=f"Delete run {waiting}").click()
    expect(page.locator(f'.train-run-link[href*="{waiting}"]')).to_have_count(0)
    page.locator(".train-undo").get_by_role("button").click()
    expect(page.locator(f'.train-run-link[href*="{waiting}"]')).to_have_count(1)
    page.get_by_role("button", name=f"Delete run {waiting}").click()
    expect(page.locator(f'.train-run-link[href*="{waiting}"]')).to_have_count(0)
    # Whoever leaves the page means it.
    page.goto("about:blank")
    until(page, lambda: api.get(f"/runs/{waiting}").status_code == 404)


# The panels below have tests of their own.
PARTS = (".train-head", ".train-timeline", '[data-part="curves"]', ".train-list", ".is-recipe")


def order(page: Page) -> list[str]:
    """In which order the parts of the page are read."""
    parts = page.locator(".is-recipe, .train-digit, [data-part=curves], .train-list")
    classes = parts.evaluate_all("(found) => found.map((each) => each.className)")
    return [re.findall("recipe|digit|list|panel", each)[0] for each in classes]


def test_a_phone_has_the_timeline_at_hand(visit: Any, axe: Any) -> None:
    train = TrainPage(visit("/train#run=article", size=PHONE, touch=True, theme="dark"))
    expect(train.slider).to_be_in_viewport()
    width = "document.documentElement.scrollWidth"
    until(train.page, lambda: train.page.evaluate(width) == PHONE["width"])
    settle(train.page)
    box = train.slider.bounding_box()
    assert box
    train.page.touchscreen.tap(box["x"] + 3, box["y"] + 16)
    expect(train.shown).to_have_text("before the first step")
    # A finger that goes up from it scrolls the page, and one that goes across goes to a moment.
    session = train.page.context.new_cdp_session(train.page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": box["x"] + at[0], "y": box["y"] + at[1]}] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for across, up in ((0, 15), (8, 0)):
        touch("touchStart", 80, 16)
        for count in range(1, 9):
            touch("touchMove", 80 + count * across, 16 - count * up)
        if up:
            until(train.page, lambda: train.page.evaluate("scrollY") > 50)
            expect(train.shown).to_have_text("before the first step")
        touch("touchEnd")
    expect(train.shown).not_to_have_text("before the first step")
    train.slider.press("Home")
    train.page.evaluate("scrollTo(0, 0)")
    card = train.page.locator(".train-timeline").bounding_box()
    assert card
    assert card["height"] < 84
    # The drawing is before all that is long, and is read where it is seen.
    expect(train.page.locator(".digit-panel")).to_be_visible()
    until(train.page, lambda: order(train.page) == ["digit", "panel", "list", "recipe"])
    train.page.set_viewport_size(DESKTOP)
    expect(train.page.locator(".is-side .digit-panel")).to_be_in_viewport()
    until(train.page, lambda: order(train.page) == ["recipe", "panel", "digit", "list"])
    train.page.set_viewport_size(PHONE)
    expect(train.page.locator(".train-panels .digit-panel")).to_be_visible()
    for part in PARTS:
        axe(train.page, part)
