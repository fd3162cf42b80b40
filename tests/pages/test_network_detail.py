"""Overview → layer → map → cell, by mouse, keyboard and touch, each number against torch."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages import oracle
from tests.pages.network import NetworkPage, number, opened
from tests.pages.screens import PHONE
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


@pytest.mark.parametrize(("layer", "channel", "row", "column"), CELLS)
def test_a_cell_of_every_kind_explains_itself(
    network: NetworkPage, layer: str, channel: int, row: int, column: int
) -> None:
    image = shown_image(network)
    network.open(f"#open={layer}.{channel}.{row}.{column}")
    ours, theirs, difference = check_of(network)
    expected = oracle.activations(image)[layer]
    value = (expected[channel, row, column] if expected.ndim == 3 else expected[channel]).item()
    assert theirs == pytest.approx(value, abs=2e-5, rel=1e-5)
    assert ours == pytest.approx(value, abs=2e-5, rel=1e-5)
    assert 0 <= difference < 2e-5


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
    expect(network.detail.locator("#cell-title")).to_have_text("row 5, column 7")
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
    network.detail.locator("value-grid[interactive]").first.focus()
    page.keyboard.press("Enter")
    cell = network.detail.locator("#cell-title")
    before = cell.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    row, column = (int(text) for text in re.findall(r"\d+", before))
    expect(cell).to_have_text(f"row {row + 1}, column {column + 1}")
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
    expect(network.detail.locator("#cell-title")).to_contain_text("row ")
    expect(network.page).to_have_url(re.compile(r"open=pool1\.1\.\d+\.\d+"))


def test_the_receptive_field_is_outlined_on_the_drawing(network: NetworkPage) -> None:
    network.open("#open=pool2.0.3.3")
    expect(network.detail.locator(".check")).to_be_visible()
    shown = network.page.locator("drawing-surface")
    first = shown.screenshot()
    network.open("#open=pool2.0.0.0")
    expect(network.detail.locator("#cell-title")).to_have_text("row 0, column 0")
    assert shown.screenshot() != first


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
    tiles = network.detail.locator(".cell-tiles drawn-picture")
    before = tiles.screenshot()
    terms.nth(8).hover()
    expect(terms.nth(8)).to_have_class(re.compile("is-lit"))
    assert tiles.screenshot() != before
    tiles.hover(position={"x": 70, "y": 10})
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
