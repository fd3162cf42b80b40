"""Rows of the browser: ours against the bare page's p50, and the steadiness against our own."""

from __future__ import annotations

import pytest

from app.bench import lab_page, pen_to_picture
from app.bench.pace import REFERENCE_ROUTE_MS, REFERENCE_SWAY
from app.bench.pen import Recording
from app.bench.stage import Answer

FAST_MS = REFERENCE_ROUTE_MS / 2
STEADY = 1.0


def recording(*durations_ms: float) -> Recording:
    pictures = [(100.0 * i, 100.0 * i + taken) for i, taken in enumerate(durations_ms)]
    return Recording(pictures, [start for start, _ in pictures], 16.0)


def answers(kind: str, *durations_ms: float, frames: int = 1) -> list[Answer]:
    return [{"kind": kind, "frames": frames, "ms": taken} for taken in durations_ms]


def test_the_pen_is_held_against_the_bare_page_and_its_steadiness_against_itself() -> None:
    p50, p95 = pen_to_picture._rows(
        recording(14, 15, 16), recording(9, 10, 11), ["--flag"], FAST_MS, STEADY
    )
    assert (p50.target, p50.verdict, p95.target, p95.verdict) == (1.5, "met", 1.5, "met")
    assert p50.ratio == pytest.approx(1.5)
    assert p95.ratio == pytest.approx(15.9 / 15)
    assert any("--flag" in line for line in p50.details)


def test_neither_is_asked_of_a_machine_whose_bare_page_is_slow() -> None:
    rows = pen_to_picture._rows(recording(80, 81, 200), recording(40, 41, 42), [], FAST_MS, STEADY)
    assert [row.verdict for row in rows] == ["not met, slow machine"] * 2
    slow = answers("keydown", 80, 81, 200), answers("keydown", 40, 41, 42)
    rows = lab_page._slider_rows(*slow, FAST_MS, STEADY)
    assert [row.verdict for row in rows] == ["not met, slow machine"] * 2


def test_both_are_asked_where_the_bare_page_and_the_bare_route_are_fast() -> None:
    late = answers("keydown", 30, 31, 90), answers("keydown", 9, 10, 11)
    rows = lab_page._slider_rows(*late, FAST_MS, STEADY)
    assert [row.verdict for row in rows] == ["not met"] * 2
    # A bare page takes a frame on a machine of half the speed, too.
    slow = lab_page._slider_rows(*late, 2 * REFERENCE_ROUTE_MS, STEADY)
    assert [row.verdict for row in slow] == ["not met, slow machine"] * 2
    assert rows[0].ratio == pytest.approx(3.1)


def test_steadiness_alone_is_not_asked_of_a_machine_that_is_not_steady() -> None:
    late = answers("keydown", 30, 31, 90), answers("keydown", 9, 10, 11)
    verdicts = ["not met", "not met, slow machine"]
    rows = lab_page._slider_rows(*late, FAST_MS, REFERENCE_SWAY + 0.1)
    assert [row.verdict for row in rows] == verdicts
    drawn = recording(30, 31, 90), recording(9, 10, 11)
    rows = pen_to_picture._rows(*drawn, [], FAST_MS, REFERENCE_SWAY + 0.1)
    assert [row.verdict for row in rows] == verdicts


def test_the_answer_to_the_pointer_may_come_no_frame_later_than_the_bare_pages() -> None:
    first, second = (answers("pointermove", 9, 10, frames=frames) for frames in (1, 2))
    assert lab_page._hover_row(first, first, 0).verdict == "met"
    assert lab_page._hover_row(second, first, 0).verdict == "not met"
