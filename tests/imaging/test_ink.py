"""Where the ink is, and what counts as paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imaging.cells import Region
from app.imaging.ink import Grey, Ink, Tones, background_brightness


def sheet(
    height: int, width: int, *, paper: float = 0.0
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.full((height, width), paper, dtype=np.float32)


def background_and_middle(grey: Grey) -> tuple[float, float]:
    tones = Tones.of(grey)
    return background_brightness(grey, tones), tones.middle


def test_clean_paper_has_level_zero() -> None:
    grey = sheet(60, 60)
    grey[20:40, 25:30] = 0.8
    levels = Ink.of(grey).levels
    assert levels.paper == 0
    assert levels.ink == pytest.approx(0.8)
    assert not levels.is_blank


def test_grainy_paper_is_paper_up_to_its_grain() -> None:
    grain = np.random.default_rng(0).normal(0.25, 0.03, (200, 200)).astype(np.float32)
    grain[80:120, 90:100] = 0.9
    levels = Ink.of(grain).levels
    assert 0.3 < levels.paper < 0.6
    assert Ink.of(grain).region == Region(80, 90, 120, 100)


def test_a_sheet_full_of_ink_tells_nothing_of_its_paper() -> None:
    grey = sheet(10, 10, paper=1.0)
    grey[5, 5] = 0.25
    assert Ink.of(grey).levels == (0.25, 1.0)


@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_one_value_everywhere_is_blank(value: float) -> None:
    grey = sheet(5, 7, paper=value)
    levels = Ink.of(grey).levels
    assert levels.is_blank
    assert Ink.of(grey).region == Region(0, 0, 5, 7)


def test_the_box_keeps_a_rim_of_one_pixel() -> None:
    grey = sheet(20, 20)
    grey[5:9, 6:12] = 1
    grey[4, 7] = 0.05  # the antialiased rim
    grey[3, 7] = grey[10, 10] = 0.05  # further out: not the stroke's
    assert Ink.of(grey).region == Region(4, 6, 9, 12)


def test_the_box_ends_at_the_border() -> None:
    grey = sheet(4, 5)
    grey[0, 0] = grey[3, 4] = 1
    assert Ink.of(grey).region == Region(0, 0, 4, 5)


def test_the_background_against_the_middle_of_the_range() -> None:
    dim = sheet(9, 9, paper=0.4)
    dim[4, 4] = 0.1
    assert background_and_middle(dim) == pytest.approx((0.4, 0.25))
    assert background_and_middle(sheet(3, 3, paper=0.9)) == pytest.approx((0.9, 0.5))


def test_ink_along_the_border_is_still_ink() -> None:
    seven = sheet(200, 200)
    seven[:40] = seven[:, 160:] = 1  # cut out to its edge: more than half of the border is ink
    background, middle = background_and_middle(seven)
    assert background < middle


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 40))
def test_levels_and_box_are_in_order(seed: int, height: int, width: int) -> None:
    grey = np.random.default_rng(seed).random((height, width), dtype=np.float32) ** 3
    levels = Ink.of(grey).levels
    assert 0 <= levels.paper <= levels.ink <= 1
    region = Ink.of(grey).region
    assert 0 <= region.top < region.bottom <= height
    assert 0 <= region.left < region.right <= width
