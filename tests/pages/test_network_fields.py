"""What a value sees, what a unit looks for, what a pixel reaches: each against torch alone."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from app.networks.registry import ARCHITECTURES
from tests.networks.architectures import built, photo_for
from tests.pages import oracle
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import settle, until
from tests.pages.screens import PHONE
from tests.pages.test_network_overview import shown_image
from tests.places import ROOT

MODELS = ROOT / "models"


def gradient_of(image: NDArray[Any], layer: str, at: tuple[int, ...]) -> Tensor:
    """How much a value of MyCNN answers to each pixel of what the network sees, by autograd."""
    weights = oracle.weights()
    pixels = ((torch.as_tensor(np.asarray(image, np.float64))[None, None]) - 0.1307) / 0.3081
    pixels.requires_grad_()
    x = F.conv2d(pixels, weights["conv1.weight"], weights["conv1.bias"], padding=1)
    x = F.max_pool2d(F.relu(x), 2)
    x = F.conv2d(x, weights["conv2.weight"], weights["conv2.bias"], padding=1)
    if layer == "fc1":
        flat = F.max_pool2d(F.relu(x), 2).flatten(1)
        x = F.linear(flat, weights["fc1.weight"], weights["fc1.bias"])
    (gradient,) = torch.autograd.grad(x[0][at], pixels)
    return gradient[0].abs().sum(0)


def spread_text(gradient: Tensor, pixels: int) -> str:
    """The sentence that has to stand below a gradient."""
    ranked = gradient.flatten()[gradient.flatten() > 0].sort(descending=True).values
    half = int((ranked.cumsum(0) < ranked.sum() / 2).sum()) + 1
    row, column = divmod(int(gradient.argmax()), gradient.shape[1])
    return (
        f"{len(ranked):,} of {pixels:,} pixels move it; half of the effect is on {half:,}. "
        f"The strongest: row {row}, column {column}, "
    )


def seen(network: NetworkPage) -> tuple[Locator, Locator]:
    """By geometry and by gradient, the switch on."""
    figures = network.detail.get_by_role("region", name="What it sees of the picture")
    expect(figures.locator("figure")).to_have_count(2)
    return figures.locator("figure").nth(0), figures.locator("figure").nth(1)


def test_what_a_value_sees_by_geometry_and_by_gradient(visit: Any, axe: Any) -> None:
    network = opened(visit("/"))
    image = shown_image(network)
    network.open("#open=conv2.5.3.4")
    switch = network.button("What it sees of the picture")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    geometry, gradient = seen(network)
    expect(geometry).to_contain_text("8 × 8 pixels")
    expect(geometry).to_contain_text("Exact: it sees these pixels and no other.")
    expect(geometry).to_contain_text("Rows 3 to 10, columns 5 to 12.")
    field = gradient_of(image, "conv2", (5, 3, 4))
    expect(gradient).to_contain_text(spread_text(field, 64))
    largest = gradient.locator("figcaption .note")
    settle(network.page)
    assert number(largest.inner_text().removeprefix("0 to ")) == pytest.approx(
        float(field.max()), rel=5e-3
    )
    # The strongest pixel is the darkest of the picture.
    shade = gradient.locator("field-picture").evaluate(
        """(picture, [row, column]) => {
            const canvas = picture.querySelector('canvas');
            const side = canvas.width / 28;
            const context = canvas.getContext('2d');
            const at = (...place) => {
                const [y, x] = place.map(index => (index + 0.5) * side);
                return Array.from(context.getImageData(x, y, 1, 1).data);
            };
            return [at(row, column), at(27, 27)];
        }""",
        list(divmod(int(field.argmax()), 28)),
    )
    assert sum(shade[0][:3]) < 300 < 700 < sum(shade[1][:3])
    # Walking to another cell asks anew; a corner has padding.
    network.open("#open=conv2.5.0.13&sees=field")
    expect(geometry).to_contain_text("Of padding: 3 above, 3 to the right.")
    corner = gradient_of(image, "conv2", (5, 0, 13))
    expect(gradient).to_contain_text(spread_text(corner, 25))
    network.open("#open=fc1.7.0.0&sees=field")
    expect(geometry).to_contain_text("The whole input: every pixel can reach it.")
    expect(gradient).to_contain_text(spread_text(gradient_of(image, "fc1", (7,)), 784))
    axe(network.page, ".seen")
    network.button("What it sees of the picture").click()
    expect(network.detail.locator("[data-status]")).to_have_count(0)
    expect(network.page).not_to_have_url(re.compile("sees"))


def test_what_is_constant_sees_nothing_and_an_effect_of_zero_has_no_colour(visit: Any) -> None:
    network = opened(visit("/#network=resnet20"))
    network.open("#network=resnet20&open=stage2.0.shortcut.zeros.20.5.5&sees=field")
    geometry, gradient = seen(network)
    expect(geometry).to_contain_text("It sees nothing of the picture")
    expect(geometry.locator("[data-status]")).to_have_attribute("data-status", "nothing")
    expect(gradient).to_contain_text("0 everywhere")
    expect(gradient).to_contain_text("No pixel moves it.")
    colours = gradient.locator("canvas").evaluate(
        """canvas => {
            const { data } = canvas.getContext('2d').getImageData(9, 9, 40, 40);
            const pixel = (_, i) => data.slice(4 * i, 4 * i + 3).join();
            return [...new Set(Array.from({ length: 1600 }, pixel))];
        }"""
    )
    assert len(colours) == 1
    assert all(int(part) > 230 for part in colours[0].split(","))


def test_what_stands_beside_the_layers_that_follow_is_of_use_there(visit: Any) -> None:
    network = opened(visit("/#open=relu1.3"))
    remark = network.detail.locator(".patches-none")
    expect(remark).to_contain_text("stands with conv1")
    network.open("#open=pool1.3")
    expect(network.detail).to_contain_text("pool1 · map 3")
    expect(remark).to_have_count(0)
    network.open("#open=conv2")
    field = network.detail.locator(".layer-facts div", has_text="receptive field")
    expect(field).to_contain_text("step 2 × 2")
    network.open("#open=fc1")
    expect(field).to_contain_text("pixels")
    expect(field).not_to_contain_text("step")
    network.open("#open=fc2.7.0.0")
    expect(network.detail.locator(".sums-more")).to_contain_text("119 more: list 64 of them")


def test_what_a_unit_looks_for_stands_beside_its_map_and_in_the_link(visit: Any, axe: Any) -> None:
    network = opened(visit("/#open=conv2.5"))
    region = network.detail.get_by_role("region", name="What map 5 looks for")
    patches = region.locator(".patch")
    expect(patches).to_have_count(9)
    region.get_by_role("button", name="larger").click()
    expect(network.page).to_have_url(re.compile("open=conv2.5&looks=large"))
    with np.load(MODELS / "mycnn" / "patches.npz", allow_pickle=False) as file:
        numbers, labels, images = file["conv2/images"][5], file["labels"], file["images"]
    expect(patches.first.locator("[data-value]")).to_be_visible()
    settle(network.page)
    for patch, at in zip(patches.all(), numbers, strict=True):
        place = re.search(r"row (\d+), column (\d+)", patch.inner_text())
        assert place
        row, column = map(int, place.groups())
        value = oracle.activations(images[at] / 255)["conv2"][5, row, column].item()
        expect(patch.locator("strong")).to_have_text(str(labels[at]))
        shown = patch.locator("[data-value]")
        assert float(shown.get_attribute("data-value") or "") == pytest.approx(value, rel=1e-4)
        assert number(shown.inner_text()) == pytest.approx(value, rel=5e-3)
    axe(network.page, ".patches")
    # In the layer they are of the map that is pointed at.
    network.open("#open=conv2")
    looks_for = network.detail.get_by_role("region", name=re.compile("looks for"))
    expect(looks_for).to_have_attribute("aria-label", "What map 0 looks for")
    expect(looks_for.locator(".patch")).to_have_count(9)
    maps = network.detail.locator("layer-maps layer-picture")
    settle(network.page)
    box = maps.locator("canvas").bounding_box()
    assert box is not None
    network.page.mouse.move(box["x"] + box["width"] / 8 * 1.5, box["y"] + 20)
    expect(looks_for).to_have_attribute("aria-label", "What map 1 looks for")
    network.open("#network=squeezenet1_1&open=fire3.expand3x3.7")
    expect(looks_for).to_contain_text("what map 7 looks for, the strongest of the photographs")
    expect(looks_for.locator(".patch")).to_have_count(9)
    # Deep in the network it sees so much that a few photographs have no nine different parts.
    network.open("#network=efficientnet_lite0&open=stage6.0.project.conv.7")
    expect(looks_for.locator(".patch")).to_have_count(6)
    expect(looks_for).to_contain_text("would show the same again")
    # What works on what such a layer gives says so; what is further from it has nothing to tell.
    network.open("#network=mycnn&open=relu1.3")
    expect(network.detail.locator("h2").first).to_have_text("relu1 · map 3")
    expect(network.detail.locator(".patches")).to_have_count(0)
    expect(network.detail).to_contain_text("looks for stands with conv1")
    network.open("#network=mycnn&open=pool1.3")
    expect(network.detail.locator("h2").first).to_have_text("pool1 · map 3")
    expect(network.detail).not_to_contain_text("looks for stands with")


def reached(row: int, column: int) -> dict[str, str]:
    """How many rows and columns of MyCNN's maps one pixel reaches, by what becomes of it."""
    x = torch.zeros(1, 1, 28, 28, dtype=torch.float64)
    x[0, 0, row, column] = 1
    ones = torch.ones(1, 1, 3, 3, dtype=torch.float64)
    found = {"conv1": F.conv2d(x, ones, padding=1)}
    found["pool1"] = F.max_pool2d(found["conv1"], 2)
    found["conv2"] = F.conv2d(found["pool1"], ones, padding=1)
    found["pool2"] = F.max_pool2d(found["conv2"], 2)

    def text(maps: Tensor) -> str:
        rows, columns = ((maps[0, 0] != 0).any(axis) for axis in (1, 0))
        return f"{int(rows.sum())} × {int(columns.sum())} of {len(rows)} × {len(columns)}"

    return {name: text(maps) for name, maps in found.items()}


