"""Whatever layer, map or cell is opened of a large network has its place on every screen."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from tests.pages.boxes import bottom, box, hidden_width, right
from tests.pages.network import NetworkPage, opened
from tests.pages.pixels import pixels_of
from tests.pages.rest import settle, until
from tests.pages.screens import DESKTOP, PHONE, TABLET


def highlighted(canvas: Locator) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows and the columns of the pixels in which something is outlined."""
    pixels = pixels_of(canvas).astype(int)
    is_amber = (pixels[..., 0] - pixels[..., 2] > 150) & (pixels[..., 1] - pixels[..., 2] > 90)
    rows, columns = np.nonzero(is_amber)
    return rows, columns


def test_a_map_of_hundreds_of_cells_leaves_its_arithmetic_in_reach_and_its_cell_is_ringed(
    visit: Any,
) -> None:
    cell = "#network=efficientnet_lite0&open=stem.conv.2.60.60"
    network: NetworkPage = opened(visit(f"/{cell}", size=TABLET))
    page, maps = network.page, network.detail.locator(".figure value-grid canvas")
    expect(maps).to_have_count(2)
    settle(page)
    assert bottom(box(maps.last)) < TABLET["height"]
    # A cell of two pixels.
    for places in highlighted(maps.last):
        assert 12 <= np.ptp(places) + 1 <= 16
    page.set_viewport_size(PHONE)
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    head = network.detail.locator(".cell-title")
    assert box(head)["y"] - box(network.detail)["y"] < PHONE["height"]
    network.open("#network=efficientnet_lite0&open=stem.pad.1.100.100")
    expect(network.detail.locator("h2").first).to_contain_text("stem.pad")
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    assert right(box(maps.last)) <= PHONE["width"]
    assert box(maps.last)["height"] < PHONE["height"] / 3


def test_beside_an_open_layer_a_tablet_shows_what_the_network_sees_and_asks_why(visit: Any) -> None:
    network = opened(visit("/#network=mycnn&open=conv1", size=TABLET))
    page = network.page
    expect(page.locator(".flow-prediction")).to_be_in_viewport(ratio=1)
    expect(page.locator(".flow-prediction strong")).to_have_text(
        page.locator(".bar.is-top .bar-label").text_content() or ""
    )
    page.locator(".flow-prediction").get_by_role("button", name="Why").click()
    expect(network.detail.locator(".why-columns")).to_be_visible()
    network.open("#network=efficientnet_lite0&open=stem.conv")
    expect(page.locator(".flow-prediction")).to_be_in_viewport(ratio=1)
    expect(page.locator(".flow-prediction strong")).to_have_text("Egyptian cat")
    # The name has the line beside the neighbours, and the sentence the next.
    names, role = (network.detail.locator(f".detail-{part}") for part in ("names", "role"))
    until(page, lambda: box(names)["width"] > 240 and box(role)["y"] >= bottom(box(names)))
    search = page.locator("layer-search")
    expect(search).to_be_in_viewport(ratio=1)
    search.locator("input").fill("stage3.1.add")
    search.locator("input").press("Enter")
    expect(network.detail.locator("h2").first).to_have_text("stage3.1.add")


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE])
def test_names_of_layers_are_read_whole(visit: Any, size: Any) -> None:
    network = opened(visit("/#network=efficientnet_lite0&open=stage3.1.add.7.10.10", size=size))
    page, names = network.page, network.detail.locator(".sum-name")
    expect(names).to_have_text(["stage3.1.project.bn", "stage3.0.project.bn"])
    settle(page)
    for name, bar in zip(names.all(), network.detail.locator(".sum-track").all(), strict=True):
        assert hidden_width(name) == 0
        assert right(box(name)) < box(bar)["x"]
    # Nor does a line that leads past layers strike through one.
    edges = page.locator(".flow-path")
    rows, _ = highlighted(edges)
    title = page.locator(".flow-title[aria-current] .flow-name")
    padding = title.evaluate("name => parseFloat(getComputedStyle(name).paddingTop)")
    assert box(edges)["y"] + rows.max() < box(title)["y"] + padding
    # A sentence has more than a line's end.
    network.open("#network=efficientnet_lite0&open=stage2.0.depthwise.conv.40.20.20")
    role = network.detail.locator(".detail-role")
    expect(role).to_contain_text("stage2.0.depthwise.pad")
    until(page, lambda: box(role)["width"] > 200)


def test_a_wide_window_fits_its_place(visit: Any) -> None:
    network = opened(visit("/#network=resnet18&open=conv1.12.50.50", size=DESKTOP))
    page, tiles = network.page, network.detail.locator(".cell-tiles drawn-picture")
    expect(tiles).to_be_visible()
    until(page, lambda: hidden_width(tiles) == 0)
    # On a phone the rest is scrolled to, in its place alone.
    page.set_viewport_size(PHONE)
    until(page, lambda: hidden_width(tiles) > 0)
    assert hidden_width(page.locator("html")) == 0


def test_a_wall_of_kernels_uses_its_width_and_leaves_the_maps_their_place(visit: Any) -> None:
    network = opened(visit("/#network=efficientnet_lite0&open=stem.conv", size=DESKTOP))
    page, wall = network.page, network.detail.locator("kernel-wall layer-picture")
    expect(wall).to_be_visible()
    until(page, lambda: 240 < box(wall)["width"] <= 320)
    assert box(wall)["height"] < 200
    # Behind the three kernels of the first filter those of the second.
    loupe = network.detail.locator(".kernel-loupe")
    for x, text in ((40, "filter 0.*map 2"), (64, "filter 1.*map 0"), (126, "filter 2.*map 0")):
        wall.hover(position={"x": x, "y": 6})
        expect(loupe).to_contain_text(re.compile(text, re.DOTALL))
    page.set_viewport_size(TABLET)
    maps = network.detail.locator("layer-maps")
    until(page, lambda: bottom(box(maps)) < box(wall)["y"])
    network.open("#network=squeezenet1_1&open=fire9.expand3x3")
    expect(network.detail.locator(".detail-wall h3")).to_contain_text("256 filters")
    until(page, lambda: box(wall)["height"] <= 400)
    # None of the 256 maps, sixteen by sixteen, is alone in the last row.
    whole = maps.locator("canvas")
    until(page, lambda: abs(box(whole)["width"] - box(whole)["height"]) < 1)
    page.set_viewport_size(DESKTOP)
    until(page, lambda: abs(box(whole)["width"] - box(whole)["height"]) < 1)
    page.set_viewport_size(TABLET)
    until(page, lambda: bottom(box(maps)) < box(wall)["y"])
    wall.evaluate("wall => wall.scrollTo({ top: wall.scrollHeight })")
    until(page, lambda: int(wall.evaluate("wall => wall.scrollTop")) > 1000)
