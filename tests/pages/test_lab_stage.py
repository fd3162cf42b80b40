"""The stage of the Lab: every cell explains itself, with the numbers that torch has."""

from __future__ import annotations

import re
from typing import Any

import pytest
import torch
from playwright.sync_api import expect
from torch.nn import functional as F

from tests.pages.boxes import box, do_overlap
from tests.pages.lab_controls import Controls
from tests.pages.lab_stage import GLYPH, SOBEL, Stage, batch, opened
from tests.pages.rest import eventually, until
from tests.pages.screens import DESKTOP, PHONE, SMALLEST, TABLET

# A frame stands in the link, so that nothing plays by itself.
AT_REST = "/lab#frame=8"
INPUT = (8, 8)


@pytest.fixture
def stage(visit: Any) -> Stage:
    """The example, all of its output made."""
    return opened(visit(AT_REST))


def at(visit: Any, settings: str, **options: Any) -> Stage:
    """The example with other settings, as a link has them."""
    return opened(visit(f"{AT_REST}99&{settings}", **options))


def test_an_output_cell_is_the_sum_that_torch_has(stage: Stage) -> None:
    output = F.conv2d(batch(GLYPH), batch(SOBEL), stride=2)[0, 0]
    for row, column in ((0, 0), (1, 2), (2, 1)):
        stage.hover("output", (3, 3), row, column)
        expect(stage.label).to_contain_text(f"output · row {row}, column {column}")
        stage.expect_value(output[row, column].item())
    expect(stage.page.get_by_role("region", name="Value")).to_contain_text("2,1")
    expect(stage.check).to_contain_text(f"PyTorch {output[2, 1].item():.6f}".replace("-", "−"))
    expect(stage.check).to_contain_text("9 of 9 as PyTorch has them")


def test_the_other_sides_answer_too_and_without_a_request(stage: Stage) -> None:
    expect(stage.check).to_contain_text("9 of 9 as PyTorch has them")
    asked: list[str] = []
    stage.page.on("request", lambda request: asked.append(request.url))
    stage.hover("kernel", (3, 3), 0, 2)
    expect(stage.label).to_contain_text("The weight 1.000 meets 9 values, one at every position")
    stage.hover("input", INPUT, 2, 2)
    expect(stage.label).to_contain_text("The value 1.000 goes into 4 output cells")
    stage.hover("input", INPUT, 7, 0)
    expect(stage.label).to_contain_text("is read by no window")
    for column in range(8):
        stage.hover("input", INPUT, 3, column)
    assert asked == []


def test_a_pin_is_seen_while_the_pointer_is_on_it(visit: Any) -> None:
    stage = at(visit, "see=backward")
    stage.click("output", (3, 3), 0, 1)
    field = stage.label.get_by_role("spinbutton")
    expect(field).to_be_visible()
    expect(stage.label.get_by_role("button", name="Unpin")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, TABLET])
def test_the_label_of_a_pin_covers_neither_its_plane_nor_a_control(visit: Any, size: Any) -> None:
    stage = opened(visit(AT_REST, size=size))
    controls = stage.page.locator(".transport, .lab-notice").locator("button, input, select")
    for side, row, column in (("output", 2, 2), ("output", 2, 0), ("kernel", 1, 1)):
        stage.click(side, (3, 3), row, column)
        stage.page.mouse.move(5, 500)
        # With PyTorch's number, where there is one, the label is as large as it becomes.
        expect(stage.label).to_contain_text("difference" if side == "output" else "The weight")
        stage.rest()
        label = box(stage.label)
        for other in (stage.frame(side), *controls.filter(visible=True).all()):
            assert not do_overlap(label, box(other)), (side, row, column)


def test_what_a_shift_does_is_said_of_each_pooling(visit: Any) -> None:
    for kind, sentence in (("max", "Where the largest value stays"), ("average", "the less the")):
        stage = at(visit, f"operation={kind}")
        expect(stage.page.get_by_text(sentence)).to_be_visible()


def test_gradients_of_a_large_input_can_be_read(visit: Any) -> None:
    stage = at(visit, "input=glyph.32x32x1&see=backward")
    button = stage.page.get_by_role("button", name="Numbers in every cell")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_a_click_pins_and_escape_lets_go(stage: Stage) -> None:
    stage.click("output", (3, 3), 1, 1)
    stage.page.mouse.move(5, 500)
    expect(stage.label).to_contain_text("output · row 1, column 1")
    expect(stage.label).to_contain_text("difference")
    stage.page.keyboard.press("Escape")
    expect(stage.label).to_be_hidden()
    stage.click("kernel", (3, 3), 1, 0)
    stage.click("kernel", (3, 3), 1, 0)
    stage.page.mouse.move(5, 500)
    expect(stage.label).to_be_hidden()


