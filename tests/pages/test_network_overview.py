"""The overview: all layers at once, with real activations, ranges, labels and edges."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Route, expect

from tests.pages import oracle
from tests.pages.network import LAYERS, NetworkPage, number, opened
from tests.pages.pixels import pixels_of
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import PHONE, SMALLEST, TABLET


def example() -> Any:
    """The digit a first visit shows: the sample digit-7-0."""
    images, labels = oracle.test_digits()
    return images[labels == 7], labels


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    """The page as a first-time visitor finds it."""
    return opened(visit("/"))


def shown_image(network: NetworkPage) -> Any:
    """The image that is the network's input, found among the shipped digits by its picture."""

    def seen() -> NDArray[np.float64]:
        pixels = network.pixels("input")[..., 0].astype(float)
        side = pixels.shape[0]
        rows = (np.arange(28) * side // 28) + side // 56
        return 255 - pixels[np.ix_(rows, rows)]

    until(network.page, lambda: seen().max() > 128)  # it is painted
    images, _ = oracle.test_digits()
    distance = np.abs(images.astype(float) - seen()).mean(axis=(1, 2))
    return images[int(distance.argmin())] / 255


def test_first_visit_shows_a_live_example(network: NetworkPage) -> None:
    network.expect_prediction(7)
    expected = oracle.activations(shown_image(network))["softmax"].numpy()
    until(network.page, lambda: np.allclose(network.probabilities(), expected, atol=6e-4))


def test_every_layer_stands_in_data_order_with_its_shape(network: NetworkPage) -> None:
    titles = network.page.locator("network-flow .flow-name").all_inner_texts()
    assert titles == LAYERS
    lefts = [network.page.locator(f'section[data-name="{name}"]').bounding_box() for name in LAYERS]
    xs = [box["x"] for box in lefts if box]
    assert xs == sorted(xs)
    assert len(xs) == len(LAYERS)
    shapes = network.page.locator("network-flow .flow-shape").all_inner_texts()
    assert shapes[1] == "32 × 28 × 28"
    assert shapes[6] == "64 × 7 × 7"
    assert shapes[7] == "3136"


def test_maps_are_coloured_by_the_activations_of_torch(network: NetworkPage) -> None:
    network.wait_for_exact_values()
    found = oracle.activations(shown_image(network))
    for layer in ("conv1", "relu1", "pool1", "conv2", "relu2", "pool2"):
        expect_colours(network, layer, found[layer].numpy())


def expect_colours(network: NetworkPage, layer: str, expected: NDArray[np.float64]) -> None:
    """The maps of a layer are as strong and of the sign that torch says."""
    count, rows, columns = expected.shape
    pixels = network.pixels(layer).astype(float)
    grid_columns = -(-count // 16)
    size = (pixels.shape[1] + 1) // grid_columns - 1
    # Red minus blue rises with the value; the middle pixel of each cell is that cell's alone.
    score = pixels[..., 0] - pixels[..., 2]
    ys, xs = (((np.arange(n) + 0.5) * size / n).astype(int) for n in (rows, columns))
    corners = [divmod(c, grid_columns) for c in range(count)]
    shown = np.stack(
        [score[np.ix_(top * (size + 1) + ys, left * (size + 1) + xs)] for top, left in corners]
    )
    assert np.corrcoef(shown.ravel(), expected.ravel())[0, 1] > 0.93, layer
    strong = np.abs(expected) > 0.25 * np.abs(expected).max()
    assert (np.sign(shown[strong]) == np.sign(expected[strong])).mean() > 0.995, layer


def test_pointing_at_a_map_tells_its_value_and_its_window(network: NetworkPage) -> None:
    asked: set[str] = set()
    network.page.on("request", lambda request: asked.add(request.url.rpartition("/")[2]))
    # What its opening needs is on its way once its name has the keyboard's focus.
    network.page.locator(".flow-title", has_text="conv1").focus()
    until(network.page, lambda: {"katex.mjs", "seen.js"} <= asked)
    picture = network.picture("conv1")
    box = picture.bounding_box()
    assert box is not None
    picture.hover(position={"x": box["width"] * 0.75, "y": box["height"] * 0.16})
    label = network.page.locator(".hover-label")
    expect(label).to_be_visible()
    expect(label.locator("strong").first).to_be_visible()
    where = label.locator(".hover-label-where").inner_text()
    match = re.fullmatch(r"conv1 · map (\d+) · row (\d+), column (\d+)", where)
    assert match, where
    channel, row, column = map(int, match.groups())
    value = oracle.activations(shown_image(network))["conv1"][channel, row, column].item()
    assert number(label.locator("strong").inner_text()) == pytest.approx(value, abs=6e-4)
    expect(label).to_contain_text("Σ")
    network.page.mouse.move(5, 5)
    expect(label).to_be_hidden()
    network.button("map").click()
    picture.hover(position={"x": box["width"] * 0.75, "y": box["height"] * 0.16})
    own = oracle.activations(shown_image(network))["conv1"][channel].abs().max().item()
    expect(label.locator(".hover-label-where")).to_contain_text(" · ±")
    printed = label.locator(".hover-label-where").inner_text().partition(" · ±")[2]
    assert number(printed) == pytest.approx(own, rel=6e-3)


def test_the_range_is_a_choice_and_is_printed(network: NetworkPage) -> None:
    network.wait_for_exact_values()
    choice = network.page.get_by_role("group", name="Activation range")
    found = oracle.activations(shown_image(network))
    limits = {name: value.abs().max().item() for name, value in found.items()}
    largest = max(limit for name, limit in limits.items() if name != "softmax")
    of_maps = max(limits[name] for name, value in found.items() if value.ndim == 3)
    layers = network.page.locator(".legend-layers li").last
    legend = network.page.locator(".legend-numbers span").last

    def is_printed(mode: str) -> None:
        if mode == "map":
            printed = re.findall(r"±([\d.]+)", layers.inner_text())[0]
        else:
            printed = legend.inner_text()
        wanted = of_maps if mode == "map" else largest
        assert number(printed) == pytest.approx(wanted, abs=6e-3), mode
        pixels = network.pixels("conv1").astype(int)
        colourful = np.abs(pixels[..., 0] - pixels[..., 2]).max()
        # On the whole network's range, which fc2 sets, conv1 is pale; on each map's own strong.
        assert (colourful < 140) if mode == "network" else (colourful >= 140), mode

    for mode in ("map", "network", "layer"):
        button = choice.get_by_role("button", name=mode)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        eventually(network.page, partial(is_printed, mode))


def test_the_ledger_has_the_published_numbers_and_opens_layers(network: NetworkPage) -> None:
    rows = network.page.locator(".ledger tbody tr")
    expect(rows).to_have_count(len(LAYERS) - 1)
    texts = dict(zip(LAYERS[1:], rows.all_inner_texts(), strict=True))
    for layer, total in {
        "conv1": "320",
        "conv2": "18,496",
        "fc1": "401,536",
        "fc2": "1,290",
    }.items():
        assert f"= {total}" in texts[layer], texts[layer]
    assert "⌊(28 + 2·1 − 3) / 1⌋ + 1 = 28" in texts["conv1"]
    assert "225,792" in texts["conv1"]
    assert "3,612,672" in texts["conv2"]
    assert "421,642" in network.page.locator(".ledger tfoot").inner_text()
    source = network.page.locator(".ledger-source")
    expect(source).to_have_text("MyCNN: The Math Behind Convolutional Neural Networks, section 3")
    network.page.locator(".ledger").get_by_role("button", name="pool1").click()
    expect(network.detail.get_by_role("heading", name="pool1", level=2)).to_be_visible()


def test_zoom_enlarges_the_maps_and_fit_brings_them_back(network: NetworkPage) -> None:
    network.wait_for_exact_values()
    settle(network.page)
    before = network.picture("conv1").bounding_box()
    assert before

    def width() -> float:
        after = network.picture("conv1").bounding_box()
        return after["width"] if after else 0

    network.button("Zoom in").click()
    until(network.page, lambda: width() > 1.25 * before["width"])
    network.button("Fit").click()
    until(network.page, lambda: network.picture("conv1").bounding_box() == before)


@pytest.mark.parametrize("size", [PHONE, SMALLEST, TABLET], ids=["390", "320", "1024"])
def test_the_page_never_scrolls_sideways(visit: Any, size: Any) -> None:
    network = opened(visit("/", size=size, touch=size is not TABLET))
    for address in ["", "#open=conv2", "#open=conv2.3.5.7", "#open=fc1.7", "#open=softmax.3"]:
        network.open(address)
        settle(network.page)
        wide = network.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{address or 'overview'} is {wide} px too wide"


def test_the_smallest_header_fits_before_the_networks_are_known(visit: Any, origin: str) -> None:
    page = visit("about:blank", size=SMALLEST, touch=True)
    held: list[Route] = []
    page.route("**/api/v1/networks", lambda route: held.append(route))
    page.goto(origin)
    opened(page).wait_for_exact_values()
    until(page, lambda: bool(held))
    end = page.locator(".header-end")
    before = end.evaluate("element => element.getBoundingClientRect().right")
    assert before <= SMALLEST["width"]
    held[0].continue_()
    expect(page.get_by_role("combobox", name="Network")).to_be_visible()
    assert end.evaluate("element => element.getBoundingClientRect().right") == before


def test_a_network_on_its_way_is_named_and_can_be_changed(visit: Any, origin: str) -> None:
    page = visit("about:blank")
    held: list[Route] = []
    page.route("**/api/v1/networks/efficientnet_lite0", lambda route: held.append(route))
    page.goto(f"{origin}/#network=efficientnet_lite0")
    choice = page.get_by_role("combobox", name="Network")
    expect(choice).to_have_value("efficientnet_lite0")
    expect(page.get_by_role("heading", name="Samples", exact=True)).to_be_visible()
    hint = "element => getComputedStyle(element, '::after').content"
    assert "digit" not in page.locator("drawing-surface").evaluate(hint)
    choice.select_option("fashion_mycnn")
    expect(page.get_by_role("heading", name="Sample clothes")).to_be_visible()
    for route in held:
        route.continue_()
    opened(page).wait_for_exact_values()
    expect(choice).to_have_value("fashion_mycnn")
    expect(page.get_by_role("heading", name="Sample clothes")).to_be_visible()


def test_on_a_phone_the_layers_stack(visit: Any) -> None:
    network = opened(visit("/", size=PHONE, touch=True))
    # All at one moment: what comes late may still move them together.
    ys = network.page.evaluate(
        """(names) => names.map((name) => document
            .querySelector(`section[data-name="${name}"]`).getBoundingClientRect().top)""",
        list(LAYERS),
    )
    assert ys == sorted(ys)
    assert len(set(ys)) == len(LAYERS)


def test_a_path_is_drawn_over_the_lines_without_drawing_them_anew(network: NetworkPage) -> None:
    page, path = network.page, network.page.locator(".flow-path")
    expect(path).to_be_hidden()
    maps = network.picture("conv2").bounding_box()
    assert maps
    settle(page)
    page.evaluate(
        """() => {
            globalThis.transfers = 0;
            const { prototype } = ImageBitmapRenderingContext;
            const transfer = prototype.transferFromImageBitmap;
            prototype.transferFromImageBitmap = function (image) {
                globalThis.transfers += 1;
                transfer.call(this, image);
            };
        }"""
    )
    for share in (0.1, 0.4, 0.9):
        page.mouse.move(maps["x"] + share * maps["width"], maps["y"] + share * maps["height"])
        page.mouse.move(maps["x"] + share * maps["width"], maps["y"] + share * maps["height"] + 1)
        expect(path).to_be_visible()
        until(page, lambda: bool(pixels_of(path)[..., 3].any()))
    page.mouse.move(1, 1)
    expect(path).to_be_hidden()
    assert page.evaluate("transfers") == 0
    # What is laid out anew has new lines.
    page.set_viewport_size(TABLET)
    until(page, lambda: page.evaluate("transfers") > 0)
