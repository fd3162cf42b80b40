"""A number as JSON can hold it."""

from __future__ import annotations

import math

from app.json_number import number


def test_a_number_that_json_lacks_is_its_name() -> None:
    given = (1.0, -0.0, math.inf, -math.inf, math.nan)
    assert [number(x) for x in given] == [1.0, 0.0, "Infinity", "-Infinity", "NaN"]
