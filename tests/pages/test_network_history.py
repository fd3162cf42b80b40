"""Back, Forward and Esc on the Network page, and links that cannot be read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.pages.network import NetworkPage, opened

ONE = [(0.5, 0.15), (0.5, 0.85)]


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    """The page as a first-time visitor finds it, its tools there."""
    page = opened(visit("/"))
    expect(page.page.locator("[data-share]")).to_be_enabled()
    return page


def title(network: NetworkPage) -> Locator:
    """The name of what is open."""
    return network.detail.get_by_role("heading", level=2).first


def open_layer_and_map(network: NetworkPage) -> None:
    """Two clicks, each one step of the history."""
    network.button("conv2", exact=False).first.click()
    expect(title(network)).to_have_text("conv2")
    network.detail.locator("layer-maps layer-picture").click(position={"x": 20, "y": 20})
    expect(title(network)).to_have_text("conv2 · map 0")


def test_one_back_leaves_the_layer_that_escape_came_back_to(network: NetworkPage) -> None:
    page = network.page
    open_layer_and_map(network)
    page.keyboard.press("Escape")
    expect(title(network)).to_have_text("conv2")
    expect(page).to_have_url(re.compile(r"open=conv2$"))
    page.go_back()
    expect(network.detail).to_have_count(0)
    page.go_forward()
    expect(title(network)).to_have_text("conv2")
    page.go_forward()
    expect(title(network)).to_have_text("conv2 · map 0")


def test_escape_twice_at_once_is_two_steps_back(network: NetworkPage) -> None:
    page = network.page
    open_layer_and_map(network)
    page.evaluate(
        """() => {
            for (let i = 0; i < 2; i += 1)
                document.body.dispatchEvent(
                    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        }"""
    )
    expect(network.detail).to_have_count(0)
    expect(page).not_to_have_url(re.compile("open="))
    page.go_forward()
    expect(title(network)).to_have_text("conv2")
    page.go_forward()
    expect(title(network)).to_have_text("conv2 · map 0")


def test_escape_out_of_a_link_leads_up_and_leaves_one_entry(visit: Any) -> None:
    page = visit("/docs")
    page.goto("/#open=conv2.3.5.7")
    opened(page)
    expect(page.locator("[data-share]")).to_be_enabled()
    for expected in ["conv2.3", "conv2"]:
        page.keyboard.press("Escape")
        expect(page).to_have_url(re.compile(rf"open={expected}$"))
    page.go_back()
    expect(page).to_have_url(re.compile("/docs"))


def test_an_entry_that_escape_came_back_to_has_the_newest_drawing(network: NetworkPage) -> None:
    page = network.page
    open_layer_and_map(network)
    network.button("Clear").click()
    network.stroke(ONE)
    page.keyboard.press("Escape")
    expect(title(network)).to_have_text("conv2")
    network.fragment("ink=")
    page.reload()
    expect(network.surface).to_have_attribute("aria-label", re.compile("1 stroke"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("#ink=%%%", r"drawing in the link.*the sample 7 is shown"),
        ("#ink=AAAA", r"drawing in the link.*the sample 7 is shown"),
        ("#network=resnet50", r"no network “resnet50”.*MyCNN"),
        ("#open=conv9.1", r"“conv9\.1”.*the whole network is shown"),
        ("#open=conv2.3.99.99", r"“conv2\.3\.99\.99”.*conv2 · map 3 is shown"),
        ("#range=x&zoom=7", r"“range=x”.*“zoom=7”"),
    ],
)
def test_a_link_that_cannot_be_read_says_so(
    visit: Any, watch: Any, address: str, said: str
) -> None:
    watch.expect("status of 404")
    network = opened(visit("/" + address))
    notice = network.page.locator(".link-notice")
    expect(notice).to_contain_text(re.compile(said))
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_have_count(0)


def test_an_address_that_is_entered_and_cannot_be_read_says_so(network: NetworkPage) -> None:
    network.button("Clear").click()
    network.stroke(ONE)
    network.expect_prediction(1)
    network.open("#ink=AAAA&open=fc1.3")
    notice = network.page.locator(".link-notice")
    expect(notice).to_contain_text("what was on the paper")
    expect(title(network)).to_have_text("fc1 · unit 3")
    network.open("#open=conv1")
    expect(title(network)).to_have_text("conv1")
    expect(notice).to_have_count(0)


def test_a_page_that_outlives_its_network_says_so_and_offers_the_way_on(
    visit: Any, watch: Any
) -> None:
    watch.expect("status of 404")
    page = visit("/#network=lenet5")
    network = NetworkPage(page)
    network.wait_for_exact_values()
    # As a server that was started anew with another network of one's own answers.
    problem = {
        "type": "/docs#unknown-name",
        "title": "Unknown name",
        "detail": "No.",
        "status": 404,
    }
    page.route(
        "**/networks/lenet5**",
        lambda route: route.fulfill(
            status=404, json=problem, content_type="application/problem+json"
        ),
    )
    network.button("Clear").click()
    banner = page.get_by_role("alert").filter(has_text="no longer on this server")
    expect(banner).to_contain_text("LeNet-5 as it stands here is no longer on this server")
    banner.get_by_role("button", name="Load the page anew").click()
    expect(page.locator(".link-notice")).to_have_text(
        "There is no network “lenet5” here; MyCNN is shown."
    )
    expect(banner).to_have_count(0)
