"""Two networks on one input: the same pen, both predictions, layers of the same depth."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect

from app.networks.checkpoint import load_checkpoint
from app.networks.registry import ARCHITECTURES
from tests.networks.architectures import built
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import settle, until
from tests.pages.screens import DESKTOP, PHONE
from tests.pages.test_network_overview import shown_image
from tests.places import ROOT


@cache
def shares(name: str, image: bytes) -> list[float]:
    """What a network makes of a prepared digit, by PyTorch's module alone."""
    architecture = ARCHITECTURES[name]
    model = architecture.build()
    load_checkpoint(ROOT / "models" / name, model)
    pixels = torch.tensor(np.frombuffer(image, np.float32).reshape(1, 1, 28, 28).copy())
    scale = architecture.normalization
    height, width = architecture.input_shape[1:]
    assert (height, width) == (28, 28)
    with torch.inference_mode():
        logits = model.eval()((pixels - scale.mean[0]) / scale.std[0])
    return [float(share) for share in logits.softmax(1)[0]]


def compared(page: Page) -> dict[int, list[float]]:
    """Of each class in the table the share of the first network, of the second, the difference."""
    return {
        int(row.locator("th").inner_text()): [
            number(text.replace("+", "")) for text in row.locator("td").all_inner_texts()
        ]
        for row in page.locator(".beside-classes tbody tr").all()
    }


def says(page: Page, image: Any, *names: str) -> bool:
    """Whether the table has what torch makes of an image by both networks, in percent."""
    content = np.asarray(image, np.float32).tobytes()
    one, other = (np.array(shares(name, content)) * 100 for name in names)
    found = compared(page)
    return bool(found) and all(
        row == pytest.approx([one[i], other[i], other[i] - one[i]], abs=0.16)
        for i, row in found.items()
    )


def test_a_second_network_looks_at_the_same_drawing(visit: Any, axe: Any) -> None:
    page = visit("/")
    network: NetworkPage = opened(page)
    choice = page.get_by_role("combobox", name="Network")
    choice.select_option("+mycnn_bn_dropout")
    beside = page.get_by_role("region", name="A second network")
    expect(beside.get_by_role("heading")).to_contain_text("batch normalization and dropout")
    layers = len(built("mycnn_bn_dropout").graph.nodes) + 1
    expect(beside.locator("network-flow layer-picture")).to_have_count(layers)
    expect(page.locator(".beside-says")).to_have_text("Both say 7.")
    names = ("mycnn", "mycnn_bn_dropout")
    until(page, lambda: says(page, shown_image(network), *names))
    network.button("Sample 4").click()
    expect(page.locator(".beside-says")).to_have_text("Both say 4.")
    until(page, lambda: says(page, shown_image(network), *names))
    four = compared(page)
    # The same pen: what both make of it changes.
    network.stroke([(0.3, 0.15), (0.7, 0.2)])
    expect(network.surface).to_have_attribute("aria-label", re.compile("1 stroke"))
    # What is pointed at in one is marked where the other is as deep.
    network.picture("fc1").hover()
    expect(beside.locator(".flow-layer.is-counterpart")).to_have_count(1)
    beside.get_by_text("Layers of the same depth").click()
    first = beside.locator(".beside-depths tbody tr").nth(1).locator("td")
    expect(first).to_contain_text(["conv1", "conv1"])
    axe(page)
    page.mouse.move(5, 5)
    # Each is opened by itself, and the link has both.
    beside.locator(".flow-title", has_text="conv2").first.click()
    expect(beside.locator(".detail")).to_contain_text("conv2")
    expect(page.locator(".flow-frame.is-strip")).to_have_count(1)
    expect(page).to_have_url(re.compile("beside=mycnn_bn_dropout.*ink="))
    other = visit("/" + page.url[page.url.index("#") :])
    until(other, lambda: compared(other) == compared(page) not in (four, {}))
    drawn = compared(page)
    page.get_by_role("button", name="Let the two change places").click()
    expect(choice).to_have_value("mycnn_bn_dropout")
    changed = {label: [other, one, -by] for label, (one, other, by) in drawn.items()}
    until(page, lambda: compared(page) == changed)
    page.get_by_role("button", name="Show one network only").click()
    expect(beside).to_have_count(0)
    expect(page).not_to_have_url(re.compile("beside="))


def test_on_a_phone_the_second_stands_below_the_first(visit: Any, screenshot: Any) -> None:
    page = visit("/#network=lenet5&beside=resnet20", size=PHONE, touch=True, theme="dark")
    opened_below = page.get_by_role("region", name="A second network")
    expect(opened_below.get_by_role("heading")).to_contain_text("ResNet-20")
    expect(page.locator(".beside-says")).to_have_text("Both say 7.")
    page.locator(".beside-head").scroll_into_view_if_needed()
    settle(page)
    above, below = page.locator("network-flow").evaluate_all(
        "flows => flows.map((flow) => flow.getBoundingClientRect().toJSON())"
    )
    assert below["top"] >= above["bottom"]
    until(page, lambda: page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])
    screenshot(page, "beside-phone-dark")
    # Of another kind of picture nothing can be compared: such a network is not offered.
    expect(page.locator('option[value="+mycnn"]')).to_have_count(1)
    values = page.locator("option").evaluate_all("all => all.map(({ value }) => value)")
    assert "+squeezenet1_1" not in values
    assert "+fashion_mycnn" not in values


@pytest.mark.parametrize("second", ["resnet20", "mycnn_bn_dropout"])
def test_both_are_in_sight_at_once(visit: Any, second: str) -> None:
    page = visit(f"/#network=lenet5&beside={second}", size=DESKTOP)
    expect(page.locator(".beside-classes tbody tr")).to_have_count(5)
    stages = page.locator("network-flow")
    expect(stages).to_have_count(2)

    def lowest() -> float:
        boxes = [box for stage in stages.all() if (box := stage.bounding_box())]
        return max(float(box["y"] + box["height"]) for box in boxes)

    until(page, lambda: lowest() <= DESKTOP["height"])
    page.get_by_role("button", name="Show one network only").click()
    expect(stages).to_have_count(1)
    until(page, lambda: lowest() > DESKTOP["height"] * 0.6)
