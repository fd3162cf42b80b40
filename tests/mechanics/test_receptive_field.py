from typing import Any

import pytest

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
    assert field.as_dict() == {key: case[key] for key in ("size", "stride", "padding")}
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
