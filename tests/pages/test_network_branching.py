"""A network with branches and joins on the Network page, beside MyCNN, which is there too."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from app.networks.registry import ARCHITECTURES
from tests.pages import branching_oracle as oracle
from tests.pages.branching_oracle import LAYERS
from tests.pages.lab_stage import Stage
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import DESKTOP, PHONE
from tests.pages.test_network_detail import check_of, expect_check
from tests.pages.test_network_overview import shown_image
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
    ink = network.fragment("ink=")
    network.open(f"open=conv2&{ink}")
    expect(network.detail.locator("h2").first).to_have_text("conv2")
    options = choice(network).locator("> option")
    expect(options).to_have_count(len(ARCHITECTURES) + 1)
    expect(options.first).to_have_text("MyCNN · 421,642 parameters · 99.2 % right")
    expect(options.last).to_have_text(
        re.compile(r"Branching · 3,002 parameters · \d\d\.\d\s% right")
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


def test_a_network_that_is_not_available_is_named_and_cannot_be_chosen(
    visit: Any, origin: str, watch: Watch
) -> None:
    watch.expect("status of 404")
    page = visit("about:blank")

    def more(route: Route) -> None:
        rows = route.fetch().json()
        others = [("one", "unavailable"), ("gone", "ready")]
        rows += [rows[0] | {"name": name, "weights": weights} for name, weights in others]
        route.fulfill(json=rows)

    page.route("**/api/v1/networks", more)
    page.goto(origin)
    network = opened(page)
    options = choice(network).locator("option")
    option = options.filter(has_text=re.compile("unavailable$"))
    expect(option).to_have_count(1)
    expect(option).to_be_disabled()
    # One that is gone by now.
    choice(network).select_option("gone")
    expect(page.locator(".link-notice")).to_contain_text("no network “gone” here; MyCNN is shown")
    expect(choice(network)).to_have_value("mycnn")
    expect(layers(network).nth(1)).to_have_text("conv1")


def test_a_network_whose_weights_turn_out_bad_says_why_and_is_asked_for_once(
    visit: Any, origin: str, watch: Watch
) -> None:
    """Its file is looked at no earlier than it is chosen."""
    watch.expect("status of 503")
    network = arrive(visit, origin)
    asked: list[Route] = []

    def refuse(route: Route) -> None:
        asked.append(route)
        problem = {"status": 503, "detail": "LeNet-5: The weights lack conv1.bias."}
        kind = "application/problem+json"
        route.fulfill(status=503, content_type=kind, body=json.dumps(problem))

    network.page.route("**/api/v1/networks/lenet5", refuse)
    choice(network).select_option("lenet5")
    notice = network.page.locator(".link-notice")
    expect(notice).to_contain_text("LeNet-5: The weights lack conv1.bias. MyCNN is shown.")
    expect(choice(network)).to_have_value("mycnn")
    # So does a link to it, and a second network that it was to be.
    network.open("network=branching&beside=lenet5")
    expect(network.page.locator(".beside")).to_have_count(0)
    expect(notice).to_contain_text("LeNet-5: The weights lack conv1.bias. Branching is shown.")
    network.open("network=lenet5")
    expect(notice).to_contain_text("LeNet-5: The weights lack conv1.bias. MyCNN is shown.")
    assert len(asked) == 3


def test_one_network_alone_is_no_choice(visit: Any, origin: str) -> None:
    page = visit("about:blank")
    page.route("**/api/v1/networks", lambda route: route.fulfill(json=route.fetch().json()[:1]))
    with page.expect_response("**/api/v1/networks"):
        page.goto(origin)
    network = opened(page)
    network.wait_for_exact_values()
    expect(page.locator("#network-name")).to_contain_text("MyCNN · 421,642 parameters")
    expect(choice(network)).to_have_count(0)


CELLS = [
    ("stem.0", 2, 9, 12), ("stem.1", 2, 5, 5), ("stem.2", 2, 9, 12), ("pool", 3, 0, 0),
    ("shared", 3, 6, 6), ("relu", 3, 6, 6), ("shared_1", 3, 6, 6), ("add", 3, 6, 6),
    ("relu_1", 3, 6, 6), ("narrow", 7, 13, 0), ("wide", 5, 6, 6), ("cat", 3, 6, 6),
    ("cat", 11, 6, 6), ("avg_pool2d", 3, 2, 2), ("average", 4, 1, 1), ("flatten", 20, 0, 0),
    ("dropout", 20, 0, 0), ("fc", 7, 0, 0), ("softmax", 7, 0, 0),
]  # fmt: skip

# Whether any line is drawn within a box given in CSS px of the flow.
IS_DRAWN = """([left, top, width, height]) => {
    const shown = document.querySelectorAll(':is(.flow-edges, .flow-path):not([hidden])');
    const [first] = shown;
    const scale = first.width / first.getBoundingClientRect().width;
    const copy = new OffscreenCanvas(first.width, first.height);
    const context = copy.getContext('2d', { willReadFrequently: true });
    for (const canvas of shown) context.drawImage(canvas, 0, 0);
    const [x, y, w, h] = [left, top, width, height].map((one) => Math.round(one * scale));
    return context.getImageData(x, y, w, h).data.some((value, at) => at % 4 === 3 && value > 60);
}"""


@pytest.fixture
def branching(visit: Any, origin: str) -> NetworkPage:
    """The page of the branching network, once all of it has been fetched."""
    return arrive(visit, origin, "#network=branching")


def show(network: NetworkPage, view: str) -> None:
    """Opens something of the branching network, as a link does."""
    network.open(f"#network=branching&open={view}")


def title(network: NetworkPage) -> Locator:
    """The name of what is open."""
    return network.detail.locator("h2").first


def test_the_overview_shows_every_layer_and_both_edges_of_a_sum(branching: NetworkPage) -> None:
    expect(layers(branching)).to_have_text(LAYERS)
    expected = oracle.activations(shown_image(branching))["softmax"].tolist()
    until(branching.page, lambda: branching.probabilities() == pytest.approx(expected, abs=6e-4))
    flow = branching.page.locator("network-flow")

    def is_drawn_below(layer: str, *, within: str = "") -> bool:
        corner, box = flow.bounding_box(), branching.picture(layer).bounding_box()
        assert corner
        assert box
        left, top = box["x"] - corner["x"], box["y"] - corner["y"]
        place = [left + 4, top + box["height"] + 2, box["width"] - 8, 10]
        if within:
            place = [left + 4, top + 8, box["width"] - 8, box["height"] - 16]
        return bool(branching.page.evaluate(IS_DRAWN, place))

    # One edge of the sum comes from the layer before it, one below what lies between.
    below = [layer for layer in LAYERS[1:-1] if is_drawn_below(layer)]
    assert {"pool", "shared", "relu", "shared_1", "add"} <= set(below)
    assert not {"stem.0", "stem.1", "stem.2", "mish", "average"} & set(below)
    show(branching, "add.3.6.6")
    expect(title(branching)).to_have_text("add · map 3")
    settle(branching.page)
    until(branching.page, lambda: is_drawn_below("shared_1", within="its maps"))
    assert is_drawn_below("shared")
    assert is_drawn_below("relu")
    assert not is_drawn_below("shared", within="its maps")


def test_a_cell_of_every_kind_is_what_torch_says(branching: NetworkPage) -> None:
    found = oracle.activations(shown_image(branching))
    for layer, channel, row, column in CELLS:
        show(branching, f"{layer}.{channel}.{row}.{column}")
        name = "unit" if found[layer].ndim == 1 else "map"
        expect(title(branching)).to_have_text(re.compile(rf"^{layer} · ({name}|class) {channel}$"))
        value = found[layer][(channel, row, column)[: found[layer].ndim]].item()
        eventually(branching.page, partial(expect_check, branching, value, layer))


def test_a_sum_a_concatenation_and_a_normalization_say_what_they_are_made_of(
    branching: NetworkPage,
) -> None:
    found, w = oracle.activations(shown_image(branching)), oracle.weights()
    cell = branching.detail.locator(".cell")
    show(branching, "add.3.6.6")
    rows = cell.locator(".sum-number")
    expect(cell.locator(".sum-name")).to_have_text(["pool", "shared_1"])
    terms = [found[name][3, 6, 6].item() for name in ("pool", "shared_1")]
    until(
        branching.page,
        lambda: (
            [number(text) for text in rows.all_inner_texts()[:2]] == pytest.approx(terms, abs=6e-5)
        ),
    )
    show(branching, "cat.11.6.6")
    expect(cell).to_contain_text("wide · map 3 · row 6, column 6")
    show(branching, "stem.1.2.5.5")
    expect(title(branching)).to_have_text("stem.1 · map 2")
    expect(cell.locator(".results")).to_contain_text("learned shift")
    settle(branching.page)
    for name in ("running_mean", "running_var", "weight", "bias"):
        parts = re.findall(r"[\d.−]+\d", cell.locator(".results").inner_text())
        value = w[f"stem.1.{name}"][2].item()
        assert any(number(part) == pytest.approx(value, rel=2e-3) for part in parts), name


def test_a_layer_of_no_known_kind_shows_its_values_and_says_so(branching: NetworkPage) -> None:
    value = oracle.activations(shown_image(branching))["mish"][3, 6, 6].item()
    branching.picture("mish").hover(position={"x": 10, "y": 10})
    expect(branching.page.locator(".hover-label-where")).to_contain_text("mish · map 0")
    show(branching, "mish.3.6.6")
    cell = branching.detail.locator(".cell")
    expect(cell).to_contain_text("Mish cannot be taken apart here")
    shown = cell.locator(".sum-number")
    until(branching.page, lambda: number(shown.inner_text()) == pytest.approx(value, abs=6e-5))


def test_every_layer_page_says_its_inputs_its_field_and_its_range(branching: NetworkPage) -> None:
    found = oracle.activations(shown_image(branching))
    page = branching.page
    facts = branching.detail.locator(".layer-facts")
    fields = {"add": "13 × 13 pixels, step 2 × 2", "cat": "≤ 21 × 21", "mish": "≤ 47 × 47 pixels"}
    show(branching, "stem.0")
    for layer in LAYERS[1:]:
        expect(title(branching)).to_have_text(layer)
        expect(page.locator(".flow-title[aria-current]")).to_contain_text(layer)
        expect(facts).to_contain_text(fields.get(layer, "receptive field"))
        if found[layer].ndim == 3:
            maps = branching.detail.locator(".detail-maps h3").first
            expect(maps).to_contain_text(f"{len(found[layer])} maps of ")
            legend = page.locator("#legend .legend-layers .is-current span").last
            expect_reach(page, legend, found[layer].abs().max().item())
        page.keyboard.press("PageDown")
    # The last one stays open; both inputs of the sum are one step away.
    expect(title(branching)).to_have_text("softmax")
    for name in ("pool", "shared_1"):
        show(branching, "add")
        expect(facts).to_contain_text("8 × 14 × 14, 8 × 14 × 14")
        branching.detail.get_by_role("button", name=name, exact=True).press("Enter")
        expect(title(branching)).to_have_text(name)
    page.keyboard.press("PageUp")
    expect(title(branching)).to_have_text("relu")
    # One module at two places: its parameters are listed at both and counted once.
    rows = page.locator(".ledger tbody tr")
    expect(rows).to_have_count(len(LAYERS) - 1)
    for name in ("shared", "shared_1"):
        row = rows.filter(has=page.get_by_role("button", name=name, exact=True))
        expect(row).to_contain_text("8·(8·3·3 + 1) = 584")
    settle(page)
    total = number(page.locator(".ledger-totals strong").first.inner_text())
    listed = [number(text) for text in rows.locator("td strong").all_inner_texts()]
    assert total == sum(listed) - 584 == sum(one.numel() for one in learned())
    # What nobody can take apart may multiply, too.
    row = rows.filter(has=page.get_by_role("button", name="mish", exact=True))
    expect(row.locator(".is-number").first).to_have_text("unknown")
    expect(page.locator(".ledger-totals .is-number")).to_contain_text("at least ")


def expect_reach(page: Page, legend: Locator, limit: float) -> None:
    """The number behind ± is a limit, as soon as the legend has followed."""
    until(page, lambda: number(legend.inner_text().lstrip("±")) == pytest.approx(limit, rel=6e-3))


def learned() -> list[Any]:
    """The parameters, without the statistics of the normalization."""
    names = oracle.weights()
    return [one for name, one in names.items() if "running" not in name and one.ndim > 0]


def test_a_kernel_of_a_group_is_enlarged_with_its_numbers(branching: NetworkPage) -> None:
    show(branching, "wide")
    loupe = branching.detail.locator(".kernel-loupe")
    expect(loupe).to_contain_text("filter 0")
    wall = branching.detail.locator("kernel-wall layer-picture")
    wall.focus()
    for _ in range(6):
        branching.page.keyboard.press("ArrowDown")
    expect(loupe).to_contain_text("filter 6")
    expect(loupe).to_contain_text("relu_1 · map 4")
    spoken = loupe.locator("value-grid").get_attribute("aria-label") or ""
    numbers = [number(text) for text in spoken.split(": ")[1].split(", ")]
    kernel = oracle.weights()["wide.weight"][6, 0].flatten().tolist()
    assert numbers == pytest.approx(kernel, abs=6e-4)
    names = branching.detail.locator(".kernel-list .kernel-index")
    expect(names).to_have_text(["4", "5", "6", "7"])


def test_a_cell_of_a_second_group_opens_in_the_lab(branching: NetworkPage) -> None:
    value = oracle.activations(shown_image(branching))["wide"][5, 6, 6].item()
    show(branching, "wide.5.6.6")
    branching.detail.get_by_role("link", name="Open in the Lab").click()
    stage = Stage(branching.page)
    expect(stage.label).to_contain_text("row 6, column 6")
    stage.expect_value(value, abs=6e-4)
    expect(branching.page.locator(".lab-notice")).to_be_hidden()


def test_keys_walk_a_sum_and_the_link_of_its_cell_comes_back(branching: NetworkPage) -> None:
    page = branching.page
    show(branching, "add.3")
    grid = branching.detail.locator("value-grid[interactive]").first
    expect(title(branching)).to_have_text("add · map 3")
    grid.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    cell = branching.detail.locator(".cell-title")
    expect(page).to_have_url(re.compile(r"open=add\.3\.\d+\.\d+$"))
    settle(page)
    where = cell.inner_text()
    row, column = re.findall(r"\d+", where)
    expect(page.locator("#walked")).to_contain_text(f"add, map 3, {where}: ")
    expect(page).to_have_url(re.compile(rf"#network=branching&open=add\.3\.{row}\.{column}$"))
    page.reload()
    branching.wait_for_picture()
    expect(title(branching)).to_have_text("add · map 3")
    expect(cell).to_have_text(where)
    check_of(branching)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "390"])
def test_axe_finds_nothing(visit: Any, origin: str, axe: Any, size: Any) -> None:
    options = {"size": size, "touch": size is PHONE}
    network = arrive(visit, origin, "#network=branching", **options)
    for view in ("", "add", "add.3.6.6", "cat.11.6.6", "stem.1.2.5.5", "mish.3.6.6", "wide"):
        show(network, view)
        if view:
            expect(title(network)).to_contain_text(view.split(".")[0])
        axe(network.page, in_both_themes=True)
