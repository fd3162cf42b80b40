"""Networks of the user's own on the page: one that raises half-way, and one that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.pages.network import NetworkPage
from tests.server import serve

NETWORKS = """
import torch
from torch import nn
from torch.nn import functional as F

class HalfWay(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.fc = nn.Linear(100, 10)

    def forward(self, x):
        return self.fc(F.relu(self.conv(x)).flatten(1))

class Maps(HalfWay):
    def forward(self, x):
        return self.conv(x)

class Tokens(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 1)
        self.fc = nn.Linear(784, 10)

    def forward(self, x):
        y = self.conv(x)[:, 0] * 0 + torch.arange(784.0).view(1, 28, 28) / 100
        return self.fc(y.flatten(1))

class Deciding(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.fc = nn.Linear(2704, 10)

    def forward(self, x):
        y = self.conv(x)
        y = F.relu(y) if x.mean() > 0 else torch.tanh(y)
        return self.fc(y.flatten(1))

class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.fc = nn.Linear(4, 10)

    def forward(self, x):
        return self.fc(F.relu(self.conv(x)).mean((2, 3))) / 2

class Encoded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 1)
        self.cube = nn.Conv3d(1, 2, 3, padding=1)
        self.fc = nn.Linear(1568, 10)

    def forward(self, x):
        y = torch.fft.irfft2(torch.fft.rfft2(self.conv(x)), s=(28, 28))
        y = self.cube(y.unsqueeze(1)).mean(1)
        return self.fc((y * (y > 0)).flatten(1))
"""


@pytest.fixture
def origin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A server with a network of the file above."""
    file = tmp_path / "mine.py"
    file.write_text(NETWORKS)
    program = ("app", "serve", "--network", f"{file}:{request.param}")
    with serve(tmp_path / "log", program=program) as server:
        yield server.url.partition("/#")[0]
        assert server.tracebacks() == []


@pytest.fixture
def network(visit: Any, origin: str) -> NetworkPage:
    """The page on it."""
    found = NetworkPage(visit(f"{origin}/#network=mine"))
    found.wait_for_exact_values()
    return found


def serving(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("origin", [name], indirect=True)


def names(network: NetworkPage) -> Any:
    return network.page.locator("network-flow .flow-name")


@serving("HalfWay")
def test_one_that_raises_half_way_shows_what_ran_and_why_it_ends(
    network: NetworkPage, axe: Any
) -> None:
    page = network.page
    expect(names(network)).to_have_text(["input", "conv", "relu", "flatten"])
    sentence = page.locator(".flow-remark")
    expect(sentence).to_contain_text("mat1 and mat2 shapes cannot be multiplied (1x2704 and 100x10")
    expect(sentence).to_contain_text("in Linear of 1×2704, in the module fc, at line 13 of mine.py")
    expect(page.locator(".bar")).to_have_count(0)
    network.open("network=mine&open=conv.2.7.9")
    expect(network.detail).to_contain_text("PyTorch")
    expect(page.locator(".flow-prediction")).to_have_count(0)
    network.button("Clear").click()
    expect(sentence).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    axe(page)


@serving("Maps")
def test_one_that_gives_maps_opens_them_in_place_of_a_prediction(network: NetworkPage) -> None:
    sentence = network.page.locator(".flow-remark")
    expect(sentence).to_contain_text("Maps names no classes; it gives conv of 4×26×26.")
    expect(network.page.locator("#status")).to_contain_text("it gives conv of 4×26×26")
    # No bars leave room for the tools: the last title is below them.
    title, tools = (
        f"document.querySelector('{each}').getBoundingClientRect()"
        for each in (".flow-layer:last-child .flow-title", ".flow-tools")
    )
    network.page.wait_for_function(f"{title}.top >= {tools}.bottom")
    sentence.get_by_role("button", name="Open conv").click()
    expect(network.detail.locator("h2").first).to_have_text("conv")
    # There is nothing to ask why about, and a link that does is told so.
    expect(network.page.locator(".ask-why")).to_have_count(0)
    network.open("network=mine&why=saliency")
    expect(network.detail).to_have_text(
        "Maps names no classes; it gives conv of 4×26×26. So there is no class to ask “why?” about."
    )


@serving("Tokens")
def test_a_layer_of_two_axes_has_each_value_where_it_is(network: NetworkPage) -> None:
    # Its maps of one column are as easy to hit as the strip of a layer of one axis.
    strip, column = (network.picture(layer).bounding_box() for layer in ("fc", "add"))
    assert strip is not None
    assert column is not None
    assert column["width"] >= strip["width"]
    network.open("#network=mine&open=add.14.13.0")
    detail = network.detail
    expect(detail.get_by_role("heading", name="add · map 14")).to_be_visible()
    expect(detail.get_by_role("heading", name="row 13, column 0")).to_be_visible()
    expect(detail).to_contain_text(f"{(14 * 28 + 13) / 100:.4f}".rstrip("0"))


@serving("Deciding")
def test_one_that_decides_is_followed_and_says_where_it_turned(network: NetworkPage) -> None:
    sentence = network.page.locator(".flow-remark")
    way = ["input", "conv", "tanh", "flatten", "fc", "softmax"]
    expect(names(network)).to_have_text(way)
    expect(sentence).to_have_text(
        re.compile("where another image goes on with relu, this one goes on with tanh")
    )
    network.open("network=mine&why=grad_cam&why.layer=tanh&why.random=1")
    expect(network.detail).to_contain_text("26×26 places over 28×28 pixels")
    expect(network.page.get_by_role("heading", name="fc random")).to_be_visible()
    network.open("network=mine&open=tanh.1.5.5")
    expect(network.detail).to_contain_text("PyTorch")
    for row in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        network.stroke([(0.05, row), (0.95, row)])
    expect(names(network)).to_have_text(["relu" if name == "tanh" else name for name in way])
    expect(network.detail).to_have_count(0)
    expect(sentence).to_have_text(re.compile("another image goes on with tanh, .* with relu"))
    expect(network.page.locator(".bar.is-top")).to_have_count(1)
    network.button("Sample 1").first.click()
    expect(names(network)).to_have_text(way)


@serving("Pooled")
def test_a_mean_over_rows_and_columns_is_taken_apart_down_to_its_map(
    network: NetworkPage, axe: Any
) -> None:
    detail = network.detail
    network.open("network=mine&open=mean.2")
    expect(detail.get_by_role("heading", name="relu · map 2")).to_be_visible()
    expect(detail.get_by_role("heading", name="mean · map")).to_have_count(0)
    ours, theirs = network.check()
    assert ours == pytest.approx(theirs, rel=1e-6)
    expect(detail.locator(".results")).to_contain_text(f"the mean of {26 * 26}")
    # The scores of classes stay such when they are divided.
    network.open("network=mine&open=div.3")
    expect(detail.get_by_role("heading", name="class 3")).to_be_visible()
    ours, theirs = network.check()
    assert ours == pytest.approx(theirs, rel=1e-6)
    network.page.set_viewport_size({"width": 390, "height": 844})
    axe(network.page)


@serving("Encoded")
def test_one_of_complex_numbers_truth_values_and_five_axes_shows_and_names_them(
    network: NetworkPage, axe: Any
) -> None:
    expect(names(network)).to_have_text([
        *("input", "conv", "fft_rfft2", "fft_irfft2", "unsqueeze", "cube", "mean", "gt", "mul"),
        *("flatten", "fc", "softmax"),
    ])  # fmt: skip
    detail = network.detail
    network.open("network=mine&open=fft_rfft2")
    expect(detail.locator(".detail-role")).to_contain_text("It gives 2×28×15 complex numbers")
    expect(detail.locator(".layer-facts")).to_contain_text(
        "2 × 28 × 15 complex64, shown as 4 × 28 × 15"
    )
    # The first wave is a map's sum, which is real.
    network.open("network=mine&open=fft_rfft2.1.0.0")
    title = "fft_rfft2 · map 1 (channel 0, imaginary)"
    expect(detail.get_by_role("heading", name=title)).to_be_visible()
    expect(detail.locator(".results")).to_have_text(re.compile(r"^\s*value\s*0(\.0*)?\s*$"))
    network.open("network=mine&open=cube.3")
    expect(detail.get_by_role("heading", name="cube · map 3 ([1, 1])")).to_be_visible()
    network.open("network=mine&open=gt.0.3.3")
    expect(detail).to_contain_text("It gives 2×28×28 truth values (bool): 1 is true, 0 false.")
    network.page.set_viewport_size({"width": 390, "height": 844})
    axe(network.page)
    # Only what changes by degrees is offered where a method looks at a layer.
    network.open("network=mine&why=grad_cam")
    offered = network.page.get_by_label("layer").locator("option")
    expect(offered.filter(has_text="cube")).to_have_count(1)
    expect(offered.filter(has_text=re.compile("^gt"))).to_have_count(0)