def expect_reached(network: NetworkPage, row: int, column: int) -> None:
    """What is told of a pixel is what becomes of it."""
    told = network.page.get_by_role("region", name="What a pixel reaches")
    expect(told.locator("h3")).to_have_text(f"what the pixel in row {row}, column {column} reaches")
    for layer, text in reached(row, column).items():
        expect(told.locator(f'[data-reached="{layer}"]')).to_have_text(text)
    expect(told.locator('[data-reached="fc1"]')).to_have_text("every unit")


def amber(network: NetworkPage, layer: str, x: float, y: float) -> bool:
    """Whether the overlay has the highlighter's colour at a place of a layer's first map.

    Args:
        x, y: in pixels of a map of 28×28 cells.
    """
    picture = network.picture(layer).bounding_box()
    assert picture is not None
    cell: float = network.picture(layer).evaluate("e => e.rectOf(0).width / 28")
    found: bool = network.page.locator("reach-overlay canvas").evaluate(
        """(canvas, [x, y]) => {
            const { left, top, width } = canvas.getBoundingClientRect();
            const scale = canvas.width / width;
            const [px, py] = [(x - left) * scale, (y - top) * scale];
            const [r, g, b, a] = canvas.getContext('2d').getImageData(px, py, 1, 1).data;
            return a > 20 && r > 200 && b < 120;
        }""",
        [picture["x"] + x * cell, picture["y"] + y * cell],
    )
    return found


