"""Overview → layer → map → cell, by mouse, keyboard and touch, each number against torch."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pages import oracle
from tests.pages.lab_stage import Stage
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import PHONE, SMALLEST
from tests.pages.test_network_overview import shown_image

CELLS = [
    ("conv1", 5, 9, 12), ("conv1", 0, 0, 0), ("conv1", 31, 27, 27), ("relu1", 5, 9, 12),
    ("pool1", 5, 4, 4), ("conv2", 3, 5, 7), ("conv2", 63, 0, 13), ("relu2", 3, 5, 7),
    ("pool2", 10, 2, 3), ("flatten", 200, 0, 0), ("fc1", 7, 0, 0), ("relu3", 7, 0, 0),
    ("fc2", 7, 0, 0), ("softmax", 7, 0, 0), ("softmax", 2, 0, 0),
]  # fmt: skip


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    """The page as a first-time visitor finds it."""
    return opened(visit("/"))


def check_of(network: NetworkPage) -> tuple[float, float, float]:
    """Our number, PyTorch's and the difference, as printed beside the open cell."""
    line = network.detail.locator(".check")
    expect(line).to_be_visible()
    ours, theirs = (number(text) for text in line.locator("strong").all_inner_texts())
    difference = line.locator(".note").inner_text().removeprefix("difference ")
    return ours, theirs, number(difference)


def expect_check(network: NetworkPage, value: float, of: str) -> None:
    """Both numbers beside the open cell are this one."""
    ours, theirs, difference = check_of(network)
    assert theirs == pytest.approx(value, abs=2e-5, rel=1e-5), of
    assert ours == pytest.approx(value, abs=2e-5, rel=1e-5), of
    assert 0 <= difference < 2e-5, of


def test_a_cell_of_every_kind_explains_itself(network: NetworkPage) -> None:
    expected = oracle.activations(shown_image(network))
    title = network.detail.get_by_role("heading", level=2).first
    for layer, channel, row, column in CELLS:
        network.open(f"#open={layer}.{channel}.{row}.{column}")
        found = expected[layer]
        value = (found[channel, row, column] if found.ndim == 3 else found[channel]).item()
        name = "map" if found.ndim == 3 else "class" if layer == "softmax" else "unit"
        expect(title).to_have_text(re.compile(rf"^{layer} · (unit|{name}) {channel}$"))
        if found.ndim == 3:
            where = network.detail.locator(".cell-title")
            expect(where).to_have_text(f"row {row}, column {column}")

        eventually(network.page, partial(expect_check, network, value, f"{layer}.{channel}"))


def test_channel_sums_add_up_to_the_value(network: NetworkPage) -> None:
    image = shown_image(network)
    network.open("#open=conv2.3.5.7")
    network.detail.get_by_role("button", name=re.compile("23 more")).click()
    rows = network.detail.locator(".sums li")
    expect(rows).to_have_count(32)
    shown = {
        int(row.locator(".sum-name").inner_text().split()[1]): number(
            row.locator(".sum-number").inner_text()
        )
        for row in rows.all()
    }
    weight = oracle.weights()["conv2.weight"][3]
    pool1 = oracle.activations(image)["pool1"]
    window = pool1[:, 4:7, 6:9]
    expected = (window * weight).sum((1, 2))
    assert [shown[c] for c in range(32)] == pytest.approx(expected.tolist(), abs=6e-5)
    amounts = [abs(number(row.locator(".sum-number").inner_text())) for row in rows.all()]
    assert amounts == sorted(amounts, reverse=True)


def products_of(line: str) -> list[float]:
    """The summands of a substituted line, each product multiplied out, brackets taken off."""
    plain = re.sub(r"[\u200b\s]", "", line).replace("\u2212", "-").strip("=")
    terms = re.split(r"\+", plain.split("=")[0])
    return [math.prod(float(part.strip("()")) for part in re.split("[⋅·]", term)) for term in terms]


