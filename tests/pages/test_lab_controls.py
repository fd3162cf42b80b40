"""The Lab's left column as a person uses it: every end, every editor, told in its own words."""

from __future__ import annotations

import base64
import io
import re
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import FilePayload, expect
from torch.nn import functional as F

from tests.pages import oracle
from tests.pages.lab_controls import Controls, opened
from tests.pages.rest import until
from tests.pages.screens import DESKTOP, PHONE, TABLET

SOBEL_X = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


@pytest.fixture
def lab(visit: Any) -> Controls:
    """The page as a first-time visitor finds it."""
    return opened(visit("/lab"))


def size_by_torch(kind: str, **settings: int) -> str | None:
    """The size that an operation gives of 8×8 with these settings; None where torch refuses."""
    size = settings.pop("kernel_size", 3)
    given: dict[str, Any] = {"stride": 2, **settings}
    x = torch.zeros(1, 1, 8, 8, dtype=torch.float64)
    weight = torch.zeros(1, 1, size, size, dtype=torch.float64)
    try:
        if kind == "Max pooling":
            output = F.max_pool2d(x, size, **given)
        elif kind == "Transposed convolution":
            output = F.conv_transpose2d(x, weight, **given)
        else:
            output = F.conv2d(x, weight, **given)
    except RuntimeError:
        return None
    return "{} × {}".format(*output.shape[2:])


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("Convolution", ["kernel_size", "dilation"]),
        ("Transposed convolution", ["output_padding"]),
        ("Max pooling", ["kernel_size", "dilation"]),
    ],
)
def test_sliders_end_where_torch_refuses(lab: Controls, kind: str, names: list[str]) -> None:
    lab.choose(kind)
    for name in names:
        words = name.replace("_", " ")
        now = int(lab.slider(words).input_value())
        most = lab.slide(words, "End")
        expect(lab.caption("output")).to_contain_text(size_by_torch(kind, **{name: most}) or "–")
        assert size_by_torch(kind, **{name: most + 1}) is None
        lab.slide(words, "ArrowRight")
        expect(lab.remark).to_contain_text(f"{words} stops at {most}")
        assert lab.slide(words, "ArrowLeft", most - now) == now


def test_nothing_moves_while_settings_change(lab: Controls) -> None:
    def tops() -> dict[str, float]:
        """Where each row stands."""
        found: dict[str, float] = lab.column.locator("[data-setting]").evaluate_all(
            "rows => Object.fromEntries(rows.map((row) =>"
            " [row.dataset.setting, row.getBoundingClientRect().top]))"
        )
        return found

    lab.rest()
    before = tops()
    for name in ("kernel size", "stride", "dilation", "padding"):
        lab.slide(name, "End")
        lab.slide(name, "ArrowRight")
        lab.rest()
        assert tops() == before, name
        lab.slide(name, "Home")
    lab.choose("reflect: mirrored at the edge, without the edge")
    lab.choose("all: as much on every side")
    lab.rest()
    assert tops() == before


def test_padding_in_all_its_ways(lab: Controls) -> None:
    lab.try_to_choose("same: as much as keeps the size")
    expect(lab.remark).to_contain_text("a stride of 2×2 does not")
    expect(lab.column.get_by_role("radio", name="all: as much on every side")).to_be_checked()
    lab.slide("stride", "Home")
    lab.choose("same: as much as keeps the size")
    expect(lab.column.get_by_text("1 on every side", exact=True)).to_be_visible()
    lab.choose("sides: each by itself")
    for side, value in (("top", 1), ("left", 1)):
        expect(lab.slider(f"padding at the {side}")).to_have_value(str(value))
    lab.choose("reflect: mirrored at the edge, without the edge")
    # torch's own reflection ends one below the size.
    assert lab.slide("padding at the left", "End") == 7
    with pytest.raises(RuntimeError):
        F.pad(torch.zeros(1, 1, 8, 8), (8, 0, 0, 0), mode="reflect")
    lab.slide("padding at the left", "ArrowRight")
    expect(lab.remark).to_contain_text("a mirror without its edge has only 7 to give")


def test_a_number_in_a_formula_lights_its_control(lab: Controls) -> None:
    lab.page.locator("#lab-stage [data-setting=stride]").last.hover()
    expect(lab.column.locator("[data-setting=stride]")).to_have_class(re.compile("is-lit"))
    expect(lab.column.locator(".is-lit")).to_have_count(1)
    lab.slider("dilation").hover()
    expect(lab.column.locator(".is-lit")).to_have_attribute("data-setting", "dilation")


