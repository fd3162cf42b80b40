"""The Lab on a phone: one column, the output in a strip while the controls are used."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect
from torch.nn import functional as F

from tests.pages.lab_controls import opened
from tests.pages.lab_stage import GLYPH, SOBEL, batch
from tests.pages.rest import until
from tests.pages.screens import DESKTOP, PHONE

# How far what was seen has been moved by what came later, at once: a share of the window, squared.
LARGEST_SHIFT = """() => new Promise((done) => {
    const told = (list) => done(Math.max(0, ...list.getEntries().map(({ value }) => value)));
    new PerformanceObserver(told).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(0), 500);
})"""


def test_a_phone_shows_the_stage_first(visit: Any) -> None:
    lab = opened(visit("/lab", size=PHONE, touch=True))
    width = "document.documentElement.scrollWidth"
    until(lab.page, lambda: lab.page.evaluate(width) <= PHONE["width"])
    lab.rest()
    stage, column = (
        lab.page.locator(f"#lab-{name}").bounding_box() for name in ("stage", "controls")
    )
    assert stage
    assert column
    assert stage["y"] < column["y"]
    # Nothing that was seen has moved since: typeset formulas by a pixel or two, no more.
    assert lab.page.evaluate(LARGEST_SHIFT) < 0.01


def test_the_output_stays_in_sight_while_a_phone_shows_the_controls(visit: Any) -> None:
    lab = opened(visit("/lab", size=PHONE, touch=True))
    expect(strip(lab.page)).to_have_count(0)
    lab.slider("stride").scroll_into_view_if_needed()
    expect(strip(lab.page)).to_contain_text("output 3 × 3")
    lab.slide("stride", "ArrowLeft")
    rows, columns = F.conv2d(batch(GLYPH), batch(SOBEL)).shape[-2:]
    expect(strip(lab.page)).to_contain_text(f"output {rows} × {columns}")
    expect(strip(lab.page)).to_contain_text("3 × 3 convolution, stride 1")
    strip(lab.page).tap()
    expect(lab.page.locator("#lab-stage lab-stage")).to_be_in_viewport(ratio=1)
    expect(strip(lab.page)).to_have_count(0)


def test_the_controls_come_into_view_with_the_side_that_they_set(visit: Any) -> None:
    lab = opened(visit("/lab", size=PHONE, touch=True))
    lab.page.get_by_role("button", name="Stride 2 against pooling").tap()
    choice = lab.page.get_by_role("radio", name="Settings of B")
    beside = lab.page.get_by_role("button", name="Set B", exact=True)
    beside.scroll_into_view_if_needed()
    expect(choice.locator("xpath=..")).not_to_be_in_viewport()
    beside.tap()
    expect(choice).to_be_checked()
    expect(choice.locator("xpath=..")).to_be_in_viewport(ratio=1)


def test_the_strip_hides_no_control_that_has_the_focus(visit: Any) -> None:
    lab = opened(visit("/lab", size=PHONE, touch=True))
    lab.column.get_by_role("button").last.focus()
    for _ in range(30):
        lab.page.keyboard.press("Shift+Tab")
        lab.rest()
        if not lab.column.evaluate("(column) => column.contains(document.activeElement)"):
            break
        focused = lab.page.evaluate("document.activeElement.getBoundingClientRect().top")
        below = strip(lab.page).bounding_box() if strip(lab.page).count() else None
        assert below is None or focused >= below["y"] + below["height"]


def test_a_wide_screen_needs_no_strip(visit: Any) -> None:
    lab = opened(visit("/lab", size=DESKTOP))
    lab.slider("groups").scroll_into_view_if_needed()
    lab.rest()
    expect(strip(lab.page)).to_have_count(0)


def test_axe_finds_nothing_in_the_strip(visit: Any, axe: Any) -> None:
    lab = opened(visit("/lab", size=PHONE, touch=True))
    lab.slider("stride").scroll_into_view_if_needed()
    expect(strip(lab.page)).to_be_visible()
    axe(lab.page, in_both_themes=True)


def strip(page: Page) -> Locator:
    """The output below the header."""
    return page.locator(".lab-glance")
