"""The Network page as a person uses it: what to look for and how to act."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from tests.pages.pixels import pixels_of
from tests.pages.rest import settle

LAYERS = [
    "input",
    "conv1",
    "relu1",
    "pool1",
    "conv2",
    "relu2",
    "pool2",
    "flatten",
    "fc1",
    "relu3",
    "fc2",
    "softmax",
]

# A large network is made ready when it is asked for first, beside other tests.
FIRST_PICTURE_MS = 60_000
# What is open before the page knows of the new address looks as if the address had it opened.
FOLLOW = """text => new Promise((done) => {
    const before = location.href;
    location.hash = text;
    if (location.href === before) return done();
    addEventListener('hashchange', () => setTimeout(done), { once: true });
})"""


def number(text: str) -> float:
    """A number as the page prints it, a true minus sign and powers of ten included."""
    digits = text.strip().replace("\u2212", "-").replace(",", "").rstrip("% \u00a0")
    if match := re.fullmatch(r"(-?[\d.]+) · 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", digits):
        power = match[2].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        return float(match[1]) * 10.0 ** int(power)
    return float(digits)


@dataclass(frozen=True)
class NetworkPage:
    """A page at `/`, once its first exact picture stands."""

    page: Page

    @property
    def detail(self) -> Locator:
        """What is opened beside the overview."""
        return self.page.locator(".detail")

    @property
    def surface(self) -> Locator:
        """The paper."""
        return self.page.locator("drawing-surface")

    def picture(self, layer: str) -> Locator:
        """A layer's maps in the overview, of the first network where there are two."""
        return self.page.locator(f'network-flow layer-picture[data-layer="{layer}"]').first

    def button(self, name: str, *, exact: bool = True) -> Locator:
        """A button by its accessible name."""
        return self.page.get_by_role("button", name=name, exact=exact)

    def wait_for_picture(self) -> None:
        """Returns once the bars stand."""
        expect(self.page.locator(".bar.is-top")).to_have_count(1, timeout=FIRST_PICTURE_MS)

    def wait_for_exact_values(self) -> None:
        """Returns once what stands are floats: the very first picture comes as bytes."""
        expect(self.page.locator("[data-place=stage][data-exact]").first).to_be_attached()
        expect(self.page.locator("[data-share]")).to_be_enabled()

    def expect_prediction(self, label: str | int) -> None:
        """The bar of a class is the highlighted one."""
        expect(self.page.locator(".bar.is-top .bar-label")).to_have_text(str(label))

    def probabilities(self) -> list[float]:
        """The percentages beside the bars, as shares."""
        return [number(text) / 100 for text in self.page.locator(".bar-number").all_inner_texts()]

    def open(self, address: str) -> None:
        """Opens something by its address, as a link does; another network with its exact values."""
        self.page.evaluate(FOLLOW, address)
        settle(self.page)
        if named := re.search(r"[#&]network=([\w.-]+)", address):
            expect(self.page.get_by_role("combobox", name="Network")).to_have_value(named[1])
            self.wait_for_exact_values()

    def check(self) -> tuple[float, float]:
        """The open value as the page computes it and as PyTorch does, of one moment."""
        line = self.detail.locator(".check")
        ours, theirs = line.evaluate("({dataset}) => [dataset.ours, dataset.torch]")
        return float(ours), float(theirs)

    def fragment(self, has: str) -> str:
        """The state in the link, once it says something and all of it.

        It is written 0.3 s after a change, and a drawing is several.
        """
        expect(self.page).to_have_url(re.compile(has))
        before = ""
        while before != self.page.url:
            before = self.page.url
            self.page.wait_for_timeout(500)
        return before.partition("#")[2]

    def pixels(self, layer: str) -> NDArray[np.uint8]:
        """The pixels (rows, columns, RGBA) that a layer's canvas shows."""
        settle(self.page)
        return pixels_of(self.picture(layer).locator("canvas"))

    def stroke(self, points: list[tuple[float, float]], *, steps: int = 4) -> None:
        """Draws a line with the mouse through points given as shares of the paper."""
        box = self.surface.bounding_box()
        assert box is not None
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        mouse = self.page.mouse
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place, steps=steps)
        mouse.up()


def opened(page: Page) -> NetworkPage:
    """The page as soon as it shows a prediction and the exact values behind it."""
    network = NetworkPage(page)
    network.wait_for_picture()
    network.wait_for_exact_values()
    return network
