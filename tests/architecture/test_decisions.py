"""Each decision has its date, its cost and what would change our mind; the newest is first."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture import tree

DECISIONS = tree.text(Path("app/DECISIONS.md")).split("\n**")[1:]
LAST = re.compile(
    r"\n(20\d\d-\d\d-\d\d)\. Cost:\s+\S.*\.\s+Would\s+change\s+our\s+mind:\s+\S.*\.\n*$", re.DOTALL
)


def test_every_decision_has_its_date_its_cost_and_what_would_change_our_mind() -> None:
    assert [decision[:60] for decision in DECISIONS if not LAST.search(decision)] == []


def test_the_newest_stands_first() -> None:
    dates = [found.group(1) for decision in DECISIONS if (found := LAST.search(decision))]
    assert dates == sorted(dates, reverse=True)
