"""Every network that ships opens on the page, with the samples that it was trained for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from app.networks.registry import ARCHITECTURES
from tests.networks.architectures import built
from tests.pages.network import NetworkPage, opened


@pytest.mark.parametrize("name", [n for n, a in ARCHITECTURES.items() if a.preparation == "digit"])
def test_a_network_of_digits_reads_the_same_sample(visit: Any, name: str) -> None:
    network = opened(visit(f"/#network={name}"))
    network.button("Sample 3").first.click()
    network.expect_prediction(3)
    layers = [node.name for node in built(name).graph.nodes]
    pictures = network.page.locator("network-flow layer-picture")
    if len(layers) <= 24:
        expect(pictures).to_have_count(len(layers) + 1)
    else:
        assert pictures.count() < len(layers) / 2, "a deep network is folded"


def test_the_tray_has_clothes_for_the_network_of_clothes_and_digits_again_for_another(
    visit: Any,
) -> None:
    network = opened(visit("/#network=fashion_mycnn"))
    expect(network.page.get_by_role("heading", name="Sample clothes")).to_be_visible()
    network.button("Sample Trouser").click()
    network.expect_prediction("Trouser")
    network.page.get_by_role("combobox", name="Network").select_option("mycnn")
    expect(network.page.get_by_role("heading", name="Sample digits")).to_be_visible()
    network.button("Sample 4").click()
    network.expect_prediction(4)


@pytest.mark.parametrize(
    ("name", "layer", "rows"),
    [("squeezenet1_1", "pool3", 27), ("squeezenet1_1_ceil", "pool3", 28)],
)
def test_one_rounding_is_seen_in_the_network_of_photographs(
    visit: Any, name: str, layer: str, rows: int
) -> None:
    network: NetworkPage = opened(visit(f"/#network={name}"))
    network.open(f"#network={name}&open={layer}")
    expect(network.detail).to_contain_text(f"{rows} × {rows}")


def test_a_network_without_its_weights_says_so_in_place_of_what_it_sees(
    visit: Any, axe: Any
) -> None:
    network = opened(visit("/#network=resnet18&open=layer1.0.add"))
    page = network.page
    sentence = "ResNet-18 has random weights here, and what it says means nothing: “python -m app"
    option = page.get_by_role("combobox", name="Network").locator("option", has_text="ResNet-18")
    expect(option).to_have_text(re.compile(r"11,689,512 parameters · downloadable$"))
    expect(option).to_be_enabled()
    expect(network.detail.locator("h2").first).to_have_text("layer1.0.add")
    expect(page.locator(".flow-remark")).to_contain_text(sentence)
    expect(page.locator(".flow-prediction")).to_have_count(0)
    # Its values are explained all the same.
    network.open("network=resnet18&open=layer1.0.add.3.20.30")
    expect(network.detail).to_contain_text("PyTorch")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#prediction")).to_contain_text(sentence)
    expect(page.locator("#prediction span")).to_have_count(0)
    axe(page)
