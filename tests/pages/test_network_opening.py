"""What is opened of a deep network, while its values are still on their way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pages.network import opened
from tests.pages.rest import settle, until
from tests.pages.screens import PHONE

# In one turn, so that nothing can be shown in between.
CLICK_AND_PRESS = """([name, key]) => {
    const titles = [...document.querySelectorAll('button.flow-title')];
    const title = titles.find((each) => each.textContent.trim().startsWith(name));
    title.click();
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
}"""


def held(page: Page) -> list[Route]:
    """From now on no forward pass is answered."""
    routes: list[Route] = []
    page.route("**/forward?*", lambda route: routes.append(route))
    return routes


@pytest.mark.parametrize(
    ("key", "name", "link"), [("Escape", None, ""), ("PageDown", "relu1", "open=relu1")]
)
def test_keys_go_by_what_was_opened_though_it_is_not_shown_yet(
    visit: Any, key: str, name: str | None, link: str
) -> None:
    network = opened(visit("/#network=squeezenet1_1"))
    page = network.page
    routes = held(page)
    assert page.evaluate(CLICK_AND_PRESS, ["conv1", key]), "the page takes the key"
    heading = page.locator(".detail h2")
    if name:
        expect(heading).to_have_text(name)
    until(page, lambda: link in page.url)
    for route in routes:
        route.continue_()
    page.unroute("**/forward?*")
    expect(page.locator("#stage[data-exact]")).to_be_attached()
    expect(heading).to_have_count(1 if name else 0)


def test_why_is_asked_while_a_layer_that_was_opened_from_it_is_on_its_way(visit: Any) -> None:
    network = opened(visit("/#network=squeezenet1_1&why=saliency"))
    page = network.page
    why = page.get_by_role("region", name="Why", exact=True)
    expect(why).to_be_visible()
    held(page)
    page.evaluate(CLICK_AND_PRESS, ["conv1", "w"])
    expect(why).to_be_visible()
    until(page, lambda: "why=" in page.url and "open=" not in page.url)


def test_on_a_phone_a_link_scrolls_to_what_it_opens_however_late_its_values_are(
    visit: Any,
) -> None:
    astronaut, cat = "ink=AQEJYXN0cm9uYXV0", "ink=AQEDY2F0"
    network = opened(visit(f"/#network=squeezenet1_1&{astronaut}", size=PHONE, touch=True))
    page = network.page
    with page.expect_response("**/forward?*"):
        page.evaluate(f"location.hash = '#network=squeezenet1_1&{cat}'")
    settle(page)
    held(page)
    # The photograph is there already, so that the link is read before anything is shown.
    page.evaluate(f"location.hash = '#network=squeezenet1_1&open=conv1&{astronaut}'")
    expect(page.locator(".detail h2")).to_have_text("conv1")
    until(page, lambda: page.evaluate("scrollY") > 300)