def test_a_pixel_of_the_picture_shows_what_it_reaches(visit: Any, axe: Any) -> None:
    network = opened(visit("/"))
    network.wait_for_exact_values()
    picture = network.picture("input")
    side: float = picture.evaluate("e => e.rectOf(0).width")
    picture.click(position={"x": 14.5 * side / 28, "y": 9.5 * side / 28})
    expect_reached(network, 9, 14)
    network.page.mouse.move(5, 5)
    expect(network.page.locator("reach-overlay")).to_have_count(1)
    until(network.page, lambda: amber(network, "conv1", 14.5, 9.5))
    assert not amber(network, "conv1", 20.5, 9.5)
    assert not amber(network, "conv1", 14.5, 15.5)
    axe(network.page, ".reach")
    # The drawing is as it was, and the paper shows where the pixel is.
    expect(network.surface).to_have_attribute("aria-label", "Drawing surface: sample 7")
    expect(network.page.locator(".surface-box.is-shown")).to_have_count(1)
    expect(network.page).to_have_url(re.compile("pixel=9.14"))
    # By keys: in the large picture, and on the network's own.
    network.page.get_by_role("application", name="What the network sees").press("ArrowDown")
    expect_reached(network, 10, 14)
    picture.focus()
    network.page.keyboard.press("Shift+ArrowLeft")
    expect_reached(network, 10, 9)
    network.page.keyboard.press("Escape")
    expect(network.page.get_by_role("region", name="What a pixel reaches")).to_have_count(0)
    expect(network.page).not_to_have_url(re.compile("pixel"))
    network.page.keyboard.press("Enter")
    expect_reached(network, 14, 14)
    # A link brings it along; the corner reaches less.
    network.open("#pixel=0.27")
    expect_reached(network, 0, 27)
    network.open("#pixel=28.0")
    expect(network.page.get_by_role("region", name="What a pixel reaches")).to_have_count(0)


