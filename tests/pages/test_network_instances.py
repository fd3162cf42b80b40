"""Several networks on one page, each independent of the others."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages import oracle
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import settle, until
from tests.pages.test_network_overview import shown_image

# Two more networks below the page's own: as on a first visit, and as a link tells.
MOUNT_TWO = """async () => {
    const { src } = document.querySelector('script[type=module][src*="bundles/network/page"]');
    const { get } = await import(new URL('../../bundle/registry.js', src).href);
    const { mountNetwork } = get('js/pages/network/mount.js');
    const hosts = [1, 2].map(() => document.createElement('section'));
    hosts.forEach((host, at) => host.setAttribute('aria-label', `Network ${at + 2}`));
    document.querySelector('.network-page').after(...hosts);
    window.mounted = [
        mountNetwork(hosts[0]),
        mountNetwork(hosts[1], { initial: 'open=conv2.3.5.7&range=map' }),
    ];
    await Promise.all(window.mounted.map(({ whole }) => whole));
}"""

VIEWS = "() => window.mounted.map(({ signals }) => signals.view.value)"
STROKES = "() => window.mounted.map(({ signals }) => signals.drawing.value.strokes.length)"


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    """The page with its own network alone."""
    network = opened(visit("/"))
    network.wait_for_exact_values()
    return network


@pytest.fixture
def image(network: NetworkPage) -> Any:
    """The digit that all of them show first."""
    return shown_image(network)


@pytest.fixture
def page(network: NetworkPage, image: Any) -> Page:
    """The page with two more networks on it."""
    network.page.evaluate(MOUNT_TWO)
    return network.page


def instance(page: Page, number: int) -> Locator:
    """One of the two further networks."""
    return page.get_by_role("region", name=f"Network {number}", exact=True)


def draw(host: Locator) -> None:
    """A line down the middle of its paper."""
    surface = host.locator("drawing-surface")
    surface.scroll_into_view_if_needed()
    box = surface.bounding_box()
    assert box
    mouse = host.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.15 * box["height"])
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.85 * box["height"], steps=4)
    mouse.up()


def top(host: Locator) -> Locator:
    """The class that one sees."""
    return host.locator(".bar.is-top .bar-label")


def test_what_is_drawn_for_one_and_opened_of_it_leaves_the_others_alone(
    page: Page, image: Any
) -> None:
    own = page.locator(".network-page").first
    second, third = instance(page, 2), instance(page, 3)
    expect(third.locator(".detail h2").first).to_have_text("conv2 · map 3")
    shown = third.locator(".check strong").first
    value = oracle.activations(image)["conv2"][3, 5, 7].item()
    until(page, lambda: number(shown.inner_text()) == pytest.approx(value, abs=2e-5))
    draw(second)
    expect(top(second)).to_have_text("1")
    expect(top(own)).to_have_text("7")
    assert page.evaluate(STROKES) == [1, 0]
    assert page.evaluate("window.mounted.map(({ read }) => read('prediction'))") == ["1", "7"]
    second.get_by_role("button", name=re.compile("^pool1")).first.click()
    expect(second.locator(".detail h2").first).to_have_text("pool1")
    expect(second.locator(".detail-maps h3").first).to_contain_text("32 maps of 14 × 14")
    expect(own.locator(".detail")).to_have_count(0)
    expect(third.locator(".detail h2").first).to_have_text("conv2 · map 3")
    ranges = "() => window.mounted.map(({ signals }) => signals.rangeMode.value)"
    assert page.evaluate(ranges) == ["layer", "map"]
    # The address is that of the page's own network.
    page.wait_for_timeout(500)
    assert "#" not in page.url


def test_keys_go_to_the_network_that_has_the_focus(page: Page) -> None:
    second, third = instance(page, 2), instance(page, 3)
    draw(second)
    third.get_by_role("button", name="layer", exact=True).focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    assert page.evaluate(STROKES) == [1, 0]
    assert [view["kind"] for view in page.evaluate(VIEWS)] == ["overview", "map"]
    page.keyboard.press("PageDown")
    expect(third.locator(".detail h2").first).to_have_text("relu2")
    second.get_by_role("button", name="Eraser").focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("+")
    assert page.evaluate(STROKES) == [0, 0]
    zooms = "() => window.mounted.map(({ signals }) => signals.zoom.value)"
    assert page.evaluate(zooms) == [1.5, 1]
    second.locator('layer-picture[data-layer="conv1"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#network-2-walked")).to_contain_text("conv1, map 1")
    expect(page.locator("#walked")).to_have_text("")


def test_ids_and_groups_are_of_one_network_and_all_is_accessible(page: Page, axe: Any) -> None:
    ids: list[str] = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids))
    brushes = "() => window.mounted.map(({ signals }) => signals.brush.value.size)"
    before = page.evaluate(brushes)
    instance(page, 2).get_by_role("radio", name="Bold").check(force=True)
    after = page.evaluate(brushes)
    assert (after[0] > before[0], after[1]) == (True, before[1])
    expect(instance(page, 3).get_by_role("radio", name="Medium")).to_be_checked()
    settle(page)
    axe(page, "[aria-label='Network 2']")
    axe(page, "[aria-label='Network 3']")


def test_a_network_that_has_ended_listens_and_asks_no_more(page: Page) -> None:
    second = instance(page, 2)
    draw(second)
    expect(top(second)).to_have_text("1")
    second.get_by_role("button", name="Eraser").focus()
    page.evaluate("window.mounted[0].end()")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("+")
    page.evaluate("window.mounted[0].actions.clear()")
    page.evaluate(
        """() => {
            dispatchEvent(new PageTransitionEvent('pagehide'));
            dispatchEvent(new PageTransitionEvent('pageshow'));
        }"""
    )
    # The two that go on ask again, each once.
    until(page, lambda: sum("/forward" in url for url in asked) == 2)
    page.wait_for_timeout(300)
    assert sum("/forward" in url for url in asked) == 2
    assert page.evaluate("window.mounted[0].signals.zoom.value") == 1
    expect(top(second)).to_have_text("1")
