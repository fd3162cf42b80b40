"""What stands around the picture: the link, the device, zoom, keys, an empty paper."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, Route, expect

from tests.pages.network import NetworkPage, opened
from tests.pages.rest import eventually, settle, until

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    """The page as a first-time visitor finds it, once all of it has been fetched."""
    network = opened(visit("/"))
    network.wait_for_exact_values()
    return network


def box(locator: Locator) -> FloatRect:
    """Where something is."""
    found = locator.bounding_box()
    assert found is not None
    return found


def test_share_copies_the_address_of_what_is_shown_and_says_so(visit: Any) -> None:
    network = opened(visit("/", permissions=CLIPBOARD))
    network.button("Clear").click()
    network.stroke([(0.5, 0.15), (0.5, 0.85)])
    share = network.button("Share link")
    share.click()  # before the address bar has followed
    expect(network.button("Link copied")).to_be_visible()
    copied = network.page.evaluate("navigator.clipboard.readText()")
    expect(network.button("Share link")).to_be_visible()
    until(network.page, lambda: network.page.url == copied)
    assert "ink=" in copied


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_that_came_too_early_learns_its_device(
    new_context: Any, base_url: str, path: str
) -> None:
    page: Page = new_context().new_page()

    def too_early(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(">CPU<", ">AUTO<"))

    page.route(base_url + path, too_early)
    page.goto(path)
    expect(page.locator("[data-device]")).to_have_text("CPU")


def test_an_empty_paper_has_no_class_and_none_is_announced(network: NetworkPage) -> None:
    top = network.page.locator(".bar.is-top")
    colour = "element => getComputedStyle(element.querySelector('.bar-value')).fill"
    highlighted = top.evaluate(colour)
    status = network.page.locator("#status")
    expect(status).to_contain_text("The network sees 7")
    network.button("Clear").click()
    expect(status).to_have_text("The paper is empty.")
    until(network.page, lambda: top.evaluate(colour) != highlighted)
    assert top.evaluate("element => getComputedStyle(element).fontWeight") == "400"
    network.open("#open=conv1")
    expect(network.detail.locator("h2")).to_have_text("conv1")
    expect(network.page.locator(".flow-prediction")).to_have_count(0)


def test_the_tools_of_a_zoomed_network_lie_over_nothing(network: NetworkPage) -> None:
    zoom_in(network)
    tools = box(network.page.locator(".flow-tools"))
    scroller = box(network.page.locator("flow-scroller"))
    assert tools["y"] + tools["height"] <= scroller["y"]
    network.page.locator("flow-scroller").evaluate("element => { element.scrollTop = 300 }")
    settle(network.page)
    title = box(network.page.locator(".flow-title", has_text="conv2"))
    assert title["y"] == pytest.approx(scroller["y"], abs=2)


def test_ctrl_and_the_wheel_zoom_around_the_pointer(network: NetworkPage) -> None:
    page = network.page
    network.wait_for_exact_values()
    settle(page)
    maps = box(network.picture("conv2"))
    x, y = maps["x"] + 0.4 * maps["width"], maps["y"] + 0.6 * maps["height"]
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for _ in range(2):
        page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile("zoom=2"))
    settle(page)
    now = box(network.picture("conv2"))
    assert now["width"] > 1.7 * maps["width"]
    assert now["x"] + 0.4 * now["width"] == pytest.approx(x, abs=3)
    assert now["y"] + 0.6 * now["height"] == pytest.approx(y, abs=3)


def drag(network: NetworkPage, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Moves the mouse with its button held."""
    mouse = network.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + by[0], start[1] + by[1], steps=4)
    mouse.up()
    settle(network.page)


def zoom_in(network: NetworkPage) -> None:
    """Presses the button twice, which then has the focus."""
    network.button("Zoom in").click()
    network.button("Zoom in").click()
    expect(network.page).to_have_url(re.compile("zoom=2"))
    settle(network.page)


def test_a_zoomed_network_is_dragged_by_its_ground_and_by_its_maps(network: NetworkPage) -> None:
    zoom_in(network)
    image = box(network.picture("input"))
    drag(network, (image["x"] + 20, image["y"] + image["height"] + 150), (-100, -60))
    moved = box(network.picture("input"))
    assert moved["x"] == pytest.approx(image["x"] - 100, abs=2)
    assert moved["y"] == pytest.approx(image["y"] - 60, abs=2)
    maps = box(network.picture("conv1"))
    drag(network, (maps["x"] + 60, maps["y"] + 260), (-80, 40))
    assert box(network.picture("conv1"))["x"] == pytest.approx(maps["x"] - 80, abs=2)
    assert box(network.picture("conv1"))["y"] == pytest.approx(maps["y"] + 40, abs=2)
    titled = network.page.locator(".flow-title", has_text="relu1")
    place = box(titled)
    drag(network, (place["x"] + 10, place["y"] + 10), (-50, 0))
    assert box(titled)["x"] == pytest.approx(place["x"] - 50, abs=2)
    network.page.wait_for_timeout(100)
    expect(network.detail).to_have_count(0)


