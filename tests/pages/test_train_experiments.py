"""The Train page's ready-made experiments: two real runs by one click, and what they come to."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import httpx2
from playwright.sync_api import Route, expect

from tests.pages.rest import until


def test_an_experiment_runs_by_one_click_and_ends_in_its_numbers(
    visit: Any, axe: Any, screenshot: Any, base_url: str
) -> None:
    page = visit("/train#view=experiments")
    cards = page.get_by_role("list", name="Experiments")
    expect(cards.get_by_role("button")).to_have_count(6)
    with httpx2.Client(base_url=f"{base_url}/api/v1", timeout=60, trust_env=False) as client:
        before = {run["id"] for run in client.get("/runs").json()}
        cards.get_by_role("button", name="A step too large").click()
        expected = page.locator(".experiment-expected")
        expect(expected).to_contain_text(
            re.compile(r"2 short runs of [\d,]+ steps each are carried out, .*\ss in all")
        )
        axe(page, ".experiments")
        page.get_by_role("button", name="Run both").click()
        expect(expected).to_have_count(0)
        expect(page.get_by_role("button", name="Going on")).to_be_visible()
        outcome = page.locator(".experiment-outcome")
        expect(outcome).to_contain_text("diverged after", timeout=120_000)
        runs = [run for run in client.get("/runs").json() if run["id"] not in before]
        assert [run["state"] for run in runs] == ["diverged", "finished"]
        accuracy = client.get(f"/runs/{runs[1]['id']}").json()["history"]["val_accuracy"][-1]
        share = Decimal(100 * accuracy).quantize(Decimal("0.1"), ROUND_HALF_UP)
        expect(outcome).to_contain_text(f"0.05, {share} %")
        expect(outcome).to_contain_text(f"after {runs[0]['step']} steps")
        table = page.get_by_role("region", name="The runs of this experiment")
        expect(table.get_by_role("row").nth(1)).to_contain_text(f"{100 * accuracy:.1f} %")
        expect(table.get_by_role("row").nth(2)).to_contain_text("diverged")
        # Both stand on one chart, and the runs are known again after a reload.
        expect(page.locator(".experiment-charts")).to_contain_text("validation of rate 5")
        # What is side by side is called as the experiment calls it.
        expect(page.locator(".digit-timeline h3")).to_have_text(["rate 0.05", "rate 5"])
        # A loss that leapt away is read on a logarithmic scale.
        scale = page.get_by_role("group", name="Scale of Loss")
        expect(scale.get_by_text("log")).to_have_attribute("aria-pressed", "true")
        axe(page)
        screenshot(page, "train-experiment", full_page=True)
        expect(page).to_have_url(re.compile("at=learning-rate"))
        page.reload()
        expect(outcome).to_contain_text("diverged after")
        expect(page.get_by_role("button", name="Run both again")).to_be_visible()
        # What a run ended with is no numbers: that is said, and nothing is asked of the server.
        page.get_by_role("button", name="Run", exact=True).click()
        # Both are called as the experiment calls them, also where it was not opened.
        expect(page).to_have_url(re.compile(f"run={runs[1]['id']}.*with={runs[0]['id']}"))
        page.reload()
        expect(page.locator("[data-part=curves]")).to_contain_text("validation of rate 5")
        # A link that is clicked while the page still reads its own address is followed.
        held: list[Route] = []
        page.route(f"**/runs/{runs[1]['id']}/curves", lambda route: held.append(route))
        page.reload()
        link = page.locator(f'.train-run-link[href^="#run={runs[0]["id"]}"]')
        link.click()
        until(page, lambda: bool(held))
        for route in held:
            route.continue_()
        expect(page.locator(".train-state")).to_have_text("diverged")
        expect(page).to_have_url(re.compile(f"run={runs[0]['id']}"))
        page.unroute_all()
        # It rests where it still had numbers.
        kept = client.get(f"/runs/{runs[0]['id']}").json()["checkpoints"]
        expect(page.locator(".moment-text")).to_have_text(
            f"step {kept[-2]['step']}, within epoch 1"
        )
        page.get_by_role("slider", name="Moment of the run").press("End")
        assert [each["finite"] for each in kept] == [True] * (len(kept) - 1) + [False]
        steps = runs[0]["step"]
        expect(page.locator(".moment-text")).to_have_text(f"step {steps}, within epoch 1")
        expect(page.locator(".train-head")).to_contain_text(
            f"The loss of step {steps} is not a number. A smaller learning rate than 5 may help."
        )
        said = "The weights of this moment are not all finite numbers"
        for part in ("kernels", "confusion"):
            expect(page.locator(f"[data-part={part}]")).to_contain_text(said)
        expect(page.locator(".digit-answer")).to_have_text(
            re.compile("The weights of this moment are no numbers")
        )
        expect(page.get_by_role("link", name="Open on the Network page")).to_have_count(0)
        page.close()
        for run in runs:
            client.delete(f"/runs/{run['id']}")
