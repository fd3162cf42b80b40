"""The table as a person sees it, and the verdicts in it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from app.bench import pace, table
from app.bench.pace import REFERENCE_MS, REFERENCE_ROUTE_MS, REFERENCE_SWAY, slowness, sway
from app.bench.row import Amount, Row

FAST = Row("fast", "something quick", Amount(3.0, "ms"), Amount(2.0, "ms"), target=2.0)
SLOW = Row("slow", "something slow", Amount(5.0, "ms"), Amount(2.0, "ms"), target=2.0)
LARGE = Row("large", "bytes", Amount(201.4, "KB"), target=200, details=("the largest: a.js",))
ASIDE = Row("aside", "to know", Amount(9.0, "ms"), Amount(2.0, "ms"))
LATE = Row(
    "late",
    "slow where all is slow",
    Amount(90.0, "ms"),
    Amount(50.0, "ms"),
    target=1.5,
    slowness=slowness(50.0, 0.5),
)
ABSENT = Row("absent", "", note="There is no Chromium here.")


def shown(rows: list[Row], *, quick: bool = False, verbose: bool = False) -> str:
    console = Console(file=io.StringIO(), width=140, color_system=None)
    table.show(
        console, rows, {"processor": "one of many", "cores": "2"}, quick=quick, verbose=verbose
    )
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def line_of(name: str, text: str) -> str:
    lines = (line.split() for line in text.splitlines())
    return " ".join(next(words for words in lines if words[:1] == [name]))


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (FAST, "met"),
        (SLOW, "not met"),
        (LARGE, "not met"),
        (ASIDE, "for information"),
        (LATE, "not met, slow machine"),
        (replace(LATE, slowness=""), "not met"),
        (replace(LATE, target=1.8), "met"),
        (replace(LATE, target=None), "for information"),
        (ABSENT, "not measured"),
        (Row("edge", "", Amount(4.0, "ms"), Amount(2.0, "ms"), target=2.0), "met"),
    ],
)
def test_a_target_is_the_most_that_is_allowed(row: Row, verdict: str) -> None:
    assert row.verdict == verdict
    assert row.as_dict()["verdict"] == verdict


def test_a_line_has_both_numbers_their_ratio_the_target_and_the_verdict() -> None:
    text = shown([FAST, SLOW])
    assert line_of("fast", text).endswith("fast 3.00 ms 2.00 ms 1.50 ≤ 2× met")
    assert line_of("slow", text).endswith("5.00 ms 2.00 ms 2.50 ≤ 2× not met")


def test_a_line_without_a_yardstick_has_its_target_in_its_own_unit() -> None:
    assert line_of("large", shown([LARGE])).endswith("201.4 KB – – ≤ 200 KB not met")


def test_what_was_not_measured_says_why() -> None:
    text = shown([ABSENT])
    assert line_of("absent", text).endswith("not measured")
    assert "absent: There is no Chromium here." in text


def test_a_row_that_asks_too_much_of_a_slow_machine_says_so() -> None:
    text = shown([LATE, FAST])
    assert line_of("late", text).endswith("1.80 ≤ 1.5× not met, slow machine")
    said = (
        "late: not met, and the machine is slower than asked: its bare page takes 50.0 ms, not 22."
    )
    assert said in text
    assert "slower than asked" not in shown([FAST, replace(LATE, target=1.8)])
    assert LATE.as_dict()["slowness"] == slowness(50.0, 0.5)


def test_a_machine_is_slow_beyond_the_reference() -> None:
    assert slowness(REFERENCE_MS, REFERENCE_ROUTE_MS) == ""
    assert "page" in slowness(REFERENCE_MS + 0.1, REFERENCE_ROUTE_MS)
    assert "route" in slowness(REFERENCE_MS, REFERENCE_ROUTE_MS + 0.1)
    assert slowness(REFERENCE_MS, REFERENCE_ROUTE_MS, REFERENCE_SWAY) == ""
    assert "twenty" in slowness(REFERENCE_MS, REFERENCE_ROUTE_MS, REFERENCE_SWAY + 0.1)


def test_a_machine_sways_as_much_as_the_same_work_varies(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sway([1.0] * 99 + [5.0]) == 1.0
    assert sway([2.0] * 90 + [3.0] * 10) == 1.5
    monkeypatch.setattr(pace, "BETWEEN_SECONDS", 0)
    works_ms = pace.work_ms()
    assert len(works_ms) == pace.WORKS
    assert sway(works_ms) >= 1
    assert min(works_ms) > 0.05  # it is work


def test_details_are_for_those_who_ask() -> None:
    assert "a.js" not in shown([LARGE])
    assert "a.js" in shown([LARGE], verbose=True)


def test_the_machine_is_named_and_a_quick_run_says_so() -> None:
    assert "processor: one of many · cores: 2" in shown([FAST])
    assert "--quick" not in shown([FAST])
    assert "--quick" in shown([FAST], quick=True)