def test_the_substituted_line_adds_up_to_its_own_result(network: NetworkPage) -> None:
    image = shown_image(network)
    for row, column in [(9, 12), (14, 20), (0, 0)]:
        network.open(f"#open=conv1.5.{row}.{column}")
        expect(network.detail.locator(".cell-title")).to_have_text(f"row {row}, column {column}")
        line = network.detail.locator(".cell math-formula").nth(1)
        value = oracle.activations(image)["conv1"][5, row, column].item()
        expect(line).to_contain_text(f"{abs(value):.4f}")
        terms = products_of(line.locator(".katex-html").inner_text())
        assert len(terms) == 10
        assert sum(terms) == pytest.approx(value, abs=1.6e-4)
        # The tiles say the very same numbers.
        spoken = network.detail.locator(".cell-tiles drawn-picture").get_attribute("aria-label")
        tiles = [part.split(" times ") for part in (spoken or "").split(", plus ")]
        assert [number(a) * number(b) for a, b in tiles] == pytest.approx(terms[:9], abs=1e-12)


def test_small_weights_and_probabilities_are_no_zeros(network: NetworkPage) -> None:
    image = shown_image(network)
    network.open("#open=fc1.3.0.0")
    rows = network.detail.locator(".sums li")
    expect(rows).to_have_count(9)
    weight = oracle.weights()["fc1.weight"][3]
    products = oracle.activations(image)["flatten"] * weight
    largest = products[products.abs().argsort(descending=True)]
    for row, product in zip(rows.all(), largest.tolist(), strict=False):
        factors = row.locator(".sum-note").inner_text().split(" × ")
        assert number(factors[0]) * number(factors[1]) == pytest.approx(product, rel=2e-3)
        assert number(row.locator(".sum-number").inner_text()) == pytest.approx(product, abs=6e-6)
    network.open("#open=softmax.1.0.0")
    probability = oracle.activations(image)["softmax"][1].item()
    ours, theirs, _ = check_of(network)
    assert ours == pytest.approx(probability, rel=2e-4)
    assert theirs == pytest.approx(probability, rel=2e-4)
    share = network.detail.locator(".terms tr.is-current td").last.inner_text()
    assert number(share) / 100 == pytest.approx(probability, rel=0.02)


def test_the_products_of_a_dense_unit_open_in_steps(network: NetworkPage) -> None:
    image = shown_image(network)
    network.open("#open=fc1.52.0.0")
    rows = network.detail.locator(".sums li")
    expect(rows).to_have_count(9)
    weight = oracle.weights()["fc1.weight"][52]
    products = oracle.activations(image)["flatten"] * weight
    largest = products[products.abs().argsort(descending=True)]
    for listed in (73, 137):
        more = network.detail.locator(".sums-more").first
        rest = largest[listed - 64 :].sum().item()
        assert number(more.locator(".sum-number").inner_text()) == pytest.approx(rest, abs=1e-3)
        more.click()
        expect(rows).to_have_count(listed)
    shown = [number(text) for text in network.detail.locator(".sums .sum-number").all_inner_texts()]
    assert shown == pytest.approx(largest[:137].tolist(), abs=6e-5)
    network.detail.get_by_role("button", name="fewer").click()
    expect(rows).to_have_count(9)


# How far each class's name is from the middle of its unit, CSS px, and whether the units reach out
# of the window: all read at one moment.
BESIDE_THEIR_UNITS = """(detail) => {
    const grid = detail.querySelector('unit-grid canvas').getBoundingClientRect();
    const names = [...detail.querySelectorAll('.unit-classes li')];
    const off = names.map((name, unit) => {
        const { left, width } = name.getBoundingClientRect();
        return Math.abs(left + width / 2 - grid.left - (grid.width * (unit + 0.5)) / names.length);
    });
    return [...off, Number(grid.left < 0), Number(grid.right > innerWidth)];
}"""


