from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.networks.statistics import LARGE, summarize

SHAPES = arrays.array_shapes(min_dims=1, max_dims=4, max_side=6)
FINITE = st.floats(-1e6, 1e6, width=32)


@given(st.lists(arrays.arrays("float32", SHAPES, elements=FINITE), min_size=1, max_size=5))
def test_statistics_are_those_of_float64(values: list[Any]) -> None:
    for array, summary in zip(values, summarize(values), strict=True):
        assert summary["minimum"] == array.min()
        assert summary["maximum"] == array.max()
        bound = 1e-6 * np.abs(array).mean(dtype=np.float64)
        assert abs(summary["mean"] - array.mean(dtype=np.float64)) <= bound
        assert summary["zero_fraction"] == (array == 0).mean()


def test_statistics_of_what_is_not_finite_are_not_finite() -> None:
    (summary,) = summarize([np.array([1.0, np.inf, -np.inf], np.float32)])
    assert summary["minimum"] == -math.inf
    assert summary["maximum"] == math.inf
    assert math.isnan(summary["mean"])


@pytest.mark.parametrize("size", [100, LARGE + 1])
def test_half_precision_is_summed_up_in_float32(size: int) -> None:
    """In float16 the sum of a few hundred such values is infinite."""
    values = np.random.default_rng(size).uniform(50, 400, size).astype(np.float16)
    [summary] = summarize([values])  # type: ignore[list-item]  # a network of one's own has any
    assert summary["mean"] == pytest.approx(values.mean(dtype=np.float64), rel=1e-6)
    assert (summary["minimum"], summary["maximum"]) == (values.min(), values.max())


def test_a_large_array_is_summed_up_as_a_small_one() -> None:
    random = np.random.default_rng(4)
    small = random.normal(3, 2, (5, 7)).astype(np.float32)
    large = np.maximum(random.normal(0, 2, (16, 113, 213)).astype(np.float32), 0)
    for values, summary in zip((large, small), summarize([large, small]), strict=True):
        assert summary["minimum"] == values.min()
        assert summary["maximum"] == values.max()
        assert abs(summary["mean"] - values.mean(dtype=np.float64)) <= 1e-6 * abs(values).mean()
        assert summary["zero_fraction"] == (values == 0).mean()
    large[3, 50, 50] = np.nan
    assert math.isnan(summarize([large])[0]["minimum"])
    large[3, 50, 50] = -np.inf
    assert summarize([large])[0]["minimum"] == summarize([large])[0]["mean"] == -math.inf
