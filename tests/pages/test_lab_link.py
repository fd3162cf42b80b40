"""The Lab's address: whoever opens it sees the same, and Back goes where one was."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.pages.lab_controls import Controls, opened
from tests.pages.rest import until

# A frame stands in the link, so that nothing plays by itself.
AT_REST = "/lab#frame=8"
CELLS = "Cells, typed or pasted"


def stage_picture(page: Page) -> bytes:
    """What the stage shows, the pointer being elsewhere."""
    page.mouse.move(2, 2)
    Controls(page).rest()
    return page.locator("#lab-stage lab-stage").screenshot()


def settled(page: Page, has: str = "/lab") -> str:
    """The address, once it says something and tells of what was done last, 0.3 s after it."""
    expect(page).to_have_url(re.compile(has))
    before = ""
    while before != page.url:
        before = page.url
        page.wait_for_timeout(500)
    return before


def test_the_untouched_example_has_a_bare_address(visit: Any) -> None:
    page = visit("/lab")
    opened(page)
    assert settled(page).endswith("/lab")


@pytest.mark.parametrize("operation", ["Convolution", "Transposed convolution", "Average pooling"])
def test_a_link_shows_the_same_in_a_fresh_browser(visit: Any, operation: str) -> None:
    lab = opened(visit(AT_REST))
    lab.choose(operation)
    lab.slide("dilation", "ArrowRight")
    lab.choose(CELLS)
    lab.cells("Input").first.click()
    lab.page.keyboard.type("-0.75")
    lab.page.keyboard.press("Enter")
    page = lab.page
    address = settled(page, "input=")
    before = stage_picture(page)

    other = Controls(visit(address[address.index("/lab") :]))
    expect(other.column.get_by_role("radio", name=operation, exact=True)).to_be_checked()
    expect(other.slider("dilation")).to_have_value("2")
    until(other.page, lambda: stage_picture(other.page) == before)
    other.choose(CELLS)
    expect(other.cells("Input").first).to_have_value(lab.cells("Input").first.input_value())
    assert settled(other.page) == address


def test_an_impossible_link_shows_the_nearest_possible_and_says_so(visit: Any) -> None:
    page = visit("/lab#padding=9&padding_mode=reflect&stride=1")
    lab = opened(page)
    expect(lab.slider("padding")).to_have_value("7")
    told = page.locator(".lab-notice", has_text="padding is now 7.")
    expect(told).to_contain_text("Reflect padding of 9 does not fit an input of 8 rows")
    expect(page).to_have_url(re.compile(r"padding=7\b"))


def test_what_is_no_link_of_ours_shows_the_example(visit: Any) -> None:
    page = visit("/lab#input=%00%ff&weight=AAAA&stride=NaN&see=nothing&pin=1.2.3")
    lab = opened(page)
    expect(page.locator(".lab-notice", has_text="cannot be read")).to_be_visible()
    np.testing.assert_array_equal(lab.values("Kernel", 3), [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def test_back_goes_from_operation_to_operation(visit: Any) -> None:
    lab = opened(visit(AT_REST))
    page = lab.page
    lab.slide("stride", "ArrowLeft")
    lab.choose("Max pooling")
    lab.choose("Average pooling")
    lab.slide("stride", "ArrowRight", 2)
    settled(page, "stride=3")
    page.go_back()
    expect(lab.column.get_by_role("radio", name="Max pooling", exact=True)).to_be_checked()
    page.go_back()
    expect(lab.column.get_by_role("radio", name="Convolution", exact=True)).to_be_checked()
    expect(lab.slider("stride")).to_have_value("1")
    page.go_forward()
    page.go_forward()
    expect(lab.column.get_by_role("radio", name="Average pooling", exact=True)).to_be_checked()
    expect(lab.slider("stride")).to_have_value("3")


@pytest.mark.parametrize(
    ("link", "size", "sentence"),
    [
        (
            "operation=adaptive_average&output_size=99999",
            "64 × 64",
            "output_size goes up to 64 here; 99999 was asked for. output_size is now 64.",
        ),
        ("dilation=1000", "1 × 1", "dilation is now 3."),
        ("compare_with=stride%3D99", "3 × 3", "Of what is compared: stride goes up to 16 here;"),
        ("output_gradient=zz", "3 × 3", "every output value counts 1."),
    ],
)
def test_no_link_breaks_the_page(visit: Any, link: str, size: str, sentence: str) -> None:
    lab = opened_or_pooling(visit(f"/lab#{link}"))
    expect(lab.caption("output")).to_contain_text(size)
    expect(lab.remark).to_contain_text(sentence)


def opened_or_pooling(page: Page) -> Controls:
    """The controls, whether or not there is a kernel."""
    controls = Controls(page)
    expect(controls.remark).to_be_visible()
    return controls