@pytest.mark.parametrize("size", [PHONE, SMALLEST], ids=["390", "320"])
def test_on_a_phone_each_class_stands_below_its_own_unit(visit: Any, size: Any) -> None:
    network = opened(visit("/", size=size, touch=True))
    title = network.detail.get_by_role("heading", level=2).first
    for address in ("fc2", "fc2.7.0.0", "softmax", "softmax.7.0.0"):
        network.open(f"#open={address}")
        layer, _, is_unit = address.partition(".")
        expect(title).to_have_text(re.compile(rf"^{layer}{' · .* 7' if is_unit else ''}$"))
        names = network.detail.locator(".unit-classes li")
        expect(names).to_have_count(10)
        # What was opened glides to its place, and weights that arrive move it once more.
        until(network.page, lambda: max(network.detail.evaluate(BESIDE_THEIR_UNITS)) < 1)
    network.open("#open=fc2.7.0.0")
    note = network.detail.locator(".sums li .sum-note").first
    expect(note).to_be_visible()
    expect(note).to_contain_text("×")


def test_softmax_is_explained_term_by_term(network: NetworkPage) -> None:
    image = shown_image(network)
    network.open("#open=softmax.7")
    cells = network.detail.locator(".terms tbody tr")
    expect(cells).to_have_count(10)
    logits = [number(row.locator("td").first.inner_text()) for row in cells.all()]
    assert logits == pytest.approx(oracle.activations(image)["fc2"].tolist(), abs=1e-4)


def test_the_winner_of_a_pooling_window_is_named(network: NetworkPage) -> None:
    image = shown_image(network)
    network.open("#open=pool1.5.4.4")
    note = network.detail.locator(".cell-tiles .note")
    expect(note).to_contain_text("the winner stands in row")
    row, column = (int(text) for text in note.locator("strong").all_inner_texts())
    window = oracle.activations(image)["relu1"][5, 8:10, 8:10]
    best = int(window.flatten().argmax())
    assert (row, column) == (8 + best // 2, 8 + best % 2)


def test_a_layer_shows_its_formula_kernels_and_maps(network: NetworkPage) -> None:
    network.page.get_by_role("button", name=re.compile(r"^conv2")).first.click()
    facts = network.detail.locator(".detail-facts")
    expect(facts).to_contain_text("14·14·64·32·3·3 = 3,612,672")
    expect(facts.locator(".formula .katex").first).to_be_visible()
    expect(facts).to_contain_text("64 filters of 32 kernels")
    kernels = network.detail.locator(".detail-kernels")
    expect(kernels.locator(".kernel-list li")).to_have_count(32)
    spoken = kernels.locator(".kernel-list value-grid").nth(4).get_attribute("aria-label") or ""
    numbers = [number(text) for text in spoken.split(": ")[1].split(", ")]
    kernel = oracle.weights()["conv2.weight"][0, 4].flatten().tolist()
    assert numbers == pytest.approx(kernel, abs=6e-4)


def test_one_click_each_way_and_escape_back(network: NetworkPage) -> None:
    network.picture("conv2").click(position={"x": 30, "y": 30})
    title = network.detail.get_by_role("heading", level=2).first
    expect(title).to_have_text("conv2 · map 0")
    grid = network.detail.locator(".figure value-grid[interactive]").first
    grid.click(position={"x": 6 + 12 * 7, "y": 6 + 12 * 5})
    expect(network.detail.locator(".cell-title")).to_have_text("row 5, column 7")
    for expected in ["conv2 · map 0", "conv2"]:
        network.page.keyboard.press("Escape")
        expect(title).to_have_text(expected)
        expect(network.page).to_have_url(re.compile("open=conv2"))
    network.page.keyboard.press("Escape")
    expect(network.detail).to_have_count(0)


def test_the_browsers_back_and_forward(network: NetworkPage) -> None:
    page: Page = network.page
    page.get_by_role("button", name=re.compile(r"^pool1")).first.click()
    title = network.detail.get_by_role("heading", level=2).first
    expect(title).to_have_text("pool1")
    network.detail.get_by_role("button", name="conv2").click()
    expect(title).to_have_text("conv2")
    page.go_back()
    expect(title).to_have_text("pool1")
    page.go_back()
    expect(network.detail).to_have_count(0)
    page.go_forward()
    expect(title).to_have_text("pool1")


def test_everything_by_keyboard(network: NetworkPage) -> None:
    page = network.page
    network.picture("conv1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hover-label-where")).to_contain_text("conv1 · map 3 ·")
    page.keyboard.press("Enter")
    title = network.detail.get_by_role("heading", level=2).first
    expect(title).to_have_text("conv1 · map 3")
    # The map's cells have the focus: the keys walk at once, from the strongest cell.
    expect(network.detail.locator("value-grid[interactive]").first).to_be_focused()
    cell = network.detail.locator(".cell-title")
    before = cell.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    row, column = (int(text) for text in re.findall(r"\d+", before))
    expect(cell).to_have_text(f"row {row + 1}, column {column + 1}")
    spoken = page.locator("#walked")
    expect(spoken).to_contain_text(f"conv1, map 3, row {row + 1}, column {column + 1}: ")
    expect(spoken).to_contain_text("9 products")
    check_of(network)
    page.keyboard.press("PageDown")
    expect(title).to_have_text("relu1")