def test_arrow_keys_walk_and_every_cell_is_a_sentence(stage: Stage) -> None:
    output = F.conv2d(batch(GLYPH), batch(SOBEL), stride=2)[0, 0]
    frame = stage.frame("output")
    frame.focus()
    for key in ("Home", "ArrowUp", "ArrowUp", "ArrowRight"):
        frame.press(key)
    value = f"{output[0, 1].item():.3f}".replace("-", "−")
    expect(stage.spoken()).to_have_text(
        f"Output, row 0, column 1: {value}. "
        "It is made of rows 0 to 2 and columns 2 to 4 of the input."
    )
    expect(stage.label).to_contain_text("output · row 0, column 1")
    frame.press("Enter")
    stage.frame("input").focus()
    stage.page.keyboard.press("+")
    expect(stage.spoken()).to_contain_text("Input, row 0, column 2: 0.200")
    stage.page.keyboard.press("ArrowLeft")
    expect(stage.spoken()).to_contain_text("Input, row 0, column 1")


def test_unread_rows_and_columns_are_hatched_and_have_ways_out(stage: Stage) -> None:
    expect(stage.caption("input")).to_contain_text("row 7 and column 7 are never read")
    # Both cells hold 0; through the one that is never read go lines.
    stage.page.mouse.move(5, 500)
    read, unread = (stage.pixels("input", INPUT, 0, column)[:9, :9] for column in (1, 7))
    assert read.min() > 240
    assert unread.min() < 180
    banner = stage.page.locator("#lab-unread")
    expect(banner).to_contain_text("(8 − 3) / 2 = 2.5, and the floor drops")
    expect(stage.page.get_by_role("region", name="Output size")).to_contain_text("2⋅2+1")
    banner.get_by_role("button", name="One more row and column of padding").click()
    size = F.conv2d(F.pad(batch(GLYPH), (0, 1, 0, 1)), batch(SOBEL), stride=2).shape[2:]
    expect(stage.caption("output")).to_contain_text("{} × {}".format(*size))
    expect(banner).to_be_hidden()


def test_it_plays_steps_and_scrubs(stage: Stage) -> None:
    expect(stage.count).to_have_text("9 / 9")
    stage.button("One step back").click()
    expect(stage.count).to_have_text("8 / 9")
    stage.button("To the first").click()
    expect(stage.count).to_have_text("1 / 9")
    stage.page.locator("body").press(".")
    expect(stage.count).to_have_text("2 / 9")
    stage.page.get_by_label("Speed").select_option("4")
    stage.page.locator("#main").press(" ")
    expect(stage.button("Pause")).to_be_visible()
    expect(stage.count).to_have_text("9 / 9")
    expect(stage.button("Play")).to_be_visible()
    slider = stage.page.get_by_role("slider", name="Step")
    slider.fill("3")
    expect(stage.count).to_have_text("4 / 9")
    expect(slider).to_have_attribute("aria-valuetext", "position 4 of 9")


def test_dragging_over_the_input_paints(stage: Stage) -> None:
    stage.drag(INPUT, (4, 1), (4, 6))
    painted = GLYPH.clone()
    painted[4, 1:7] = 1
    output = F.conv2d(batch(painted), batch(SOBEL), stride=2)[0, 0]
    stage.hover("output", (3, 3), 2, 2)
    stage.expect_value(output[2, 2].item())
    stage.hover("input", INPUT, 4, 3)
    expect(stage.label).to_contain_text("The value 1.000")
    expect(stage.check).to_contain_text("9 of 9 as PyTorch has them")
    stage.page.keyboard.press("Control+z")
    stage.hover("input", INPUT, 4, 2)
    expect(stage.label).to_contain_text("The value 0.000")


