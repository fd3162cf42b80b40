import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mechanics.receptive_field import Box, ReceptiveField
from app.mechanics.spec import Conv2dSpec, Pool2dSpec
from app.mechanics.window_spec import WindowSpec
from tests.mechanics.golden import golden


def spec(layer: dict[str, Any]) -> WindowSpec:
    settings = {key: value for key, value in layer.items() if key != "kind"}
    if layer["kind"] == "Conv2d":
        return Conv2dSpec.of(1, 1, **settings)
    return Pool2dSpec.of(**settings)


@pytest.mark.parametrize("case", golden("receptive_fields"), ids=lambda case: case["name"])
def test_the_field_is_what_gradients_reach(case: dict[str, Any]) -> None:
    field = ReceptiveField()
    for layer in case["layers"]:
        field = field.then(spec(layer))
    geometry = {key: case[key] for key in ("size", "stride", "padding")}
    assert field.as_dict() == {**geometry, "status": "exact"}
    height, width = case["image"]
    for cell in case["cells"]:
        box = field.box(cell["row"], cell["column"])
        inside = Box(
            max(box.top, 0), max(box.left, 0), min(box.bottom, height), min(box.right, width)
        )
        assert inside.as_dict() == cell["box"]


def test_the_input_sees_itself() -> None:
    assert ReceptiveField().box(3, 5) == Box(3, 5, 4, 6)


def test_a_dense_unit_of_mycnn_sees_the_digit_and_its_padding() -> None:
    conv, pool = Conv2dSpec.of(1, 1, 3, padding=1), Pool2dSpec.of(2)
    maps = ReceptiveField().then(conv).then(pool).then(conv).then(pool)
    assert maps == ReceptiveField(size=(10, 10), stride=(4, 4), padding=(3, 3))
    assert maps.then_whole(7, 7).box(0, 0) == Box(-3, -3, 31, 31)


def test_only_the_padding_before_the_input_moves_the_field() -> None:
    padded = Conv2dSpec.of(1, 1, 3, padding={"top": 2, "bottom": 9, "left": 1, "right": 9})
    assert ReceptiveField().then(padded).padding == (2, 1)


def reached(field: ReceptiveField, lines: int) -> list[tuple[int, int]]:
    """From where up to where each unit along the height sees."""
    return [(field.box(i, 0).top, field.box(i, 0).bottom) for i in range(lines)]


def test_where_one_branch_holds_the_other_their_sum_is_exact() -> None:
    narrow = ReceptiveField((5, 5), (2, 2), (2, 2))
    wide = narrow.then(Conv2dSpec.of(1, 1, 3, padding=1))
    assert narrow.joined(wide, 9, 9) == wide.joined(narrow, 9, 9) == wide
    assert narrow.joined(narrow, 9, 9) == narrow


def test_branches_that_lie_beside_each_other_have_an_upper_bound() -> None:
    left, right = ReceptiveField((2, 1), (1, 1), (2, 0)), ReceptiveField((2, 1), (1, 1), (-1, 0))
    joined = left.joined(right, 4, 4)
    assert joined == ReceptiveField((5, 1), (1, 1), (2, 0), "upper_bound")
    for (top, bottom), *parts in zip(
        *(reached(field, 4) for field in (joined, left, right)), strict=True
    ):
        assert (top, bottom) == (min(t for t, _ in parts), max(b for _, b in parts))


def test_branches_of_different_strides_have_one_box_for_all() -> None:
    fine, coarse = ReceptiveField((3, 3), (1, 1), (1, 1)), ReceptiveField((2, 2), (4, 4), (0, 0))
    joined = fine.joined(coarse, 5, 5)
    assert joined.status == "upper_bound"
    assert set(reached(joined, 5)) == {(-1, 18)}
    assert joined.then(Conv2dSpec.of(1, 1, 3)).box(2, 2) == joined.box(0, 0)


def test_units_that_may_see_everything_all_see_the_same() -> None:
    field = ReceptiveField((3, 3), (2, 2), (1, 1)).everywhere(4, 5)
    assert field == ReceptiveField((9, 11), (0, 0), (1, 1), "upper_bound")
    assert field.as_dict()["status"] == "upper_bound"


def test_a_unit_that_sees_the_whole_input_says_so() -> None:
    field = ReceptiveField().then(Conv2dSpec.of(1, 1, 3, padding=1))
    assert field.status_of(field.box(1, 1), 3, 3) == "whole_input"
    assert field.status_of(field.box(0, 1), 3, 3) == "exact"


pairs = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(pairs, pairs, pairs, pairs, st.tuples(st.integers(1, 5), st.integers(1, 5)))
def test_a_pixel_reaches_the_units_that_see_it(
    more: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    pixel: tuple[int, int],
    extent: tuple[int, int],
) -> None:
    """Strides of 0, where all units see the same, and such as leave pixels out among them."""
    field = ReceptiveField((more[0] + 1, more[1] + 1), stride, padding)
    box = field.reached(*pixel, *extent)
    places = itertools.product(range(extent[0]), range(extent[1]))
    seen = [
        (row, column)
        for row, column in places
        if field.box(row, column).top <= pixel[0] < field.box(row, column).bottom
        and field.box(row, column).left <= pixel[1] < field.box(row, column).right
    ]
    reached = itertools.product(range(box.top, box.bottom), range(box.left, box.right))
    assert list(reached) == seen