def test_a_tap_opens_and_pins(visit: Any) -> None:
    network = opened(visit("/", size=PHONE, touch=True))
    network.picture("pool1").scroll_into_view_if_needed()
    network.picture("pool1").tap(position={"x": 60, "y": 20})
    title = network.detail.get_by_role("heading", level=2).first
    expect(title).to_have_text("pool1 · map 1")
    network.detail.locator("value-grid[interactive]").first.tap(position={"x": 50, "y": 90})
    expect(network.detail.locator(".cell-title")).to_contain_text("row ")
    expect(network.page).to_have_url(re.compile(r"open=pool1\.1\.\d+\.\d+"))


def test_the_receptive_field_is_outlined_on_the_drawing(network: NetworkPage) -> None:
    network.open("#open=pool2.0.3.3")
    expect(network.detail.locator(".check")).to_be_visible()
    shown = network.page.locator("drawing-surface")
    settle(network.page)
    first = shown.screenshot()
    network.open("#open=pool2.0.0.0")
    expect(network.detail.locator(".cell-title")).to_have_text("row 0, column 0")
    until(network.page, lambda: shown.screenshot() != first)


def test_of_equal_values_the_first_wins_and_close_ones_are_told_apart(
    network: NetworkPage,
) -> None:
    image = shown_image(network)
    network.open("#open=pool1.5.0.0")
    note = network.detail.locator(".cell-tiles .note")
    expect(note).to_contain_text("4 values are the largest; the first wins")
    relu1 = oracle.activations(image)["relu1"]
    windows = relu1.unfold(1, 2, 2).unfold(2, 2, 2).flatten(3)
    top, second = windows.topk(2, dim=3).values.unbind(3)
    is_close = (top - second > 2e-5) & ((100 * top).round() == (100 * second).round()) & (top > 0)
    channel, row, column = is_close.nonzero()[0].tolist()
    network.open(f"#open=pool1.{channel}.{row}.{column}")
    expect(note).to_contain_text("the winner stands in row")
    numbers = network.detail.locator(".cell .katex [data-term]").all_inner_texts()
    assert numbers.count(max(numbers)) == 1


def test_a_term_of_the_formula_and_its_picture_light_each_other(network: NetworkPage) -> None:
    network.open("#open=conv2.3.5.7")
    terms = network.detail.locator(".cell .katex [data-term]")
    rows = network.detail.locator(".sums li")
    terms.nth(1).hover()
    expect(rows.nth(1)).to_have_class(re.compile("is-lit"))
    expect(rows.nth(0)).not_to_have_class(re.compile("is-lit"))
    rows.nth(2).hover()
    expect(terms.nth(2)).to_have_class(re.compile("is-lit"))
    network.open("#open=conv1.5.9.12")
    expect(network.detail.locator(".cell-title")).to_have_text("row 9, column 12")
    tiles = network.detail.locator(".cell-tiles drawn-picture")
    settle(network.page)
    before = tiles.screenshot()
    terms.nth(8).hover()
    expect(terms.nth(8)).to_have_class(re.compile("is-lit"))
    until(network.page, lambda: tiles.screenshot() != before)
    tiles.hover(position={"x": 100, "y": 10})
    expect(terms.nth(1)).to_have_class(re.compile("is-lit"))