def test_height_and_width_apart_and_together(lab: Controls) -> None:
    apart = lab.column.get_by_role("checkbox", name="H and W apart")
    apart.check()
    assert lab.slide("stride width", "ArrowRight") == 3
    assert lab.slide("kernel size height", "ArrowRight", 2) == 5
    expect(lab.cells("Kernel")).to_have_count(15)
    apart.uncheck()
    expect(lab.slider("stride")).to_have_value("2")
    expect(lab.cells("Kernel")).to_have_count(25)


def test_a_kernel_is_typed_dragged_and_turned(lab: Controls) -> None:
    cells = lab.cells("Kernel")
    until(lab.page, lambda: lab.values("Kernel", 3).tolist() == SOBEL_X)
    cells.nth(0).click()
    lab.page.keyboard.type("1/9")
    lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.type("x")
    expect(cells.nth(3)).to_have_attribute("aria-invalid", "true")
    expect(
        lab.column.get_by_text("“x” is no number; the cell keeps the one it had.")
    ).to_be_visible()
    lab.page.keyboard.press("Enter")
    # The cell shows its number again, and why stays to be read until the next one is changed.
    expect(cells.nth(3)).not_to_have_attribute("aria-invalid", "true")
    expect(lab.column.get_by_text("is no number")).to_be_visible()
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("PageUp")
    expect(lab.column.get_by_text("is no number")).to_have_count(0)
    expect(cells.nth(7)).to_have_value("0.1")
    cells.nth(7).hover()
    lab.page.mouse.wheel(0, -100)
    expect(cells.nth(7)).to_have_value("0.2")
    box = cells.nth(4).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x, y - 40, steps=4)
    lab.page.mouse.up()
    lab.slider("stride").focus()
    lab.rest()
    changed = [[0.11, 0, 1], [-2, 1, 2], [-1, 0.2, 1]]
    until(lab.page, lambda: lab.values("Kernel", 3).tolist() == changed)
    # Each of the three was one step.
    for _ in range(3):
        lab.page.keyboard.press("Control+z")
    lab.rest()
    until(lab.page, lambda: lab.values("Kernel", 3).tolist() == SOBEL_X)
    for _ in range(3):
        lab.page.keyboard.press("Control+Shift+z")
    lab.rest()
    until(lab.page, lambda: lab.values("Kernel", 3).tolist() == changed)


