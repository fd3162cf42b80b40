"""What fits where: the page on small screens, looked at as boxes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.pages.boxes import bottom, box, hidden_width, right
from tests.pages.network import NetworkPage, opened
from tests.pages.rest import settle, until
from tests.pages.screens import DESKTOP, PHONE, SMALLEST, TABLET

# Where the letters of an element end, which may be wider.
TEXT_END = """element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().right;
}"""


def open_on_phone(visit: Any, layer: str) -> NetworkPage:
    """The first map of a layer far down the page, opened by a tap once everything has loaded."""
    network = opened(visit("/", size=PHONE, touch=True))
    expect(network.button("Share link")).to_be_enabled()
    settle(network.page)
    network.picture(layer).evaluate("picture => picture.scrollIntoView({ block: 'center' })")
    network.picture(layer).tap(position={"x": 60, "y": 20})
    expect(network.detail.locator(".check")).to_be_visible()
    settle(network.page)
    return network


def test_on_a_phone_the_strip_stands_below_the_header(visit: Any) -> None:
    network = open_on_phone(visit, "conv2")
    header = box(network.page.locator(".header"))
    strip = box(network.picture("conv2"))
    assert strip["y"] >= bottom(header)
    assert strip["y"] < bottom(header) + 40


def test_on_a_phone_a_map_and_its_formula_fit(visit: Any) -> None:
    network = open_on_phone(visit, "conv2")
    expect(network.detail.locator(".cell .formula .katex").nth(1)).to_be_visible()
    settle(network.page)
    first, second = (box(network.detail.locator(".figure value-grid").nth(i)) for i in (0, 1))
    assert first["y"] == pytest.approx(second["y"], abs=1)
    assert second["x"] + second["width"] <= PHONE["width"]
    assert hidden_width(network.detail.locator(".cell .formula")) == 0
    assert hidden_width(network.page.locator("html")) == 0


def test_the_ledger_fits_a_tablet(visit: Any) -> None:
    network = opened(visit("/", size=TABLET))
    network.wait_for_exact_values()
    until(network.page, lambda: hidden_width(network.page.locator(".ledger-scroller")) == 0)


def test_on_a_phone_the_ledger_keeps_the_names_while_it_scrolls(visit: Any) -> None:
    network = opened(visit("/", size=PHONE, touch=True))
    ledger = network.page.locator(".ledger-scroller")
    network.wait_for_exact_values()
    ledger.scroll_into_view_if_needed()  # out of sight it is not laid out
    settle(network.page)
    assert hidden_width(ledger) > 0
    name = network.page.locator(".ledger-open", has_text="conv2")
    before = box(name)["x"]
    ledger.evaluate("element => { element.scrollLeft = 200 }")
    settle(network.page)
    assert ledger.evaluate("element => element.scrollLeft") > 0
    assert box(name)["x"] == pytest.approx(before, abs=1)


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE, SMALLEST])
def test_the_left_panel_keeps_to_itself(visit: Any, size: Any) -> None:
    network = opened(visit("/", size=size, touch=size is PHONE))
    network.wait_for_exact_values()
    settle(network.page)
    panel = box(network.page.locator(".drawing-panel"))
    right = panel["x"] + panel["width"]
    for label in network.page.locator(".frame-label").all():
        rect = box(label)
        assert rect["x"] + rect["width"] <= right + 1
    if size in (DESKTOP, TABLET):
        eraser = box(network.button("Eraser"))
        assert box(network.button("Clear"))["y"] == pytest.approx(eraser["y"], abs=2)
    frames = box(network.page.locator(".frames"))
    assert box(network.page.locator(".filmstrip-invert"))["y"] - bottom(frames) < 12


def test_on_a_phone_the_prediction_stands_by_the_paper(visit: Any) -> None:
    network = opened(visit("/", size=PHONE, touch=True))
    shown = network.page.locator("#prediction")
    expect(shown.locator("span").first).to_have_text(re.compile(r"^7\s(100|99)\.\d\s%$"))
    expect(shown.locator("strong")).to_have_count(3)
    network.wait_for_exact_values()
    settle(network.page)
    place = box(shown)
    paper = box(network.surface)
    assert bottom(place) <= paper["y"]
    network.button("Clear").click()
    expect(shown).to_contain_text("sees no ink")
    mouse = network.page.mouse
    mouse.move(paper["x"] + paper["width"] / 2, paper["y"] + 0.15 * paper["height"])
    mouse.down()
    mouse.move(paper["x"] + paper["width"] / 2, paper["y"] + 0.85 * paper["height"], steps=8)
    expect(shown.locator("strong").first).to_have_text("1")
    mouse.up()
    settle(network.page)
    assert box(shown) == place
    assert box(network.surface) == paper


def test_on_a_phone_a_link_shows_what_it_opens(visit: Any) -> None:
    network = opened(visit("/#open=conv2.3.5.7", size=PHONE, touch=True))
    expect(network.detail.locator("h2").first).to_be_in_viewport()
    expect(network.surface).not_to_be_in_viewport()


def test_on_a_phone_whoever_draws_stays_at_the_paper(visit: Any) -> None:
    page = visit("/docs", size=PHONE, touch=True)
    held: list[Route] = []
    page.route("**/forward?*dtype=float32*", lambda route: held.append(route))
    page.goto("/#open=conv2.3")
    network = NetworkPage(page)
    network.wait_for_picture()
    until(page, lambda: bool(held))
    network.stroke([(0.5, 0.2), (0.5, 0.8)])
    held[0].continue_()
    expect(page.locator("[data-share]")).to_be_enabled()
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 0


def test_beside_a_network_of_photographs_all_that_is_told_of_it_fits_a_tablet(visit: Any) -> None:
    network = opened(visit("/#network=resnet18&open=layer4.1.add", size=TABLET))
    page = network.page
    expect(network.detail.locator(".detail-neighbours .button")).to_have_count(3)
    # The open layer is the strip's last but few, and comes into sight.
    current = page.locator(".flow-title[aria-current]")
    expect(current).to_be_in_viewport(ratio=1)
    expect(page.locator(".flow-remark")).to_be_visible()
    until(page, lambda: bottom(box(current)) <= box(page.locator(".flow-remark"))["y"])
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    until(page, lambda: hidden_width(page.locator(".ledger-scroller")) == 0)
    page.keyboard.press("PageUp")
    expect(network.detail.locator("h2")).to_have_text("layer4.1.bn2")
    network.open("#network=resnet18&open=conv1")
    expect(current).to_have_text(re.compile("conv1"))
    expect(current).to_be_in_viewport(ratio=1)
    # Three neighbours with long names, beside a map's name.
    network.open("#network=resnet20&open=stage2.0.add.3.3.5")
    expect(network.detail.locator(".detail-neighbours .button")).to_have_count(3)
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    network.open("#network=resnet18")
    # No name is cut where nothing else needs its place.
    names = page.locator(".change-table tbody th")
    expect(names).to_have_count(4)
    until(page, lambda: not any(hidden_width(name) for name in names.all()))
    # All 175 rows, the widest of each column among them.
    network.open("#network=efficientnet_lite0")
    page.get_by_role("button", name="Unfold all", exact=True).click()
    expect(page.locator(".ledger tbody tr")).to_have_count(175)
    until(page, lambda: hidden_width(page.locator(".ledger-scroller")) == 0)


def test_on_a_tablet_an_overview_fits_or_shows_that_it_goes_on_below_its_bars(visit: Any) -> None:
    network = opened(visit("/#network=alexnet", size=TABLET))
    page, place = network.page, network.page.locator(".flow-scroller")
    number, maps = page.locator(".bar-number").first, network.picture("features.0")
    expect(number).to_be_in_viewport(ratio=1)
    until(page, lambda: hidden_width(place) == 0)
    # One column of large maps, not two of small ones.
    until(page, lambda: box(maps)["height"] > 16 * 21)
    network.open("#network=resnet18")
    expect(page.locator(".flow-name", has_text="layer4")).to_be_visible()
    until(page, lambda: hidden_width(place) == 0)
    network.open("#network=squeezenet1_1")
    until(page, lambda: hidden_width(place) > 0)
    expect(number).to_be_in_viewport(ratio=1)
    until(page, lambda: right(box(number)) <= TABLET["width"])
    expect(place).to_have_attribute("data-behind", "")
    expect(place).not_to_have_attribute("data-before", "")
    until(page, lambda: bottom(box(page.locator(".flow-tools"))) <= box(number)["y"])
    # The longest name leaves the header's buttons whole.
    share = page.locator("[data-share]")
    until(page, lambda: hidden_width(share) == 0 and hidden_width(page.locator("html")) == 0)
    place.evaluate("element => element.scrollTo(element.scrollWidth, 0)")
    expect(place).to_have_attribute("data-before", "")
    expect(place).not_to_have_attribute("data-behind", "")
    expect(number).to_be_in_viewport(ratio=1)
    flatten, bars = network.picture("flatten"), page.locator(".flow-layer.is-bars")
    until(page, lambda: right(box(flatten)) <= box(bars)["x"])


def test_an_overview_fits_its_place_or_leaves_the_tools_a_line(visit: Any) -> None:
    network = opened(visit("/#network=resnet18", size=DESKTOP))
    page, place = network.page, network.page.locator(".flow-scroller")
    expect(page.locator(".bar-number").first).to_be_visible()
    until(page, lambda: hidden_width(place) == 0)
    page.set_viewport_size({"width": 1280, "height": DESKTOP["height"]})
    until(page, lambda: hidden_width(place) == 0)
    titles = page.locator(".flow-title")
    page.set_viewport_size(DESKTOP)
    network.open("#network=alexnet")
    expect(titles.nth(-2)).to_contain_text("classifier")
    until(page, lambda: hidden_width(place) == 0)
    network.open("#network=alexnet&open=classifier.6.281")
    weights = network.detail.locator(".unit-weights canvas")
    expect(weights).to_be_visible()
    remark, search = page.locator(".flow-remark"), page.locator("layer-search")
    until(page, lambda: right(box(remark)) <= box(search)["x"])
    page.set_viewport_size(SMALLEST)
    until(page, lambda: right(box(weights)) <= SMALLEST["width"])
    # Nor does a window of 13 columns leave it.
    network.open("#network=squeezenet1_1&open=average.281.0.0")
    expect(network.detail.locator(".cell-tiles canvas")).to_be_visible()
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    page.set_viewport_size(DESKTOP)
    until(page, lambda: hidden_width(page.locator("html")) == 0)
    network.open("#network=lenet5")
    expect(titles.nth(-2)).to_contain_text("output")
    until(page, lambda: hidden_width(place) == 0)
    expect(page.locator(".bar.is-top .bar-number")).to_be_in_viewport(ratio=1)
    # No name takes two lines where there is room.
    coefficient = page.locator('[data-name="s2.coefficient"] .flow-name')
    until(page, lambda: box(coefficient)["height"] < 20)
    # Its 120 maps of one value take no more than their title.
    until(page, lambda: box(network.picture("c5"))["width"] <= 43)
    # Nor is a name cut that ends as another does.
    ranges = page.locator('.legend-layers [title$=".coefficient"]')
    expect(ranges).to_have_text(["s2.coefficient", "s4.coefficient"])
    until(page, lambda: not any(hidden_width(name) for name in ranges.all()))
    page.set_viewport_size(TABLET)
    until(page, lambda: hidden_width(place) == 0)
    expect(page.locator(".bar.is-top .bar-number")).to_be_in_viewport(ratio=1)
    # A smaller window leaves nothing to scroll to of a larger one.
    page.goto("about:blank")
    small = opened(visit("/", size=DESKTOP)).page
    until(small, lambda: hidden_width(small.locator(".flow-scroller")) == 0)
    before = box(small.locator("layer-picture").nth(1))["width"]
    small.set_viewport_size({"width": 1280, "height": DESKTOP["height"]})
    until(small, lambda: box(small.locator("layer-picture").nth(1))["width"] < before)
    until(small, lambda: hidden_width(small.locator(".flow-scroller")) == 0)


@pytest.mark.parametrize("beside", ["", "&beside=resnet20"])
def test_on_a_tablet_the_tools_stand_beside_the_last_name(visit: Any, beside: str) -> None:
    page = opened(visit(f"/#network=lenet5{beside}", size=TABLET)).page
    frame = page.locator(".flow-frame").first
    name = frame.locator(".flow-name", has_text="softmax")
    expect(name).to_be_visible()
    tools = frame.locator(".flow-tools")
    until(page, lambda: name.evaluate(TEXT_END) <= box(tools)["x"])
    until(page, lambda: bottom(box(tools)) <= box(frame.locator(".bar-number").first)["y"])