def test_a_faint_map_says_so_and_is_seen_in_its_own_range(network: NetworkPage) -> None:
    image = shown_image(network)
    reach = oracle.activations(image)["conv2"].abs().amax((1, 2))
    faint = int(reach.argmin())
    network.open(f"#open=conv2.{faint}")
    note = network.detail.locator(".figures-note")
    expect(note).to_contain_text("This map reaches only ±")
    shown = number(re.findall(r"±([\d.]+)", note.inner_text())[0])
    assert shown == pytest.approx(reach[faint].item(), rel=6e-3)
    note.get_by_role("button").click()
    expect(network.page).to_have_url(re.compile("range=map"))
    captions = network.detail.locator(".figure figcaption")
    expect(captions.nth(1)).to_contain_text(f"±{shown:.4f}")
    assert number(re.findall(r"±([\d.]+)", captions.nth(1).inner_text())[0]) == shown


def test_the_legend_of_the_probabilities_is_ink_and_each_layer_has_its_range(
    network: NetworkPage,
) -> None:
    image = shown_image(network)
    network.open("#open=softmax")
    legend = network.page.locator("#legend")
    expect(legend.locator(".legend-numbers")).to_have_text(re.compile(r"^\s*0\s*softmax\s*1\s*$"))
    expect(legend.locator(".legend-scale")).to_have_class(re.compile("is-ink"))
    limit = oracle.activations(image)["conv2"].abs().max().item()
    row = legend.locator(".legend-layers li", has_text="conv2").locator("span")
    assert number(row.inner_text().lstrip("±")) == pytest.approx(limit, rel=6e-3)


def test_the_walked_cell_is_said_and_what_the_pointer_passes_is_not(network: NetworkPage) -> None:
    image = shown_image(network)
    page = network.page
    spoken = page.locator("#walked")
    network.picture("pool1").hover(position={"x": 30, "y": 30})
    page.wait_for_timeout(600)
    expect(spoken).to_have_text("")
    network.picture("conv2").focus()
    page.keyboard.press("ArrowRight")
    expect(spoken).to_contain_text("conv2, map 1, row 7, column 7: ")
    value = oracle.activations(image)["conv2"][1, 7, 7].item()
    said = spoken.inner_text().split(": ")[1].split(", ")[0]
    assert number(said) == pytest.approx(value, abs=6e-5)
    network.open("#open=fc2.7.0.0")
    grid = network.detail.locator("value-grid[interactive]").first
    grid.focus()
    page.keyboard.press("ArrowLeft")
    expect(spoken).to_contain_text("fc2, unit 6: ")
    expect(spoken).to_contain_text("128 products")