def test_kernels_are_chosen_by_name_or_from_the_trained_network(lab: Controls) -> None:
    choose = lab.column.get_by_role("button", name=re.compile("^Kernel: "))
    expect(choose).to_have_text("Sobel x")
    choose.click()
    panel = lab.column.get_by_role("dialog", name="Choose a kernel")
    expect(panel.get_by_text("The four neighbours minus four times the pixel")).to_be_visible()
    panel.get_by_role("button", name="Laplacian").click()
    expect(panel).to_be_hidden()
    expect(choose).to_have_text("Laplacian")
    until(lab.page, lambda: lab.values("Kernel", 3).tolist() == [[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    choose.click()
    panel.get_by_role("button", name="Trained filter 9", exact=True).click()
    expect(choose).to_have_text("Own numbers")
    trained = oracle.weights()["conv1.weight"][9, 0].numpy()
    until(lab.page, lambda: np.allclose(lab.values("Kernel", 3), trained, atol=0.0051))
    choose.click()
    panel.get_by_role("button", name="Take the first 8").click()
    expect(lab.slider("filters")).to_have_value("8")
    lab.choose("filter 5, channel 0")
    lab.rest()
    trained = oracle.weights()["conv1.weight"][5, 0].numpy()
    until(lab.page, lambda: np.allclose(lab.values("Kernel", 3), trained, atol=0.0051))


def test_groups_go_from_standard_to_depthwise(lab: Controls) -> None:
    lab.set("input channels", 3)
    slices = lab.column.get_by_role("radiogroup", name="Kernel to edit").get_by_role("radio")
    expect(slices).to_have_count(3)
    lab.slide("groups", "End")
    expect(lab.slider("groups")).to_have_attribute("aria-valuetext", "3, depthwise")
    expect(lab.slider("filters")).to_have_value("3")
    labels = "radios => radios.map((radio) => radio.ariaLabel)"
    names = [f"filter {n}, channel {n}" for n in range(3)]
    until(lab.page, lambda: slices.evaluate_all(labels) == names)
    weight = torch.zeros(3, 1, 3, 3)
    assert F.conv2d(torch.zeros(1, 3, 8, 8), weight, groups=3).shape[1] == 3


def test_the_input_is_typed_and_pasted(lab: Controls) -> None:
    lab.choose("Cells, typed or pasted")
    lab.cells("Input").nth(9).click()
    lab.page.keyboard.type("0,25")
    lab.page.keyboard.press("Enter")
    expect(lab.cells("Input").nth(9)).to_have_value(".25")
    paste = lab.column.get_by_role("textbox", name=re.compile("^Paste the input"))
    paste.fill("1\t2\t3\n4\t5\t6")
    expect(lab.cells("Input")).to_have_count(6)
    until(lab.page, lambda: lab.values("Input", 3).tolist() == [[1, 2, 3], [4, 5, 6]])
    paste.fill("1 2\n3 oops")
    expect(lab.column.get_by_role("alert").filter(has_text="oops")).to_be_visible()
    expect(paste).to_have_attribute("aria-invalid", "true")
    until(lab.page, lambda: lab.values("Input", 3).tolist() == [[1, 2, 3], [4, 5, 6]])
    paste.fill("[[[0, 1], [1, 0]], [[2, 2], [3, 3]]]")
    expect(lab.column.get_by_role("spinbutton", name="input channels")).to_have_value("2")
    lab.choose("Channel 1")
    lab.rest()
    until(lab.page, lambda: lab.values("Input", 2).tolist() == [[2, 2], [3, 3]])


def test_the_input_is_painted_with_the_chosen_value(lab: Controls) -> None:
    lab.set("Value to paint with, any number", 7)
    lab.rest()
    stage = lab.page.locator("lab-stage").bounding_box()
    assert stage
    y = stage["y"] + 0.4 * stage["height"]
    lab.page.mouse.move(stage["x"] + 90, y)
    lab.page.mouse.down()
    lab.page.mouse.move(stage["x"] + 230, y, steps=5)
    lab.page.mouse.up()
    lab.choose("Cells, typed or pasted")
    lab.rest()
    painted = lab.values("Input", 8) == 7
    assert painted.sum() >= 3
    assert painted.any(axis=1).sum() == 1
    # The whole stroke was one step.
    lab.column.get_by_role("button", name="Undo").click()
    lab.rest()
    until(lab.page, lambda: not (lab.values("Input", 8) == 7).any())


def test_numbers_and_images_come_from_anywhere(lab: Controls) -> None:
    transfer(lab, "paste", "document.body", text="3\t1\n2\t4")
    expect(lab.cells("Input")).to_have_count(4)
    until(lab.page, lambda: lab.values("Input", 2).tolist() == [[3, 1], [2, 4]])
    transfer(lab, "paste", "document.querySelector('.kernel-cells input')", text="[[1, 2]]")
    expect(lab.cells("Kernel")).to_have_count(2)
    lab.cells("Kernel").first.click()
    transfer(lab, "paste", "document.activeElement", text="1 2\n3")
    expect(lab.column.get_by_text("Row 2 has 1 number, the first row has 2.")).to_be_visible()
    expect(lab.cells("Kernel")).to_have_count(2)
    square = upload(np.full((4, 4), 51, np.uint8))
    transfer(lab, "drop", "document.body", file=square)
    expect(lab.cells("Input").nth(3)).to_have_value("0.2")


def test_what_was_being_typed_does_not_outlive_a_pasted_matrix(lab: Controls) -> None:
    lab.choose("Cells, typed or pasted")
    first = lab.cells("Input").first
    for typed in ("hello", "1hello"):
        first.click()
        lab.page.keyboard.type(typed)
        expect(first).to_have_attribute("aria-invalid", "true")
        transfer(lab, "paste", "document.activeElement", text="3\t1\n2\t4")
        expect(lab.cells("Input")).to_have_count(4)
        expect(first).to_have_value("3")
        expect(first).not_to_have_attribute("aria-invalid", "true")
        expect(lab.column.get_by_text("is no number")).to_have_count(0)
        lab.column.get_by_role("button", name="Undo").click()
        expect(lab.cells("Input")).to_have_count(64)


def test_what_a_small_input_cut_comes_back(lab: Controls) -> None:
    before = lab.values("Kernel", 3)
    transfer(lab, "paste", "document.body", text="3\t1\n2\t4")
    expect(lab.cells("Kernel")).to_have_count(4)
    expect(lab.remark).to_contain_text("What was cut comes back once there is room.")
    transfer(lab, "paste", "document.body", text="\n".join(["\t".join("1" * 64)] * 64))
    expect(lab.cells("Kernel")).to_have_count(9)
    lab.rest()
    until(lab.page, lambda: np.array_equal(lab.values("Kernel", 3), before))


def test_a_comma_that_may_mean_two_things_is_refused(lab: Controls) -> None:
    lab.choose("Cells, typed or pasted")
    paste = lab.column.get_by_role("textbox", name=re.compile("^Paste the input"))
    paste.fill("1,000\t2")
    expect(lab.column.get_by_text("“1,000” may be 1000 or 1.000")).to_be_visible()
    expect(lab.cells("Input")).to_have_count(64)
    paste.fill("1,5\t2")
    expect(lab.cells("Input")).to_have_count(2)
    expect(lab.remark).to_contain_text("The commas were read as decimal points.")


def test_the_input_is_drawn_to_any_size(lab: Controls) -> None:
    lab.choose("Patterns")
    lab.column.get_by_role("button", name="Counting").click()
    lab.set("input rows", 2)
    lab.set("input columns", 64)
    lab.choose("Cells, typed or pasted")
    lab.rest()
    # Of a large matrix the cells in sight are there; the keys go to the others.
    cells = lab.cells("Input")
    assert cells.count() < 128
    cells.first.click()
    for _ in range(20):
        lab.page.keyboard.press("ArrowRight")
    expect(lab.page.locator(":focus")).to_have_value("20")
    lab.set("input columns", 65)
    expect(lab.column.locator("#lab-size-error")).to_contain_text("from 1 to 64 columns")
    field = lab.column.get_by_role("spinbutton", name="input columns")
    expect(field).to_have_value("64")


def test_digits_and_images_are_reduced_to_the_grid(lab: Controls) -> None:
    lab.set("input rows", 7)
    lab.set("input columns", 7)
    lab.choose("Digits of the samples")
    lab.column.get_by_role("button", name="Digit 7").click()
    answer = lab.page.request.get("/api/v1/samples/digit-7-0")
    digit = torch.tensor(answer.json()["image"]["data"], dtype=torch.float64)
    lab.choose("Cells, typed or pasted")
    lab.rest()
    # A cell shows two decimals of a value in 255ths.
    means = F.avg_pool2d(digit[None], 4)[0, 0].numpy()
    until(lab.page, lambda: np.allclose(lab.values("Input", 7), means, atol=0.0075))
    lab.choose("An image, reduced to the grid")
    pixels = np.random.default_rng(0).integers(0, 256, (35, 14 * 5), dtype=np.uint8)
    choose = lab.page.locator("#lab-controls input[type=file]")
    choose.set_input_files(upload(pixels))
    lab.choose("Cells, typed or pasted")
    middle = torch.tensor(pixels[:, 17:52] / 255)[None, None]
    means = F.avg_pool2d(middle, 5)[0, 0].numpy()
    expect(lab.cells("Input").first).to_have_value(re.compile(f"^0?{shown(means[0, 0])}$"))
    until(lab.page, lambda: np.allclose(lab.values("Input", 7), means, atol=0.0075))


def test_a_bad_image_is_told_and_the_input_stays(lab: Controls, watch: Any) -> None:
    watch.expect(r"415|422|400")
    lab.choose("An image, reduced to the grid")
    choose = lab.page.locator("#lab-controls input[type=file]")
    choose.set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": b"no image"})
    expect(lab.column.locator("#lab-image-error")).not_to_be_empty()
    lab.choose("Cells, typed or pasted")
    lab.rest()
    until(lab.page, lambda: lab.values("Input", 8)[2].tolist() == [0, 0.3, 1, 0.3, 0.2, 1, 0.5, 0])


def test_what_poolings_alone_have(lab: Controls) -> None:
    lab.choose("Average pooling")
    lab.column.get_by_role("switch", name="ceil mode").check()
    lab.column.get_by_role("switch", name="count include pad").uncheck()
    lab.set("divisor override", 0)
    expect(lab.remark).to_contain_text("Nothing divides by 0")
    expect(lab.column.get_by_role("spinbutton", name="divisor override")).to_have_value("")
    lab.choose("Lp pooling")
    lab.set("norm type", 3)
    lab.set("norm type", -1)
    expect(lab.column.get_by_role("spinbutton", name="norm type")).to_have_value("3")
    lab.choose("Adaptive pooling")
    lab.choose("largest")
    lab.set("output height", 5)
    lab.choose("Global pooling")
    expect(lab.column.get_by_role("radio", name="largest")).to_be_checked()
    expect(lab.column.get_by_text("A pooling has no weights")).to_be_visible()


# How far each setting's name ends before its slider begins, CSS px.
NAME_GAPS = """() => [...document.querySelectorAll('.setting:has(reach-slider)')].map((setting) => {
    const name = document.createRange();
    name.selectNodeContents(setting.querySelector('.setting-label'));
    const slider = setting.querySelector('reach-slider');
    return slider.getBoundingClientRect().left - name.getBoundingClientRect().right;
})"""


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE], ids=["1440", "1024", "390"])
def test_no_name_of_a_setting_touches_its_slider(visit: Any, size: Any) -> None:
    lab = opened(visit("/lab#operation=conv_transpose2d", size=size))
    expect(lab.slider("output padding")).to_be_visible()
    assert min(lab.page.evaluate(NAME_GAPS)) >= 8


def test_a_huge_number_is_never_cut_to_another_one(visit: Any) -> None:
    values = np.full((1, 3, 3), 0.5)
    values[0, 0] = [1e300, -1e300, 12_345.0]
    code = base64.urlsafe_b64encode(bytes([3, 1, 3, 3, 255, 1]) + values.tobytes())
    page = visit(f"/lab#input={code.decode().rstrip('=')}")
    lab = opened(page)
    lab.choose("Cells, typed or pasted")
    expect(page.locator(".input-cells .number-cell")).to_have_count(9)
    cells = page.locator(".number-cell")
    for at, shown_as in enumerate(("1e300", "−1e300", "1e4")):
        expect(cells.nth(at)).to_have_value(shown_as)
    cut = cells.evaluate_all(
        "cells => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length"
    )
    assert cut == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "390"])