def test_a_press_that_stays_is_a_click_in_a_zoomed_network(network: NetworkPage) -> None:
    zoom_in(network)
    maps = box(network.picture("conv1"))
    drag(network, (maps["x"] + 30, maps["y"] + 30), (2, 1))
    expect(network.detail.locator("h2").first).to_have_text("conv1 · map 0")


def test_space_takes_the_hand_right_behind_the_zoom_button(network: NetworkPage) -> None:
    page = network.page
    zoom_in(network)
    maps = box(network.picture("conv2"))
    at = (maps["x"] + 60, maps["y"] + 260)
    page.mouse.move(*at)
    page.keyboard.down(" ")
    drag(network, at, (-120, 0))
    page.keyboard.up(" ")
    assert box(network.picture("conv2"))["x"] == pytest.approx(maps["x"] - 120, abs=2)
    assert "zoom=2" in page.url
    expect(network.detail).to_have_count(0)


def test_space_presses_a_button_that_the_keyboard_led_to(network: NetworkPage) -> None:
    page = network.page
    zoom_in(network)
    maps = box(network.picture("conv2"))
    page.mouse.move(maps["x"] + 60, maps["y"] + 260)
    page.keyboard.press("Shift+Tab")
    expect(network.button("Zoom out")).to_be_focused()
    page.keyboard.press(" ")
    expect(page).to_have_url(re.compile("zoom=1.5"))


def test_two_fingers_zoom_the_network(visit: Any) -> None:
    network = opened(visit("/", size={"width": 1024, "height": 768}, touch=True))
    page = network.page
    expect(page.locator("[data-share]")).to_be_enabled()
    maps = box(network.picture("conv2"))
    x, y = maps["x"] + maps["width"] / 2, maps["y"] + 200
    session = page.context.new_cdp_session(page)

    def touch(kind: str, apart: float) -> None:
        points = [{"x": x - apart, "y": y}, {"x": x + apart, "y": y}] if apart else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 40)
    for apart in (45, 52, 60, 70):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    expect(page).to_have_url(re.compile("zoom=2"))
    until(page, lambda: box(network.picture("conv2"))["width"] > 1.7 * maps["width"])
    assert page.evaluate("visualViewport.scale") == 1


def test_the_panels_are_walked_by_keyboard(network: NetworkPage) -> None:
    network.open("#open=conv2.2.5.7")
    panels = network.detail.locator("channel-panels")
    panels.focus()
    heading = network.detail.locator(".cell-tiles h3")
    for key, expected in [("Home", 0), ("ArrowRight", 1), ("ArrowDown", 5), ("End", 31)]:
        network.page.keyboard.press(key)
        expect(heading).to_contain_text(f"from pool1 · map {expected}:")
        expect(panels).to_have_attribute("aria-label", re.compile(f"Map {expected} adds"))
    settle(network.page)
    canvas = box(panels)
    assert canvas["y"] + canvas["height"] <= 900


def test_the_label_of_the_walked_map_lies_beside_it(network: NetworkPage) -> None:
    label = network.page.locator(".hover-label")
    where = label.locator(".hover-label-where")

    def lies_apart(picture: Locator, layer: str) -> None:
        channel = int(re.findall(r"(?:map|unit) (\d+)", where.inner_text())[0])
        rect = picture.evaluate("(element, channel) => element.rectOf(channel)", channel)
        whole = box(picture)
        left, top = whole["x"] + rect["x"], whole["y"] + rect["y"]
        beside = box(label)
        assert (
            beside["x"] >= left + rect["width"]
            or beside["x"] + beside["width"] <= left
            or beside["y"] >= top + rect["height"]
            or beside["y"] + beside["height"] <= top
        ), (layer, channel)

    network.wait_for_exact_values()
    for layer in ("conv1", "conv2", "pool2", "fc2"):
        picture = network.picture(layer)
        picture.focus()
        expect(where).to_contain_text(layer)
        for key in ("ArrowDown", "ArrowDown", "End", "ArrowUp"):
            before = where.inner_text()
            network.page.keyboard.press(key)
            if key == "End":
                expect(where).not_to_have_text(before)
            settle(network.page)
            eventually(network.page, partial(lies_apart, picture, layer))


def test_an_unknown_page_is_a_page(visit: Any, watch: Any, axe: Any) -> None:
    watch.expect("status of 404")
    page = visit("/nowhere")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is at this address")
    axe(page)
    page.get_by_role("link", name="To the network").click()
    opened(page)