def test_padding_says_what_it_borrows(visit: Any) -> None:
    stage = at(visit, "stride=1&padding=2&padding_mode=reflect")
    padded = F.pad(batch(GLYPH), (2, 2, 2, 2), mode="reflect")[0, 0]
    stage.hover("input", (12, 12), 1, 5)
    expect(stage.label).to_contain_text("padding · row -1, column 3")
    value = padded[1, 5].item()
    expect(stage.label).to_contain_text(f"borrows row 1, column 3: {value:.3f}")
    output = F.conv2d(padded[None, None], batch(SOBEL))[0, 0]
    stage.hover("output", (10, 10), 0, 4)
    stage.expect_value(output[0, 4].item())
    # A cell of the padding can be pointed at, but not painted.
    stage.drag((12, 12), (0, 0), (0, 3))
    stage.hover("input", (12, 12), 0, 2)
    expect(stage.label).to_contain_text(f"{padded[0, 2].item():.3f}")


@pytest.mark.parametrize(
    ("operation", "pooled"),
    [
        ("max", lambda x: F.max_pool2d(x, 3, 2)),
        ("average", lambda x: F.avg_pool2d(x, 3, 2)),
        ("lp&norm_type=3", lambda x: F.lp_pool2d(x, 3.0, 3, 2)),
        ("adaptive_average&output_size=3", lambda x: F.adaptive_avg_pool2d(x, 3)),
        ("global_max", lambda x: F.adaptive_max_pool2d(x, 1)),
    ],
)
def test_every_pooling_explains_its_value(visit: Any, operation: str, pooled: Any) -> None:
    stage = at(visit, f"operation={operation}")
    output = pooled(batch(GLYPH))[0, 0]
    rows, columns = output.shape
    stage.hover("output", (rows, columns), rows // 2, columns - 1)
    stage.expect_value(output[rows // 2, columns - 1].item())
    expect(stage.check).to_contain_text(f"{rows * columns} of {rows * columns} as PyTorch")


def test_gradients_are_those_of_autograd(visit: Any) -> None:
    stage = at(visit, "see=backward&stride=1")
    x, weight = (batch(plane).clone().requires_grad_() for plane in (GLYPH, SOBEL))
    # Each side has two planes now, the values above their gradients.
    gradient = torch.ones(6, 6, dtype=torch.float64)

    def expect_gradients() -> None:
        output = F.conv2d(x, weight)
        of_input, of_weight = torch.autograd.grad(output, (x, weight), batch(gradient))
        for side, grads, cell in (("kernel", of_weight, (0, 2)), ("input", of_input, (3, 4))):
            size = grads.shape[2]
            stage.rest()
            box = stage.frame(side).bounding_box()
            assert box is not None
            width = box["width"] / size
            stage.page.mouse.move(
                box["x"] + (cell[1] + 0.5) * width, box["y"] + (cell[0] + 0.5) * width
            )
            stage.rest()
            stage.expect_value(grads[0, 0][cell].item())

    expect_gradients()
    stage.click("output", (6, 6), 2, 3)
    stage.page.mouse.move(5, 500)
    field = stage.label.get_by_label("output gradient")
    field.fill("-2.5")
    field.press("Enter")
    gradient[2, 3] = -2.5
    expect_gradients()
    # The label of the pin comes back as soon as the pointer leaves the planes, and hides no button.
    reset = stage.button("All ones")
    box = reset.bounding_box()
    assert box is not None
    stage.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    stage.rest()
    expect(stage.label).to_contain_text("output · row 2, column 3")
    assert reset.evaluate("one => one.matches(':hover')")
    reset.click()
    gradient[2, 3] = 1
    expect_gradients()


def test_what_is_being_typed_outlives_the_drawing_of_the_label(visit: Any) -> None:
    stage = at(visit, "see=backward")
    stage.click("output", (6, 6), 2, 3)
    stage.page.mouse.move(5, 500)
    field = stage.label.get_by_label("output gradient")
    field.fill("-2.5")
    # An answer of PyTorch's, a scroll and a resize draw the label anew.
    stage.page.evaluate("dispatchEvent(new Event('resize'))")
    stage.rest()
    expect(field).to_have_value("-2.5")
    field.press("Enter")
    stage.page.mouse.move(5, 501)
    stage.click("output", (6, 6), 0, 0)
    expect(field).to_have_value("1")
    stage.click("output", (6, 6), 2, 3)
    expect(field).to_have_value("-2.5")


def test_a_maximum_sends_its_gradient_to_the_winner(visit: Any) -> None:
    stage = at(visit, "operation=max&see=backward")
    x = batch(GLYPH).clone().requires_grad_()
    (gradient,) = torch.autograd.grad(F.max_pool2d(x, 3, 2).sum(), x)
    box = stage.frame("input").bounding_box()
    assert box is not None
    stage.hover("output", (3, 3), 1, 1)
    expect(stage.label).to_contain_text("All of it goes to the winner of the window.")
    # Whether the two planes stand beside or below each other, the first is at the upper left.
    side = stage.frame("output").bounding_box()
    assert side is not None
    cell = side["width"] / 3
    for row, column in ((2, 2), (3, 2)):
        stage.page.mouse.move(box["x"] + (column + 0.5) * cell, box["y"] + (row + 0.5) * cell)
        stage.rest()
        stage.expect_value(gradient[0, 0, row, column].item(), abs=0)


@pytest.mark.parametrize(
    ("operation", "compared"),
    [
        ("max", "64 of 64 of the input as PyTorch has them"),
        ("conv_transpose2d", "64 of 64 of the input, 9 of 9 of the weights as PyTorch has them"),
    ],
)
def test_every_operation_s_gradients_are_compared_with_pytorch_s(
    visit: Any, operation: str, compared: str
) -> None:
    stage = at(visit, f"operation={operation}&see=backward")
    expect(stage.check).to_have_attribute("data-status", "equal")
    expect(stage.check).to_contain_text("gradients")
    expect(stage.check).to_contain_text(compared)


def test_a_transposed_convolution_is_stamped_and_gathered(visit: Any) -> None:
    stage = at(visit, "operation=conv_transpose2d&see=gather&stride=2&padding=1")
    output = F.conv_transpose2d(batch(GLYPH), batch(SOBEL), stride=2, padding=1)[0, 0]
    size = output.shape[0]
    expect(stage.caption("output")).to_contain_text(f"{size} × {size}, cut from 17 × 17")
    # One line on each side is drawn, but taken away.
    stage.hover("output", (17, 17), 1 + 6, 1 + 7)
    expect(stage.label).to_contain_text("output · row 6, column 7")
    stage.expect_value(output[6, 7].item())
    stage.hover("output", (17, 17), 0, 4)
    expect(stage.label).to_be_hidden()
    stage.page.get_by_role("radio", name=re.compile("^Stamp")).locator("xpath=..").click()
    expect(stage.count).to_contain_text("/ 64")
    stage.hover("input", INPUT, 2, 2)
    expect(stage.label).to_contain_text("stamps the whole kernel, times itself, on 9 output cells")


def test_groups_show_which_planes_feed_which_filter(stage: Stage) -> None:
    controls = Controls(stage.page)
    controls.set("input channels", 3)
    controls.slide("groups", "End")
    stage.rest()
    expect(stage.caption("output 2")).to_contain_text("group 2")
    # Depthwise, an output is made of its own input alone; standard, of all three.
    stage.frame("output").focus()
    stage.page.keyboard.press("PageDown")
    expect(stage.label).to_contain_text("output 1 ·")
    expect(stage.label.locator("figure")).to_have_count(1)
    controls.slide("groups", "Home")
    stage.frame("output").focus()
    expect(stage.label.locator("figure")).to_have_count(3)
    expect(stage.label).to_contain_text("input 2")


def test_a_shifted_input_gives_a_shifted_output(visit: Any) -> None:
    stage = at(visit, "stride=1")
    sharing = stage.page.get_by_role("region", name="Weight sharing")
    expect(sharing).to_contain_text("9")
    expect(sharing).to_contain_text("2,304")
    sharing.get_by_role("button", name="1 right", exact=True).click()
    moved = torch.roll(GLYPH, 1, dims=1)
    moved[:, 0] = 0
    before, after = (F.conv2d(batch(plane), batch(SOBEL))[0, 0] for plane in (GLYPH, moved))
    same = (before[:, :-1] == after[:, 1:]).sum().item()
    expect(sharing).to_contain_text(f"The {same} cells whose windows hold the same pixels give")
    stage.hover("output", (6, 6), 2, 3)
    stage.expect_value(after[2, 3].item())
    sharing.get_by_role("button", name="off", exact=True).click()
    stage.hover("output", (6, 6), 2, 3)
    stage.expect_value(before[2, 3].item())


def test_cells_that_are_too_small_for_numbers_can_be_enlarged(visit: Any) -> None:
    stage = at(visit, "stride=1")
    controls = Controls(stage.page)
    controls.set("input rows", 32)
    controls.set("input columns", 32)
    expect(stage.caption("input")).to_contain_text("32 × 32")
    stage.rest()
    small = stage.frame("input").bounding_box()
    stage.button("Numbers in every cell").click()
    stage.rest()
    large = stage.frame("input").bounding_box()
    assert small is not None
    assert large is not None
    assert large["width"] >= 2 * small["width"]
    assert stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Walking keeps the cell in view.
    stage.frame("input").focus()
    for key in ("End", *["Shift+ArrowDown"] * 7):
        stage.page.keyboard.press(key)
    stage.rest()
    view = stage.element.bounding_box()
    last = stage.frame("input").bounding_box()
    assert view is not None
    assert last is not None
    assert last["x"] + last["width"] <= view["x"] + view["width"] + 1
    assert last["y"] + last["height"] <= view["y"] + view["height"] + 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "390"])
def test_a_kernel_beside_a_large_input_is_read_and_met_by_the_pointer(
    visit: Any, size: Any
) -> None:
    stage = Stage(visit("/lab#input=ramp.64x64x1", size=size))
    kernel = stage.frame("kernel")
    expect(kernel).to_be_visible()
    stage.rest()
    box, whole = kernel.bounding_box(), stage.frame("input").bounding_box()
    assert box
    assert whole
    assert box["width"] >= 54 > 3 * whole["width"] / 64
    stage.hover("kernel", (3, 3), 1, 2)
    expect(stage.label).to_contain_text("row 1, column 2")


@pytest.mark.parametrize("settings", ["see=backward", "operation=global_max&input=ramp.8x8x3"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "390"])
def test_no_line_below_a_plane_is_cut(visit: Any, size: Any, settings: str) -> None:
    stage = Stage(visit(f"/lab#{settings}", size=size, touch=size is PHONE))
    lines = stage.element.locator(".lab-caption")
    expect(lines.first).to_be_visible()
    cut = (
        "lines => lines.filter((line) => line.scrollHeight > line.clientHeight + 1"
        " || line.scrollWidth > line.clientWidth + 1).map((line) => line.textContent)"
    )

    def is_whole() -> None:
        assert lines.evaluate_all(cut) == []

    stage.rest()
    eventually(stage.page, is_whole)


def test_a_tap_pins_on_a_phone(visit: Any) -> None:
    stage = opened(visit(AT_REST, size=PHONE, touch=True))
    output = F.conv2d(batch(GLYPH), batch(SOBEL), stride=2)[0, 0]
    spot = stage.place("output", (3, 3), 0, 2)
    stage.page.touchscreen.tap(spot["x"], spot["y"])
    stage.rest()
    stage.expect_value(output[0, 2].item())
    stage.label.get_by_role("button", name="Unpin").tap()
    expect(stage.label).to_be_hidden()


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE, SMALLEST])
def test_nothing_is_wider_than_the_screen(visit: Any, size: Any) -> None:
    page = visit(f"{AT_REST}99&stride=1&padding=2", size=size)
    stage = opened(page)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    until(page, lambda: page.evaluate(fits))
    page.goto(f"{AT_REST}99&see=backward")
    expect(stage.button("All ones")).to_be_visible()
    until(page, lambda: page.evaluate(fits))
    page.goto(f"{AT_REST}99&operation=conv_transpose2d")
    expect(stage.caption("output")).to_contain_text("17 × 17")
    until(page, lambda: page.evaluate(fits))


def test_axe_finds_nothing(visit: Any, axe: Any) -> None:
    stage = at(visit, "stride=2")
    column = stage.page.locator("#lab-controls")
    for settings, shown in (
        ("stride=2", stage.caption("input")),
        ("padding=1&padding_mode=reflect", column.locator(":checked[aria-label^=reflect]")),
        ("see=backward", stage.button("All ones")),
        ("operation=max&padding=1", column.locator(":checked[aria-label='Max pooling']")),
    ):
        stage.page.goto(f"{AT_REST}99&{settings}")
        expect(shown).to_be_attached()
        stage.rest()
        side = stage.frame("output").bounding_box()
        assert side is not None
        stage.page.mouse.click(side["x"] + 5, side["y"] + 5)
        stage.page.mouse.move(5, 700)
        expect(stage.label).to_be_visible()
        axe(stage.page, in_both_themes=True)
        stage.page.keyboard.press("Escape")
