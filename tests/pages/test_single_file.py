"""A network as one HTML file, opened from the disk with no server anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, expect
from torch import nn

from app.notebook import show
from tests.pages import axe
from tests.pages.network import NetworkPage


def test_a_file_opens_without_a_server_and_explains_its_cells(
    browser: Browser, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    # The first dense layer is one of those whose weights are fetched a unit at a time.
    dense = (nn.Linear(4 * 13 * 13, 1500), nn.ReLU(), nn.Linear(1500, 10))
    convolution = (nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2))
    model = nn.Sequential(*convolution, nn.Flatten(), *dense).eval()
    example = torch.randn(1, 1, 28, 28)
    file = show(model, example, title="Mine").save(tmp_path / "mine.html")
    context = browser.new_context(offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("requestfailed", lambda request: wrong.append(request.url[:100]))
    page.goto(file.as_uri())
    network = NetworkPage(page)
    names = page.locator("network-flow .flow-name")
    expect(names).to_have_text(["input", *"0123456", "softmax"])
    with torch.no_grad():
        logits = model(example)[0]
        value = model[0](example)[0, 2, 7, 9].item()
        units = model[:5](example)[0]
    network.expect_prediction(int(logits.argmax()))
    expect(page.locator(".sidebar")).to_contain_text("This is one file without a server")
    expect(page.get_by_role("region", name="Drawing")).to_be_hidden()
    expect(page.locator("[data-device]")).to_have_text("CPU")
    network.open("network=mine&open=0.2.7.9")
    # There is no Lab beside the file.
    expect(network.detail.locator(".lab-link")).to_be_hidden()
    expect(network.detail).to_contain_text(f"{abs(value):.3f}"[:5])
    expect(network.detail.locator(".katex").first).to_be_visible()
    network.open("network=mine&open=4.7")
    check = network.detail.locator(".check")
    expect(check).to_have_attribute("data-ours", re.compile(r"\d"))
    assert float(check.get_attribute("data-ours") or "") == pytest.approx(units[7].item(), abs=1e-5)
    expect(network.detail.get_by_role("heading", name="unit 7: its weights on")).to_be_visible()
    network.open("network=mine&open=softmax.3")
    expect(network.detail).to_contain_text("PyTorch")
    assert axe.violations(page) == []
    assert wrong == []
    context.close()