def test_axe_finds_nothing(visit: Any, axe: Any, size: Any) -> None:
    lab = opened(visit("/lab", size=size, touch=size is PHONE))
    axe = partial(axe, lab.page, in_both_themes=True)
    axe("#lab-controls")
    lab.set("input channels", 2)
    lab.slide("filters", "ArrowRight")
    lab.choose("Cells, typed or pasted")
    lab.column.get_by_role("checkbox", name="H and W apart").check()
    lab.choose("sides: each by itself")
    axe("#lab-controls")
    for kind, tab in (
        ("Transposed convolution", "Patterns"),
        ("Average pooling", "Digits of the samples"),
        ("Adaptive pooling", "An image, reduced to the grid"),
    ):
        lab.choose(kind)
        lab.choose(tab)
        axe("#lab-controls")
    lab.choose("Convolution")
    lab.column.get_by_role("button", name=re.compile("^Kernel: ")).click()
    axe("#lab-presets")


def transfer(
    lab: Controls, kind: str, target: str, text: str = "", file: FilePayload | None = None
) -> None:
    """Pastes or drops a text or a file onto something."""
    data = base64.b64encode(file["buffer"]).decode() if file else ""
    lab.page.evaluate(
        """([kind, target, text, data]) => {
          const carried = new DataTransfer();
          if (text) carried.setData('text/plain', text);
          if (data) {
            const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
            carried.items.add(new File([bytes], 'image.png', {type: 'image/png'}));
          }
          const options = {bubbles: true, cancelable: true};
          const event = kind === 'paste'
            ? new ClipboardEvent(kind, {...options, clipboardData: carried})
            : new DragEvent(kind, {...options, dataTransfer: carried});
          eval(target).dispatchEvent(event);
        }""",
        [kind, target, text, data],
    )


def upload(pixels: Any) -> FilePayload:
    """A grey PNG as a file that a person picks."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return {"name": "noise.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def shown(value: float) -> str:
    """A mean as its cell shows it, the zero left away."""
    return f"{round(value * 255) / 255:.2f}".rstrip("0").lstrip("0").replace(".", r"\.")
