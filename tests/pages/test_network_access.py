"""The page for everyone: axe in both themes and on every screen; the pictures of the readme."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.pages.network import opened
from tests.pages.rest import settle, until
from tests.pages.screens import DESKTOP, PHONE

VIEWS = [
    "",
    "#open=conv1",
    "#open=conv2.3.5.7",
    "#open=pool1.5.4.4",
    "#open=fc1.7",
    "#open=softmax.7",
]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "390"])
def test_axe_finds_nothing(visit: Any, axe: Any, size: Any) -> None:
    network = opened(visit("/", size=size, touch=size is PHONE))
    for view in VIEWS:
        network.open(view)
        if view:
            expect(network.detail.locator("h2").first).to_be_visible()
            expect(network.detail.get_by_text("on their way")).to_have_count(0)
        axe(network.page, in_both_themes=True)


def test_the_theme_button_goes_round_and_is_remembered(visit: Any) -> None:
    network = opened(visit("/"))
    network.wait_for_exact_values()
    light = network.pixels("conv1")
    button = network.page.get_by_role("button", name="Colours")
    button.click()
    expect(button).to_contain_text("light")
    button.click()
    expect(button).to_contain_text("dark")
    until(network.page, lambda: network.pixels("conv1").mean() < light.mean() - 50)
    network.page.reload()
    network.wait_for_picture()
    expect(network.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_device_is_shown(visit: Any) -> None:
    network = opened(visit("/"))
    expect(network.page.locator(".header-end")).to_contain_text("CPU", ignore_case=True)


@pytest.mark.readme
@pytest.mark.parametrize(
    ("name", "theme", "address"),
    [
        ("network-light", "light", ""),
        ("network-dark", "dark", ""),
        ("cell-light", "light", "#open=conv2.9.5.7"),
    ],
)
def test_pictures_for_the_readme(
    visit: Any, readme_picture: Any, name: str, theme: Any, address: str
) -> None:
    network = opened(visit("/", theme=theme, reduced_motion="reduce"))
    network.wait_for_exact_values()
    settle(network.page)
    if address:
        network.open(address)
        expect(network.detail.locator(".katex").first).to_be_visible()
        settle(network.page)
    else:
        network.picture("conv1").hover(position={"x": 60, "y": 115})
        expect(network.page.locator(".hover-label")).to_be_visible()
    path = readme_picture(network.page, name)
    assert path.stat().st_size > 20_000