def test_on_a_phone_a_tap_on_the_picture_shows_what_it_reaches(visit: Any) -> None:
    network = opened(visit("/", size=PHONE, touch=True))
    network.wait_for_exact_values()
    network.picture("input").tap()
    told = network.page.get_by_role("region", name="What a pixel reaches")
    expect(told).to_be_in_viewport()
    told.get_by_role("button", name="Let the pixel go").tap()
    expect(told).to_have_count(0)


def test_a_chart_shows_how_the_field_grows_and_opens_layers(visit: Any, axe: Any) -> None:
    network = opened(visit("/#network=resnet20&open=stage2.0.conv1"))
    chart = network.page.get_by_role("application", name=re.compile("Receptive field over depth"))
    told = network.page.locator("depth-chart [role=status]")
    expect(told).to_have_text("stage2.0.conv1 Conv2d: 17 × 17 pixels, step 2 × 2")
    expect(network.page.locator("depth-chart .chart-dot")).to_have_count(
        len(built("resnet20").graph.nodes) + 1
    )
    # In a residual block the sum stands behind its longer way, as high as the larger field.
    dots = {
        name: network.page.locator(f'depth-chart [data-name="{name}"]')
        for name in ("stage2.0.bn2", "stage2.0.add", "stage2.0.shortcut.zeros")
    }
    x, y = (
        {name: float(dot.get_attribute(a) or "") for name, dot in dots.items()}
        for a in ("cx", "cy")
    )
    assert x["stage2.0.shortcut.zeros"] < x["stage2.0.bn2"] < x["stage2.0.add"]
    assert y["stage2.0.add"] == y["stage2.0.bn2"] < y["stage2.0.shortcut.zeros"]
    chart.focus()
    chart.press("ArrowRight")
    expect(told).to_contain_text("stage2.0.bn1")
    dots["stage2.0.add"].hover()
    expect(told).to_have_text("stage2.0.add Add: 21 × 21 pixels, step 2 × 2")
    axe(network.page, ".depth")
    dots["stage2.0.add"].click()
    expect(network.detail.locator("h2").first).to_have_text("stage2.0.add")
    expect(network.page.locator(".chart-dot.is-current")).to_have_attribute(
        "data-name", "stage2.0.add"
    )


def test_a_value_of_a_network_of_photographs_has_its_gradient(visit: Any) -> None:
    """The network by PyTorch alone, on the photograph that its first visitor finds."""
    name, layer, at = "squeezenet1_1", "fire3.expand3x3", (7, 20, 30)
    architecture = ARCHITECTURES[name]
    network = opened(visit(f"/#network={name}&open={layer}.7.20.30&sees=field"))
    expect(network.surface).to_have_attribute("aria-label", re.compile("Chelsea, a cat"))
    model = architecture.build().eval()
    weights = load_file(MODELS / name / "weights.safetensors")
    model.load_state_dict({key: value.float() for key, value in weights.items()})
    images = architecture.normalization(photo_for(architecture)[None]).requires_grad_()
    kept: dict[str, Tensor] = {}
    hook = model.get_submodule(layer).register_forward_hook
    hook(lambda _, __, output: kept.update(found=output))
    model(images)
    (gradient,) = torch.autograd.grad(kept["found"][0][at], images)
    field = gradient[0].abs().sum(0)
    geometry, shown = seen(network)
    expect(geometry).to_contain_text("23 × 23 pixels")
    row, column = divmod(int(field.argmax()), 227)
    expect(shown).to_contain_text(f"The strongest: row {row}, column {column}, ")
    largest = number(shown.locator("figcaption .note").inner_text().removeprefix("0 to "))
    assert largest == pytest.approx(float(field.max()), rel=5e-3)
