"""The way of the pen, and how long each of its movements waited for a picture."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest

from app.bench.handwriting import STROKES, along
from app.bench.pen import waits


@pytest.mark.parametrize("digit", STROKES)
def test_a_digit_is_written_evenly_and_stays_on_the_paper(digit: int) -> None:
    way = along(STROKES[digit], 61)
    assert len(way) == 61
    assert (way[0], way[-1]) == (STROKES[digit][0], STROKES[digit][-1])
    assert all(0 < x < 1 and 0 < y < 1 for x, y in way)
    lengths = [dist(a, b) for a, b in pairwise(way)]
    # A step that cuts a corner is shorter, none is longer.
    length = sum(dist(a, b) for a, b in pairwise(STROKES[digit]))
    assert max(lengths) <= length / 60 + 1e-9


def test_a_movement_waits_for_the_first_picture_that_has_it() -> None:
    pictures = [(0.0, 20.0), (30.0, 55.0), (60.0, 90.0)]
    assert waits([0.0, 10.0, 30.0, 45.0, 60.0], pictures) == [20.0, 45.0, 25.0, 45.0, 30.0]


def test_a_movement_that_no_picture_has_is_not_counted() -> None:
    assert waits([70.0], [(60.0, 90.0)]) == []
