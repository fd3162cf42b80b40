from typing import Any

import pytest
import torch
from hypothesis import given, settings

from app.mechanics.errors import MechanicsError
from app.mechanics.size import size_step
from app.mechanics.spec import Conv2dSpec, Pool2dSpec
from app.mechanics.window import Axis
from tests.golden.oracle import convolve, pool_max
from tests.mechanics.golden import golden
from tests.mechanics.spaces import Settings, convolutions, poolings


def test_the_step_has_every_name_of_the_api() -> None:
    assert size_step(Axis("height", input=8, kernel_size=3, stride=2)).as_dict() == {
        "input": 8,
        "padding_before": 0,
        "padding_after": 0,
        "kernel_size": 3,
        "dilation": 1,
        "effective_kernel_size": 3,
        "stride": 2,
        "ceil_mode": False,
        "numerator": 5,
        "quotient": 2.5,
        "output": 3,
        "remainder": 1,
        "overhang": 0,
        "unread": [7],
        "latex": r"\left\lfloor \frac{8 - 3}{2} \right\rfloor + 1 = \lfloor 2.5 \rfloor + 1 = 3",
    }


@pytest.mark.parametrize("case", golden("size_steps"), ids=lambda case: case["latex"])
def test_steps_are_written_as_in_the_browser(case: dict[str, Any]) -> None:
    step = size_step(Axis("height", **case["axis"]))
    assert (step.latex, step.remainder, step.overhang) == (
        case["latex"],
        case["remainder"],
        case["overhang"],
    )


@settings(max_examples=150)
@given(convolutions())
def test_a_convolution_has_the_size_that_torch_gives_it(
    case: tuple[Settings, list[int], list[int]],
) -> None:
    options, shape, weight_shape = case
    spec = Conv2dSpec.of(shape[0], weight_shape[0], **options)
    try:
        expected = convolve(torch.zeros(shape), torch.zeros(weight_shape), None, options).shape[1:]
    except RuntimeError:
        with pytest.raises(MechanicsError):
            spec.output_size(*shape[1:])
        return
    steps = spec.output_size(*shape[1:])
    assert tuple(step.output for step in steps) == expected
    for step in steps:
        assert step.numerator == (step.output - 1) * step.stride + step.remainder
        assert step.overhang == 0


@settings(max_examples=150)
@given(poolings())
def test_a_pooling_has_the_size_that_torch_gives_it(case: tuple[Settings, list[int]]) -> None:
    options, shape = case
    try:
        expected = pool_max(torch.zeros(shape), options)[0].shape[1:]
    except RuntimeError:
        return  # tests of pooling say what is refused
    steps = Pool2dSpec.of(**options).output_size(*shape[1:])
    assert tuple(step.output for step in steps) == expected


def test_a_legal_size_is_never_called_illegal() -> None:
    height, width = Conv2dSpec.of(1, 1, 3, stride=2).output_size(8, 7)
    assert (height.output, height.quotient, height.unread) == (3, 2.5, (7,))
    assert (width.output, width.quotient, width.unread) == (3, 2.0, ())
