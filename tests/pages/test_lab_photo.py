"""A whole photograph under the kernel, as a person uses it; the Lab's pictures for the readme."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Page, expect
from torch import Tensor
from torch.nn import functional

from app.imaging import samples
from tests.pages.network import number
from tests.pages.pixels import pixels_of
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import DESKTOP, PHONE

SOBEL = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=torch.float64)


def opened(page: Page) -> Page:
    """The page, once the first result stands."""
    expect(page.locator(".photo-figure figcaption").last).to_contain_text(" ms")
    return page


def photograph(name: str) -> Tensor:
    """(3, H, W) in [0, 1]"""
    return torch.from_numpy(samples.get_sample(name).image.astype(np.float64))


def totals(page: Page) -> list[float]:
    """What the lens says of each colour."""
    texts = page.locator(".photo-total").all_inner_texts()
    return [number(text.rsplit("=", 1)[1].split("\n")[0].strip()) for text in texts]


def expect_totals(page: Page, wanted: Tensor) -> None:
    """What the lens says of each colour is this, as soon as it follows."""

    def is_so() -> None:
        np.testing.assert_allclose(totals(page), wanted, atol=6e-5)

    eventually(page, is_so)


def expect_at(page: Page, row: int, column: int) -> None:
    """The pixel that the lens is at."""
    expect(page.locator(".photo-lens h2")).to_contain_text(f"row {row}, column {column}")


def test_one_comes_back_to_the_photograph(visit: Any) -> None:
    page = opened(visit("/lab#see=image&stride=1"))
    for _ in range(2):
        page.get_by_role("radio", name="Forward").check()
        expect(page.locator("#lab-stage lab-stage")).to_be_visible()
        page.get_by_role("radio", name="Photo").check()
        expect(page.locator(".photo-figure").last).to_contain_text("510 × 510")
        expect(page.get_by_text("Of the grid in the other views")).to_have_count(2)


def test_the_lens_says_what_torch_computes(visit: Any) -> None:
    page = opened(visit("/lab#see=image"))
    wanted = functional.conv2d(photograph("astronaut")[:, None], SOBEL[None, None], stride=2)
    expect(page.locator(".photo-figure").last).to_contain_text("255 × 255")
    result = page.locator("photo-canvas").last
    settle(page)
    box = result.bounding_box()
    assert box is not None
    result.click(position={"x": 0.61 * box["width"], "y": 0.37 * box["height"]})
    page.mouse.move(5, 5)
    expect(page.locator(".photo-lens h2")).to_contain_text("pinned")
    row, column = int(0.37 * 255), int(0.61 * 255)
    expect_at(page, row, column)
    expect_totals(page, wanted[:, 0, row, column])
    result.press("ArrowRight")
    result.press("Shift+ArrowDown")
    expect_at(page, row + 10, column + 1)
    expect_totals(page, wanted[:, 0, row + 10, column + 1])
    result.press("Escape")
    expect(page.locator(".photo-lens h2")).to_contain_text("click to pin")


def test_the_photograph_answers_too_and_another_can_be_taken(visit: Any) -> None:
    page = opened(visit("/lab#see=image&stride=1&padding=1"))
    page.get_by_role("button", name="cat").click()
    expect(page.locator(".photo-figure").last).to_contain_text("300 × 451")
    original = page.locator("photo-canvas").first
    settle(page)
    box = original.bounding_box()
    assert box is not None
    original.click(position={"x": 225.5 / 451 * box["width"], "y": 150.5 / 300 * box["height"]})
    page.mouse.move(5, 5)
    expect_at(page, 150, 225)
    wanted = functional.conv2d(photograph("cat")[:, None], SOBEL[None, None], padding=1)
    expect_totals(page, wanted[:, 0, 150, 225])


def test_the_result_is_painted_with_the_values_of_torch(visit: Any) -> None:
    page = opened(visit("/lab#see=image&stride=1"))
    page.get_by_role("button", name="coffee").click()
    expect(page.locator(".photo-figure").last).to_contain_text("339 × 510")
    page.get_by_role("button", name="absolute").click()
    expect(page.get_by_role("button", name="absolute")).to_have_attribute("aria-pressed", "true")
    wanted = functional.conv2d(photograph("coffee")[:, None], SOBEL[None, None])[:, 0].abs()
    pixels = np.rint(255 * wanted.clamp(0, 1).numpy()).transpose(1, 2, 0)
    canvas = page.locator("photo-canvas canvas").last
    expect(canvas).to_have_js_property("width", 510)

    def is_painted() -> None:
        assert np.abs(pixels_of(canvas)[..., :3] - pixels).max() <= 1

    eventually(page, is_painted)


def test_an_image_of_ones_own_and_one_that_is_none(visit: Any) -> None:
    page = opened(visit("/lab#see=image&stride=1"))
    choose = page.get_by_label("Your own image")
    choose.set_input_files(
        {"name": "note.txt", "mimeType": "text/plain", "buffer": b"not an image"}
    )
    expect(page.get_by_role("alert").filter(has_text="no image")).to_be_visible()
    expect(page.locator(".photo-figure").first).to_contain_text("astronaut")
    file = io.BytesIO()
    Image.new("RGB", (1000, 500), (255, 0, 51)).save(file, "PNG")
    choose.set_input_files({"name": "red.png", "mimeType": "image/png", "buffer": file.getvalue()})
    expect(page.locator(".photo-figure").first).to_contain_text("256 × 512")
    expect(page.locator(".photo-figure").last).to_contain_text("254 × 510")
    expect(page.get_by_role("alert").filter(has_text="no image")).to_have_count(0)
    until(page, lambda: totals(page) == [0, 0, 0])


def test_a_smaller_image_comes_while_the_pointer_rests_on_the_old_one(visit: Any) -> None:
    page = opened(visit("/lab#see=image&stride=3&photo=astronaut"))
    choose = page.get_by_label("Your own image")
    for canvas, (rows, columns) in ((1, (300, 500)), (0, (40, 30))):
        box = page.locator("photo-canvas").nth(canvas).bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.97 * box["height"])
        settle(page)
        file = io.BytesIO()
        Image.new("RGB", (columns, rows), (255, 0, 51)).save(file, "PNG")
        choose.set_input_files(
            {"name": "red.png", "mimeType": "image/png", "buffer": file.getvalue()}
        )
        expect(page.locator(".photo-figure").first).to_contain_text(f"{rows} × {columns}")
        size = f"{(rows - 3) // 3 + 1} × {(columns - 3) // 3 + 1}"
        expect(page.locator(".photo-figure").last).to_contain_text(size)
        page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.5 * box["height"])
        expect(page.locator(".photo-lens h2")).to_contain_text("row ")
    until(page, lambda: totals(page) == [0, 0, 0])


def test_the_link_keeps_the_photograph_that_is_shown(visit: Any) -> None:
    page = opened(visit("/lab#see=image&photo=cat"))
    caption = page.locator(".photo-figure figcaption").first
    expect(caption).to_contain_text("cat")
    choose = page.get_by_label("Your own image")
    choose.set_input_files({"name": "note.txt", "mimeType": "text/plain", "buffer": b"no image"})
    expect(page.get_by_role("alert").filter(has_text="no image")).to_be_visible()
    page.wait_for_timeout(500)
    assert "photo=cat" in page.url
    expect(caption).not_to_contain_text("a link does not have it")
    file = io.BytesIO()
    Image.new("RGB", (40, 30)).save(file, "PNG")
    choose.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": file.getvalue()})
    expect(caption).to_contain_text("a link does not have it")
    expect(page).not_to_have_url(re.compile("photo="))


def test_undo_leaves_the_photograph_with_the_convolution(visit: Any) -> None:
    page = visit("/lab#operation=adaptive_max")
    page.get_by_role("radio", name="Convolution", exact=True).locator("xpath=..").click()
    page.get_by_role("radio", name=re.compile("^Photo")).locator("xpath=..").click()
    opened(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#lab-stage lab-stage")).to_be_visible()


def test_a_phone_has_room_for_the_names_of_all_photographs(visit: Any) -> None:
    page: Page = visit("/lab#see=image", size=PHONE, touch=True)
    names = page.get_by_role("group", name="Photograph", exact=True).get_by_role("button")
    expect(names).to_have_count(6)
    expect(names.last).to_be_in_viewport(ratio=1)
    until(page, lambda: page.evaluate("document.documentElement.scrollWidth") == PHONE["width"])


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "390"])
def test_axe_finds_nothing_at_the_photograph(visit: Any, axe: Any, size: Any) -> None:
    page = opened(visit("/lab#see=image", size=size, touch=size is PHONE))
    axe(page, in_both_themes=True)


@pytest.mark.readme
@pytest.mark.parametrize(
    ("name", "theme", "address"),
    [
        ("lab-light", "light", ""),
        ("lab-dark", "dark", "#stride=1&padding=2&padding_mode=reflect"),
        ("lab-photo", "light", "#see=image&stride=1"),
    ],
)
def test_pictures_of_the_lab_for_the_readme(
    visit: Any, readme_picture: Any, name: str, theme: Any, address: str
) -> None:
    page = visit(f"/lab{address}", theme=theme, reduced_motion="reduce")
    if "image" in address:
        opened(page)
    else:
        expect(page.locator("#lab-stage .katex").first).to_be_visible()
        expect(page.locator(".lab-check")).to_contain_text("as PyTorch has them")
    settle(page)
    path = readme_picture(page, name)
    assert path.stat().st_size > 20_000
