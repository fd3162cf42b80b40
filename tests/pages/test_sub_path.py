"""Every page under a path of a real nginx, which takes the path off or leaves it on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from app.web.application import ENDPOINTS
from tests.pages.conftest import Visit
from tests.pages.lab_stage import opened
from tests.pages.network import NetworkPage
from tests.pages.proxy import LEFT_ON, TAKEN_OFF, proxied
from tests.pages.watch import Watch
from tests.server import LiveServer

pytestmark = pytest.mark.parametrize("path", [TAKEN_OFF, LEFT_ON])
ONE = [(0.5, 0.15), (0.5, 0.85)]


@pytest.fixture(scope="session")
def origin(live_server: LiveServer) -> Iterator[str]:
    """The proxy's origin: nothing may be asked for beside it."""
    with proxied(live_server.url) as proxy:
        yield proxy


def asked_below(page: Page, root: str) -> list[str]:
    """What the page asks for outside of the path, from now on."""
    outside: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith((root, "data:", "blob:")):
            outside.append(request.url)

    page.context.on("request", look)
    return outside


def test_every_page_works_below_the_path(visit: Visit, origin: str, path: str) -> None:
    root = origin + path
    page = visit("about:blank")
    outside = asked_below(page, root)
    page.goto(root)
    network = NetworkPage(page)
    network.wait_for_picture()
    network.button("Clear").click()
    network.stroke(ONE)
    network.expect_prediction(1)
    page.get_by_role("link", name="Lab", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(f"{root}lab") + "($|#)"))
    stage = opened(page)
    expect(stage.caption("output")).to_be_visible()
    page.get_by_role("link", name="API", exact=True).click()
    expect(page.locator(".opblock")).to_have_count(len(ENDPOINTS))
    operation = page.locator("#operations-operations-conv2d")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    page.get_by_role("link", name="Convoscope").click()
    network.wait_for_picture()
    assert page.url.startswith(root)
    assert outside == []


def test_an_address_where_nothing_is_leads_back(
    visit: Visit, watch: Watch, origin: str, path: str
) -> None:
    watch.expect("status of 404")
    page = visit("about:blank")
    page.goto(f"{origin}{path}no/such/page")
    page.get_by_role("link", name="To the network").click()
    NetworkPage(page).wait_for_picture()
    assert page.url.startswith(origin + path)


def test_the_path_without_its_slash_is_the_page_too(visit: Visit, origin: str, path: str) -> None:
    page = visit("about:blank")
    page.goto(origin + path.rstrip("/"))
    NetworkPage(page).wait_for_picture()
    assert page.url.startswith(origin + path)
