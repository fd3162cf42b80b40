"""A number as JSON can hold it."""

from __future__ import annotations

import math

from app.json_number import number, plain


def test_a_number_that_json_lacks_is_its_name() -> None:
    given = (1.0, -0.0, math.inf, -math.inf, math.nan)
    assert [number(x) for x in given] == [1.0, 0.0, "Infinity", "-Infinity", "NaN"]


def test_what_is_no_float_stays_as_it_is() -> None:
    assert [plain(each) for each in (math.nan, 2.5, 3, "x", None)] == ["NaN", 2.5, 3, "x", None]
