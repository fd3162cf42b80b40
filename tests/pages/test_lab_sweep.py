"""The sweep and the comparison of the Lab, against torch and the API."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect
from torch import Tensor
from torch.nn import functional

from tests.pages.boxes import hidden_width
from tests.pages.lab_controls import Controls
from tests.pages.lab_side import Side, opened
from tests.pages.pixels import pixels_of
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import DESKTOP, PHONE

STRIDES = [1, 2, 3, 4]
PADDINGS: list[int | str] = [0, 1, 2, "same"]
# A frame stands in the link, so that nothing plays by itself.
AT_REST = "/lab#frame=8"


@pytest.fixture
def side(visit: Any) -> Side:
    """The Lab as a first-time visitor finds it, at rest."""
    return opened(visit(AT_REST))


def operands(side: Side) -> tuple[Tensor, Tensor]:
    """The input and the weight that the page shows."""
    return torch.from_numpy(side.array("input")), torch.from_numpy(side.array("weight"))


def size_of(output: Tensor) -> str:
    """The size of an output as a cell shows it."""
    return "×".join(map(str, output.shape[-2:]))


def test_a_padding_of_one_s_own_stands_beside_the_usual_ones(visit: Any) -> None:
    side = opened(visit("/lab#padding=3&frame=8", size=DESKTOP))
    expect(side.cells()).to_have_count(20)
    assert hidden_width(side.page.locator(".sweep-scroller")) == 0
    for cell in side.cells().all():
        assert hidden_width(cell) == 0


def test_every_combination_has_its_size_or_its_reason(side: Side, base_url: str) -> None:
    input, weight = operands(side)
    body = {
        "operation": "conv2d",
        "input": input.tolist(),
        "weight": weight.tolist(),
        "stride": STRIDES,
        "padding": PADDINGS,
    }
    rows = httpx2.post(f"{base_url}/api/v1/sweep", json=body).json()["results"]
    cells = side.cells()
    expect(cells).to_have_count(len(rows))
    told = side.part("Sweep").locator("p").last
    for cell, row in zip(cells.all(), rows, strict=True):
        if row["output_size"] is None:
            assert cell.get_attribute("aria-disabled") == "true"
            cell.hover()
            expect(told).to_have_text(row["reason"])
            expect(cell).to_contain_text("same needs stride 1")
        else:
            output = functional.conv2d(input, weight, stride=row["stride"], padding=row["padding"])
            expect(cell).to_have_text(size_of(output))


def test_the_pictures_are_the_outputs(side: Side) -> None:
    input, weight = operands(side)
    cells = side.cells()
    expect(cells.locator("canvas").nth(12)).to_be_visible()
    for index, (stride, padding) in enumerate([(1, 0), (1, 1), (1, 2)]):
        output = functional.conv2d(input, weight, stride=stride, padding=padding)[0].numpy()
        shown = pixels_of(cells.nth(index).locator("canvas")).astype(int)
        rows, columns = output.shape
        for row in range(rows):
            for column in range(columns):
                y = int((row + 0.5) * shown.shape[0] / rows)
                x = int((column + 0.5) * shown.shape[1] / columns)
                red, _, blue, _ = shown[y, x]
                if abs(output[row, column]) > 0.5:
                    assert (red > blue) == (output[row, column] > 0)


def test_a_click_opens_a_combination_and_back_leaves_it(side: Side) -> None:
    page = side.page
    current = side.part("Sweep").locator("[aria-current=true]")
    expect(current).to_have_text("3×3")
    side.cells().nth(5).click()
    expect(current).to_have_text("4×4")
    slider = page.locator("#lab-controls").get_by_role("slider", name="padding", exact=True)
    expect(slider).to_have_value("1")
    input, weight = operands(side)
    expected = functional.conv2d(input, weight, stride=2, padding=1).numpy()
    np.testing.assert_allclose(side.array("output"), expected, atol=1e-12)
    expect(page).to_have_url(re.compile("padding=1"))  # the step that Back takes
    page.go_back()
    expect(current).to_have_text("3×3")


def test_an_impossible_one_opens_nothing(side: Side) -> None:
    impossible = side.cells().nth(7)
    impossible.focus()
    expect(side.part("Sweep").locator("p").last).to_contain_text("keeps the size, which a stride")
    impossible.press("Enter")
    expect(side.part("Sweep").locator("[aria-current=true]")).to_have_text("3×3")


def test_kernel_sizes_and_dilations_have_a_grid_each(side: Side) -> None:
    sweep = side.part("Sweep")
    sweep.get_by_role("button", name="Ranges").click()
    sweep.get_by_role("group", name="kernel size").get_by_role("button", name="5").click()
    sweep.get_by_role("group", name="dilation").get_by_role("button", name="2").click()
    expect(sweep.get_by_role("table")).to_have_count(4)
    expect(sweep.get_by_text("64 combinations.")).to_be_visible()
    input, _ = operands(side)
    wide = sweep.get_by_role("table").filter(has_text="kernel 5 · dilation 1")
    expect(wide.get_by_role("cell").first).to_have_text(
        size_of(functional.conv2d(input, torch.ones(1, 1, 5, 5).double()))
    )
    spread = sweep.get_by_role("table").filter(has_text="kernel 5 · dilation 2")
    expect(spread.get_by_role("cell").first).to_contain_text("kernel too large")
    sweep.get_by_role("group", name="stride").get_by_role("button", name="4", exact=True).click()
    expect(sweep.get_by_text("48 combinations.")).to_be_visible()


def test_poolings_are_swept_with_both_roundings(visit: Any) -> None:
    side = opened(visit("/lab#operation=max&kernel_size=3&sweep_ceil_mode=false_true"))
    input = torch.from_numpy(side.array("input"))
    tables = side.part("Sweep").get_by_role("table")
    expect(tables).to_have_count(2)
    for table, ceil in zip(tables.all(), (False, True), strict=True):
        for row, stride in enumerate(STRIDES):
            output = functional.max_pool2d(input, 3, stride, 1, ceil_mode=ceil)
            expect(table.get_by_role("row").nth(row + 1).get_by_role("cell").nth(1)).to_have_text(
                size_of(output)
            )
    expect(tables.first.get_by_role("row").nth(2).get_by_role("cell").last).to_contain_text("same")


def test_an_adaptive_pooling_has_nothing_to_sweep(visit: Any) -> None:
    side = opened(visit("/lab#operation=adaptive_max"))
    expect(side.part("Sweep")).to_contain_text("follow from its output size")
    expect(side.part("Sweep").get_by_role("table")).to_have_count(0)


def fact(side: Side, name: str) -> list[str]:
    """A row of the table of differences."""
    row = side.part("Compare").get_by_role("row", name=re.compile(f"^{name}"))
    return [text.strip() for text in row.get_by_role("cell").all_inner_texts()]


def expect_fact(side: Side, name: str, *cells: str) -> None:
    """A row of the table of differences is this, as soon as it follows."""

    def is_so() -> None:
        assert fact(side, name) == list(cells), name

    eventually(side.page, is_so)


def test_two_small_kernels_beside_a_large_one(side: Side) -> None:
    side.part("Compare").get_by_role("button", name="One 5 × 5 against two 3 × 3").click()
    expect(side.page.locator("lab-stage")).to_have_count(3)
    expect(side.part("Compare")).to_contain_text("see as far as a large one")
    small = torch.nn.Conv2d(1, 1, 3, padding=1, bias=False)
    large = torch.nn.Conv2d(1, 1, 5, padding=2, bias=False)
    weights = [25, 2 * 9]
    assert weights == [large.weight.numel(), 2 * small.weight.numel()]
    expect_fact(side, "parameters", "25", "18", "−7 (× 0.720)")
    expect_fact(side, "MACs", "1,600", "1,152", "−448 (× 0.720)")
    expect_fact(side, "receptive field", "5×5", "5×5", "same")
    expect_fact(side, "output size", "8×8", "8×8", "same")
    input, weight = operands(side)
    assert weight.shape == (1, 1, 5, 5)
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]).double()[None, None]
    twice = functional.conv2d(functional.conv2d(input, kernel, padding=1), kernel, padding=1)
    np.testing.assert_allclose(side.array("output")[:, 1:-1, 1:-1], twice[:, 1:-1, 1:-1])
    largest = float((torch.from_numpy(side.array("output")) - twice).abs().max())
    until(side.page, lambda: fact(side, "output values")[-1] == f"by up to {largest:.2f}")


def test_both_sides_answer_the_pointer(side: Side) -> None:
    page = side.page
    side.part("Compare").get_by_role("button", name="Dilation 2 against 5 × 5").click()
    one, two = page.locator("#lab-stage lab-stage"), page.locator("#lab-compare lab-stage")
    expect(two).to_have_count(1)
    page.mouse.move(2, 2)
    settle(page)
    before = one.screenshot(), two.screenshot()
    for stage in (two, one):
        settle(page)
        frame = stage.locator("[data-side=output]").bounding_box()
        assert frame is not None
        page.mouse.move(frame["x"] + 4, frame["y"] + 4)
        expect(page.locator("#label")).to_contain_text("row 0, column 0")
        until(page, lambda: one.screenshot() != before[0])
        until(page, lambda: two.screenshot() != before[1])


def beside(side: Side) -> Controls:
    """The controls, once they set B."""
    side.page.get_by_role("button", name="Set B", exact=True).click()
    expect(side.page.get_by_role("radio", name="Settings of B")).to_be_checked()
    return Controls(side.page)


def test_the_other_side_is_set_by_itself_and_kept_in_the_link(side: Side, visit: Any) -> None:
    page = side.page
    side.part("Compare").get_by_role("button", name="Keep these as B").click()
    assert beside(side).slide("stride", "ArrowLeft") == 1
    expect(page.locator(".compare-name").last).to_contain_text("stride 1")
    expect(page.locator(".compare-name").first).to_contain_text("stride 2")
    expect_fact(side, "output size", "3×3", "6×6", "+3 each way")
    expect(page).to_have_url(re.compile(r"compare_with=.*stride%3D1"))
    elsewhere = opened(visit(page.url[page.url.index("/lab") :]))
    expect_fact(elsewhere, "output size", "3×3", "6×6", "+3 each way")
    elsewhere.page.locator("#lab-compare").get_by_role("button", name="Swap A and B").click()
    expect(elsewhere.part("Compare").get_by_role("row", name="output size")).to_contain_text(
        "−3 each way"
    )
    elsewhere.part("Compare").get_by_role("button", name="End").click()
    expect(elsewhere.page.locator("#lab-compare")).to_be_hidden()


def test_the_other_side_has_every_setting_by_the_same_controls(visit: Any) -> None:
    side = opened(visit(AT_REST.replace("#", "#input=ramp.8x8x3&stride=1&padding=1&")))
    side.part("Compare").get_by_role("button", name="Keep these as B").click()
    name = side.page.locator(".compare-name").last
    controls = beside(side)
    controls.choose("reflect: mirrored at the edge, without the edge")
    expect(name).to_contain_text("padding 1, reflect")
    settle(side.page)
    alone = fact(side, "parameters")[0]
    controls.slide("groups", "End")
    expect(name).to_contain_text("3 groups")
    depthwise = str(torch.nn.Conv2d(3, 3, 3, groups=3).weight.numel())
    until(side.page, lambda: fact(side, "parameters")[:2] == [alone, depthwise])
    controls.choose("Max pooling")
    expect(name).to_contain_text("max pooling")
    for slider, steps in (("padding", 0), ("kernel size", 2), ("stride", 1)):
        controls.slide(slider, "Home")
        controls.slide(slider, "ArrowRight", steps)
    controls.column.get_by_role("switch", name="ceil mode").locator("xpath=..").click()
    expect(name).to_contain_text("3 × 3 max pooling, stride 2, rounded up")
    pooled = functional.max_pool2d(torch.zeros(1, 3, 8, 8), 3, 2, ceil_mode=True)
    expected = size_of(pooled)
    until(side.page, lambda: fact(side, "output size")[1] == f"3×{expected}")
    controls.choose("Lp pooling")
    controls.set("norm type", 3)
    side.page.wait_for_url(re.compile("norm_type%3D3"))
    # The other side stays as it was.
    expect(side.page.locator(".compare-name").first).to_contain_text("convolution, stride 1")


def test_undo_takes_back_what_was_set_of_the_side_in_hand(side: Side) -> None:
    side.part("Compare").get_by_role("button", name="Keep these as B").click()
    name = side.page.locator(".compare-name").last
    controls = beside(side)
    controls.slide("stride", "ArrowLeft")
    expect(name).to_contain_text("stride 1")
    side.page.keyboard.press("Control+z")
    expect(name).to_contain_text("stride 2")
    undo, redo = (
        controls.column.get_by_role("button", name=each, exact=True) for each in ("Undo", "Redo")
    )
    expect(undo).to_be_disabled()
    redo.click()
    expect(name).to_contain_text("stride 1")
    undo.click()
    expect(name).to_contain_text("stride 2")
    side.page.get_by_role("button", name="Set A", exact=True).click()
    expect(redo).to_be_disabled()


def test_a_comparison_opens_on_the_pair_that_was_chosen_last(visit: Any) -> None:
    page: Page = visit(AT_REST)
    compare = page.get_by_role("radio", name="Compare: two settings on one input")
    compare.locator("xpath=..").click()
    names = page.locator(".compare-name")
    expect(names.first).to_contain_text("3 × 3 convolution, stride 2")
    expect(names.last).to_contain_text("2 × 2 max pooling, stride 2")
    page.get_by_role("button", name="Max against average pooling").click()
    page.goto("/lab")
    compare.locator("xpath=..").click()
    expect(names.first).to_contain_text("max pooling")
    expect(names.last).to_contain_text("average pooling")


def test_who_leaves_a_ready_made_pair_gets_back_what_was_there(visit: Any) -> None:
    page: Page = visit("/lab#kernel_size=5&stride=3")
    controls = Controls(page)
    mine = re.compile(r"/lab#kernel_size=5&stride=3(&weight=[^&]*)?$")
    page.get_by_role("radio", name="Compare: two settings on one input").locator("xpath=..").click()
    names = page.locator(".compare-name")
    expect(names.first).to_contain_text("3 × 3 convolution, stride 2")
    page.get_by_role("button", name="One 5 × 5 against two 3 × 3").click()
    expect(names.last).to_contain_text("two 3 × 3 convolutions")
    # One click is one step back, of both sides.
    page.keyboard.press("Control+z")
    expect(names.first).to_contain_text("3 × 3 convolution, stride 2")
    expect(names.last).to_contain_text("2 × 2 max pooling, stride 2")
    page.get_by_role("radio", name="Forward").locator("xpath=..").click()
    expect(page).to_have_url(mine)
    assert [controls.slider(name).input_value() for name in ("kernel size", "stride")] == ["5", "3"]
    page.get_by_role("button", name="Max against average pooling").click()
    expect(names.first).to_contain_text("max pooling")
    Side(page).part("Compare").get_by_role("button", name="End").click()
    expect(page).to_have_url(mine)


def test_pairs_that_the_input_is_too_small_for_are_grey_and_say_why(visit: Any) -> None:
    page = visit("/lab#input=ramp.1x1x1&kernel_size=1")
    pairs = page.locator(".pair")
    expect(pairs).to_have_count(6)
    expect(page.locator(".pair:disabled")).to_have_count(3)
    average = page.get_by_role("button", name="Max against average pooling")
    expect(average).to_be_disabled()
    expect(average).to_have_attribute("title", re.compile("^The kernel does not fit: "))
    expect(page.get_by_text("The input is too small for the pairs in grey.")).to_be_visible()
    page.get_by_role("button", name="Dilation 2 against 5 × 5").click()
    expect(page.locator("#lab-compare lab-stage").first).to_be_visible()
    for name in ("input rows", "input columns"):
        page.get_by_role("spinbutton", name=name, exact=True).fill("8")
        page.keyboard.press("Enter")
    expect(page.locator(".pair:disabled")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_comparison_is_accessible(visit: Any, axe: Any, theme: str) -> None:
    page: Page = visit(AT_REST, theme=theme)
    side = opened(page)
    side.part("Compare").get_by_role("button", name="Stride 2 against pooling").click()
    expect(page.locator("lab-stage")).to_have_count(2)
    axe(page, "#lab-compare")
    axe(page, "#lab-side")


def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Any) -> None:
    page: Page = visit(AT_REST, size=PHONE, touch=True)
    side = opened(page)
    side.part("Compare").get_by_role("button", name="Max against average pooling").tap()
    expect(page.locator("lab-stage")).to_have_count(2)
    until(page, lambda: page.evaluate("document.documentElement.scrollWidth") == PHONE["width"])