def test_the_keys_go_on_from_a_layer_into_its_map_and_back(network: NetworkPage) -> None:
    page = network.page
    expect(page.locator("#walked")).to_be_attached()
    page.get_by_role("button", name=re.compile(r"^conv2")).first.focus()
    page.keyboard.press("Enter")
    maps = network.detail.locator(".detail-maps layer-picture")
    expect(maps).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(network.detail.locator("h2").first).to_have_text("conv2 · map 1")
    expect(network.detail.locator("value-grid[interactive]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(maps).to_be_focused()


def test_a_kernel_of_the_wall_is_enlarged_with_its_numbers(network: NetworkPage) -> None:
    network.open("#open=conv2")
    wall = network.detail.locator("kernel-wall layer-picture")
    loupe = network.detail.locator(".kernel-loupe")
    expect(loupe).to_contain_text("filter 0")
    wall.hover(position={"x": 10 * 5 + 4, "y": 10 * 12 + 4})
    expect(loupe).to_contain_text("filter 12")
    expect(loupe).to_contain_text("pool1 · map 5")
    spoken = loupe.locator("value-grid").get_attribute("aria-label") or ""
    numbers = [number(text) for text in spoken.split(": ")[1].split(", ")]
    kernel = oracle.weights()["conv2.weight"][12, 5].flatten().tolist()
    assert numbers == pytest.approx(kernel, abs=6e-4)
    wall.focus()
    network.page.keyboard.press("ArrowDown")
    expect(loupe).to_contain_text("filter 13")
    # The kernels with numbers below are those of the same filter.
    expect(network.detail.locator(".detail-kernels h3")).to_contain_text("filter 13")


def test_a_dense_layer_shows_the_weights_of_the_unit_pointed_at(network: NetworkPage) -> None:
    found = oracle.activations(shown_image(network))
    heading = network.detail.locator(".detail-facts > h3")
    for layer in ("fc1", "fc2"):
        network.open(f"#open={layer}")
        expect(network.detail.locator("h2").first).to_have_text(layer)
        strongest = int(found[layer].abs().argmax())
        expect(heading).to_contain_text(f"unit {strongest}: its weight")
        network.detail.locator("unit-grid canvas").hover(position={"x": 48 * 3 + 20, "y": 20})
        expect(heading).to_contain_text("unit 3: its weight")
        limit = oracle.weights()[f"{layer}.weight"][3].abs().max().item()
        assert number(heading.inner_text().split("±")[1]) == pytest.approx(limit, rel=6e-3), layer
        network.page.mouse.move(5, 5)


def test_the_label_of_a_dense_unit_is_its_operation(network: NetworkPage) -> None:
    image = shown_image(network)
    box = network.picture("fc1").bounding_box()
    assert box
    network.picture("fc1").hover(position={"x": 8, "y": box["height"] * 52.5 / 128})
    label = network.page.locator(".hover-label")
    expect(label.locator(".hover-label-where")).to_have_text("fc1 · unit 52")
    expect(label.locator("drawn-picture")).to_have_count(3)
    products = oracle.activations(image)["flatten"] * oracle.weights()["fc1.weight"][52]
    rest = products[products.abs().argsort(descending=True)][3:].sum().item()
    more = label.locator("span", has_text="more").first.inner_text()
    assert number(more.split()[1]) == pytest.approx(rest, abs=2e-3)
    assert "(3,133 more)" in more


def test_the_totals_of_the_ledger_stand_where_a_phone_shows_them(visit: Any) -> None:
    network = opened(visit("/", size=PHONE, touch=True))
    total = network.page.locator(".ledger-sum strong").first
    total.scroll_into_view_if_needed()
    expect(total).to_have_text("421,642")
    settle(network.page)
    box = total.bounding_box()
    assert box
    assert box["x"] + box["width"] < PHONE["width"]


@pytest.mark.parametrize(
    ("layer", "channel", "row", "column", "note"),
    [
        ("conv1", 5, 9, 12, "filter 5 alone"),
        ("conv1", 0, 0, 0, "filter 0 alone"),
        ("conv2", 3, 5, 7, "its 8 maps of 32 that add most"),
        ("pool2", 10, 2, 3, "map 10 alone"),
    ],
)
def test_a_cell_opens_in_the_lab_with_its_real_input_and_weights(
    network: NetworkPage, layer: str, channel: int, row: int, column: int, note: str
) -> None:
    value = oracle.activations(shown_image(network))[layer][channel, row, column].item()
    network.open(f"#open={layer}.{channel}.{row}.{column}")
    link = network.detail.locator(".lab-link")
    expect(link).to_contain_text(note)
    link.get_by_role("link", name="Open in the Lab").click()
    stage = Stage(network.page)
    expect(stage.label).to_contain_text(f"row {row}, column {column}")
    stage.expect_value(value, abs=6e-4)
    expect(network.page.locator(".lab-notice")).to_be_hidden()


def test_no_number_is_printed_of_a_first_picture_that_came_in_bytes(
    visit: Any, origin: str
) -> None:
    page = visit("about:blank")
    held: list[Route] = []
    page.route("**/forward?*dtype=float32*", lambda route: held.append(route))
    page.goto(f"{origin}/#open=conv2.3.5.7")
    network = NetworkPage(page)
    network.wait_for_picture()
    until(page, lambda: bool(held))
    expect(network.detail.get_by_text("The exact values are on their way.")).to_be_visible()
    check = network.detail.locator(".check")
    expect(check).to_have_count(0)
    held[0].continue_()
    expect(check).to_be_visible()
    ours, theirs = network.check()
    assert ours == pytest.approx(theirs, abs=1e-5)
