"""A moment of a training run, opened on the Network page."""

from __future__ import annotations

from typing import Any

import httpx2
from playwright.sync_api import expect

from tests.pages.network import opened


def test_a_moment_of_a_run_opens_by_its_link(visit: Any, base_url: str) -> None:
    recipe = {"network": "lenet5", "epochs": 1, "batch_size": 100, "optimizer": {"lr": 0.005}}
    with httpx2.Client(base_url=f"{base_url}/api/v1", timeout=120, trust_env=False) as client:
        run = client.post("/runs", json=recipe).json()["id"]
        assert "finished" in client.get(f"/runs/{run}/events").text
        kept = client.get(f"/runs/{run}").json()["checkpoints"]
        assert kept[-1]["val_accuracy"] > 0.6
        network = opened(visit(f"/#network=run:{run}@1"))
        choice = network.page.get_by_role("combobox", name="Network")
        expect(choice.locator("option:checked")).to_contain_text(f"LeNet-5, run {run}, epoch 1")
        network.button("Sample 1").first.click()
        network.expect_prediction(1)
        # Before the first step it knows nothing, and says of every digit much the same.
        network.page.goto(f"{base_url}/#network=run:{run}@step-0")
        expect(choice.locator("option:checked")).to_contain_text(f"run {run}, step 0")
        choice.select_option("mycnn")
        network.expect_prediction(1)
        expect(choice.locator("option", has_text="run")).to_have_count(0)
        network.page.close()  # what it still asks of the run would be refused
        client.delete(f"/runs/{run}")
