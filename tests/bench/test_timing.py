"""Percentiles against numpy, and two actions that really alternate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bench.timing import Pair, duration_ms, in_turn, percentile, told

DURATIONS = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


@given(DURATIONS, st.integers(1, 99))
def test_a_percentile_is_numpys(values: list[float], percent: int) -> None:
    assert percentile(values, percent) == pytest.approx(np.percentile(values, percent))


def test_two_actions_alternate_after_a_warm_up() -> None:
    calls: list[str] = []
    pair = in_turn(lambda: calls.append("a"), lambda: calls.append("b"), rounds=3, warm_up=2)
    assert calls == ["a", "b"] * 5
    assert len(pair.first_ms) == len(pair.second_ms) == 3


def test_each_action_gets_its_own_duration(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("app.bench.timing.perf_counter", lambda: clock[0])

    def taking(seconds: float) -> None:
        clock[0] += seconds

    pair = in_turn(lambda: taking(0.006), lambda: taking(0.002), rounds=4, warm_up=1)
    assert pair.first_ms == pytest.approx([6.0] * 4)
    assert pair.second_ms == pytest.approx([2.0] * 4)
    assert pair.ratio_spread == pytest.approx((3.0, 3.0))
    assert duration_ms(lambda: taking(0.5)) == pytest.approx(500)


def test_the_spread_of_ratios_compares_neighbours_in_time() -> None:
    # The machine became ten times slower for both in the middle; the ratio did not change.
    pair = Pair(first_ms=(3.0, 30.0, 3.0), second_ms=(2.0, 20.0, 2.0))
    assert pair.ratio_spread == pytest.approx((1.5, 1.5))


def test_durations_are_told_in_a_line() -> None:
    assert told([1.0, 2.0, 3.0]) == "p50 2.00, p95 2.90, p99 2.98 ms over 3"
