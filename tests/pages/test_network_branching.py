"""A network with branches and joins on the Network page, beside MyCNN, which is there too."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.pages.network import NetworkPage, opened
from tests.pages.watch import Watch
from tests.places import ARTIFACTS
from tests.server import serve

ONE = [(0.5, 0.15), (0.5, 0.85)]


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    """The origin of a server that knows one network more."""
    log = ARTIFACTS / f"server-branching-{os.getpid()}.log"
    with serve(log, program=("tests.serve_branching",)) as server:
        yield server.url
    found = server.tracebacks()
    assert not found, "The server printed a traceback:\n" + "\n".join(found)


def arrive(visit: Any, origin: str, fragment: str = "", **options: Any) -> NetworkPage:
    """The page of a fragment, once all of it has been fetched."""
    network = opened(visit(f"{origin}/{fragment}", **options))
    network.wait_for_exact_values()
    return network


def choice(network: NetworkPage) -> Locator:
    """The choice of a network in the header."""
    return network.page.get_by_role("combobox", name="Network")


def layers(network: NetworkPage) -> Locator:
    """The names above the maps."""
    return network.page.locator("network-flow .flow-name")


def test_a_network_is_chosen_in_the_header_and_shown_the_same_drawing(
    visit: Any, origin: str
) -> None:
    network = arrive(visit, origin)
    page = network.page
    network.button("Clear").click()
    network.stroke(ONE)
    expect(page).to_have_url(re.compile("ink="))
    ink = page.url.split("#")[1]
    network.open(f"open=conv2&{ink}")
    expect(network.detail.locator("h2").first).to_have_text("conv2")
    expect(choice(network).locator("option")).to_have_text(
        [
            "MyCNN · 421,642 parameters · 99.2 % right",
            re.compile(r"Branching · 3,002 parameters · \d\d\.\d % right"),
        ]
    )
    choice(network).focus()
    choice(network).select_option("branching")
    expect(layers(network).nth(8)).to_have_text("add")
    expect(network.detail).to_have_count(0)
    expect(choice(network)).to_be_focused()
    expect(page).to_have_url(re.compile(f"#network=branching&{re.escape(ink)}$"))
    expect(page.locator("#status")).to_have_text(
        re.compile(r"Branching is shown\. The network sees")
    )
    # One step back is the layer that was open, in its own network.
    page.go_back()
    expect(network.detail.locator("h2").first).to_have_text("conv2")
    expect(choice(network)).to_have_value("mycnn")
    page.go_forward()
    expect(layers(network).nth(8)).to_have_text("add")
    expect(choice(network)).to_have_value("branching")
    page.reload()
    network.wait_for_picture()
    expect(layers(network).nth(8)).to_have_text("add")
    expect(choice(network)).to_have_value("branching")
    assert page.url.endswith(f"#network=branching&{ink}")


def test_a_network_without_weights_is_named_and_cannot_be_chosen(
    visit: Any, origin: str, watch: Watch
) -> None:
    watch.expect("status of 404")
    page = visit("about:blank")

    def more(route: Route) -> None:
        rows = route.fetch().json()
        others = [("lenet5", "untrained"), ("resnet18", "downloadable"), ("gone", "ready")]
        rows += [rows[0] | {"name": name, "weights": weights} for name, weights in others]
        route.fulfill(json=rows)

    page.route("**/api/v1/networks", more)
    page.goto(origin)
    network = opened(page)
    options = choice(network).locator("option")
    expect(options.nth(2)).to_have_text(re.compile("untrained$"))
    expect(options.nth(2)).to_be_disabled()
    expect(options.nth(3)).to_have_text(re.compile("downloadable$"))
    expect(options.nth(3)).to_be_disabled()
    # One that is gone by now.
    choice(network).select_option("gone")
    expect(page.locator(".link-notice")).to_contain_text("no network “gone” here; MyCNN is shown")
    expect(choice(network)).to_have_value("mycnn")
    expect(layers(network).nth(1)).to_have_text("conv1")


def test_one_network_alone_is_no_choice(visit: Any, origin: str) -> None:
    page = visit("about:blank")
    page.route("**/api/v1/networks", lambda route: route.fulfill(json=route.fetch().json()[:1]))
    with page.expect_response("**/api/v1/networks"):
        page.goto(origin)
    network = opened(page)
    network.wait_for_exact_values()
    expect(page.locator("#network-name")).to_contain_text("MyCNN · 421,642 parameters")
    expect(choice(network)).to_have_count(0)
