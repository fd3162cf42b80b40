"""Nested arrays of a JSON body, against a reader that looks at every value by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.wire.nested_numbers import INPUT_AXES, read_array
from app.web.wire.problems import Problem

RANKS = (1, 2, 3, 4)
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats() | st.sampled_from([0, 1, 0.0, 1.0, -0.0])
STRANGERS: st.SearchStrategy[Any] = st.sampled_from([True, False, "1", None, [1.0], {}])


def read(value: object) -> Any:
    """The array of a body's ``input``."""
    return read_array(value, "#/input", RANKS, INPUT_AXES, "[H][W]")


@st.composite
def nested(draw: st.DrawFn) -> tuple[list[Any], tuple[int, ...], list[Any]]:
    """Nested arrays, their shape, and their values in a row."""
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)))
    values = draw(st.lists(NUMBERS, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array.reshape(shape).tolist(), shape, values


@given(nested())
def test_numbers_are_read_as_they_are(case: tuple[list[Any], tuple[int, ...], list[Any]]) -> None:
    value, shape, values = case
    found = read(value)
    assert found.shape == shape
    np.testing.assert_array_equal(found.reshape(-1), [float(each) for each in values])


@given(nested(), st.data())
def test_what_is_no_number_is_refused_at_its_place(
    case: tuple[list[Any], tuple[int, ...], list[Any]], data: st.DataObject
) -> None:
    value, shape, _ = case
    place = [data.draw(st.integers(0, length - 1)) for length in shape]
    inner = value
    for index in place[:-1]:
        inner = inner[index]
    # A list in the first place of all is one more axis, not a wrong value.
    strangers = STRANGERS.filter(lambda each: any(place) or not isinstance(each, list))
    inner[place[-1]] = data.draw(strangers)
    with pytest.raises(Problem) as refused:
        read(value)
    pointer = "/".join(["#/input", *map(str, place)])
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert refused.value.errors[0].detail.endswith("is no number.")


@pytest.mark.parametrize("stranger", [True, False])
@pytest.mark.parametrize("beside", [0, 1, 0.0, 1.0, 5])
def test_true_and_false_are_no_numbers_beside_ones_and_zeros(stranger: bool, beside: float) -> None:
    for row in ([stranger, beside], [beside, stranger], [stranger, stranger]):
        with pytest.raises(Problem) as refused:
            read([[beside, beside], row])
        wrong = [f"#/input/1/{at}" for at, each in enumerate(row) if type(each) is bool]
        assert [error.pointer for error in refused.value.errors] == wrong


def test_a_whole_number_too_large_for_a_float_is_refused() -> None:
    with pytest.raises(Problem):
        read([[10**400, 1]])


@pytest.mark.parametrize(
    ("value", "pointer"),
    [([[1, 2], [3]], "#/input/1"), ([[]], "#/input/0"), ([[1], 2], "#/input/1"), ([], "#/input")],
)
def test_what_is_ragged_or_empty_is_refused_at_its_place(value: Any, pointer: str) -> None:
    with pytest.raises(Problem) as refused:
        read(value)
    assert pointer in [error.pointer for error in refused.value.errors]
