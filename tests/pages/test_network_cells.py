"""Whatever layer, map or cell is opened of a large network has its place on every screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Locator, expect

from tests.pages.boxes import bottom, box, hidden_width, right
from tests.pages.network import NetworkPage, opened
from tests.pages.pixels import pixels_of
from tests.pages.rest import settle, until
from tests.pages.screens import PHONE, TABLET


def marked(canvas: Locator) -> tuple[int, int]:
    """The rows and columns, in pixels, within which something is outlined."""
    pixels = pixels_of(canvas).astype(int)
    is_amber = (pixels[..., 0] - pixels[..., 2] > 150) & (pixels[..., 1] - pixels[..., 2] > 90)
    rows, columns = np.nonzero(is_amber)
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


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
    rows, columns = marked(maps.last)
    assert 12 <= rows <= 16
    assert 12 <= columns <= 16
    page.set_viewport_size(PHONE)
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    head = network.detail.locator(".cell-title")
    assert box(head)["y"] - box(network.detail)["y"] < PHONE["height"]
    network.open("#network=efficientnet_lite0&open=stem.pad.1.100.100")
    expect(network.detail.locator("h2").first).to_contain_text("stem.pad")
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    assert right(box(maps.last)) <= PHONE["width"]
    assert box(maps.last)["height"] < PHONE["height"] / 3
