import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from app.mechanics.errors import MechanicsError
from app.mechanics.padding import Padding
from app.mechanics.spec import Conv2dSpec, Pool2dSpec
from app.mechanics.window_spec import WindowSpec


def conv(**settings: Any) -> Conv2dSpec:
    return Conv2dSpec.of(**({"in_channels": 2, "out_channels": 4, "kernel_size": 3} | settings))


def pool(**settings: Any) -> Pool2dSpec:
    return Pool2dSpec.of(**({"kernel_size": 2} | settings))


@pytest.mark.parametrize(
    ("given", "sides"),
    [
        (1, Padding(1, 1, 1, 1)),
        ((1, 2), Padding(1, 1, 2, 2)),
        ([0, 3], Padding(0, 0, 3, 3)),
        ("valid", Padding()),
        ("same", Padding(1, 1, 1, 1)),
        ({"top": 1, "right": 2}, Padding(top=1, right=2)),
        (Padding(left=5), Padding(left=5)),
    ],
)
def test_padding_is_read_in_every_form(given: Any, sides: Padding) -> None:
    assert conv(padding=given).padding == sides


def test_same_counts_the_dilation() -> None:
    assert conv(kernel_size=(3, 4), dilation=(2, 3), padding="same").padding == Padding(2, 2, 4, 5)


def test_pairs_are_height_and_width() -> None:
    spec = conv(kernel_size=(3, 5), stride=[2, 1], dilation=2)
    assert (spec.kernel_size, spec.stride, spec.dilation) == ((3, 5), (2, 1), (2, 2))


def test_a_pooling_steps_by_its_kernel_unless_told_otherwise() -> None:
    assert pool(kernel_size=(2, 3)).stride == (2, 3)
    assert pool(kernel_size=(2, 3), stride=1).stride == (1, 1)


def test_settings_do_not_change() -> None:
    spec = conv()
    with pytest.raises(FrozenInstanceError):
        spec.groups = 2  # type: ignore[misc]  # that it is refused is the point


def test_a_plain_window_moves_over_its_input_alone() -> None:
    height, width = WindowSpec(kernel_size=(7, 6)).output_size(7, 7)
    assert (height.output, width.output) == (1, 2)


def test_groups_share_out_the_channels() -> None:
    spec = Conv2dSpec.of(6, 4, 3, groups=2)
    assert spec.weight_shape == (4, 3, 3, 3)
    assert [list(spec.input_channels(channel)) for channel in range(4)] == [
        [0, 1, 2],
        [0, 1, 2],
        [3, 4, 5],
        [3, 4, 5],
    ]


def test_settings_as_json_are_in_pytorchs_words() -> None:
    assert conv(padding=(1, 0)).as_dict() == {
        "in_channels": 2,
        "out_channels": 4,
        "kernel_size": [3, 3],
        "stride": [1, 1],
        "padding": [1, 0],
        "dilation": [1, 1],
        "groups": 1,
        "padding_mode": "zeros",
    }
    assert conv(flip_kernel=True).as_dict() == conv().as_dict() | {"flip_kernel": True}
    assert pool(padding={"top": 1}).as_dict() == {
        "kernel_size": [2, 2],
        "stride": [2, 2],
        "padding": {"top": 1, "bottom": 0, "left": 0, "right": 0},
        "dilation": [1, 1],
        "ceil_mode": False,
        "count_include_pad": True,
        "divisor_override": None,
    }


REFUSED: list[tuple[Callable[[], object], str, str]] = [
    (
        lambda: conv(kernel_size=0),
        "kernel_size",
        "kernel_size has to be a whole number, 1 or more; got 0.",
    ),
    (lambda: conv(kernel_size=(3, 0)), "kernel_size", "kernel_size width has to be"),
    (lambda: conv(kernel_size=[3, 3, 3]), "kernel_size", "(height, width) pair; got 3 numbers"),
    (lambda: conv(stride=-1), "stride", "1 or more; got -1"),
    (lambda: conv(stride=1.5), "stride", "got 1.5"),
    (lambda: conv(stride=True), "stride", "got a bool"),
    (lambda: conv(dilation=0), "dilation", "1 or more; got 0"),
    (lambda: conv(padding=-1), "padding", "padding has to be a whole number, 0 or more; got -1"),
    (lambda: conv(padding={"top": -1}), "padding", "padding top has to be"),
    (lambda: conv(padding={"above": 1}), "padding", "the sides top, bottom, left, right"),
    (lambda: conv(padding="full"), "padding", "'valid' or 'same'"),
    (lambda: conv(padding="same", stride=2), "padding", "a stride of 2×2 does not"),
    (lambda: conv(padding_mode="mirror"), "padding_mode", "zeros, reflect, replicate, circular"),
    (lambda: conv(in_channels=0), "in_channels", "1 or more; got 0"),
    (lambda: conv(out_channels=0), "out_channels", "1 or more; got 0"),
    (lambda: conv(groups=0), "groups", "1 or more; got 0"),
    (
        lambda: conv(in_channels=5, groups=2),
        "groups",
        "in_channels 5 does not divide into 2 groups: 5 / 2 leaves 1.",
    ),
    (lambda: conv(out_channels=3, groups=2), "groups", "out_channels 3 does not divide into 2"),
    (lambda: conv().input_channels(4), "channel", "no channel 4: the output has 4 channels"),
    (lambda: pool(padding=2), "padding", "Padding 2 is not below the effective kernel height 2: "),
    (lambda: pool(padding={"right": 2}), "padding", "kernel width 2"),
    (lambda: pool(dilation=3, padding=4), "padding", "kernel height 4"),
    (lambda: pool(divisor_override=0), "divisor_override", "nothing divides by 0"),
    (
        lambda: pool(divisor_override=1.5),
        "divisor_override",
        "divisor_override has to be a whole number; got 1.5.",
    ),
    (lambda: pool(kernel_size=0), "kernel_size", "1 or more; got 0"),
]


@pytest.mark.parametrize(("make", "field", "sentence"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_cannot_be_is_refused_in_a_sentence(
    make: Callable[[], object], field: str, sentence: str
) -> None:
    with pytest.raises(MechanicsError, match=re.escape(sentence)) as refused:
        make()
    assert refused.value.field == field


def test_pooling_may_pad_wider_than_pytorch_as_onnx_does() -> None:
    assert pool(kernel_size=3, padding=2).padding == Padding(2, 2, 2, 2)
    assert pool(kernel_size=2, dilation=3, padding=3).padding == Padding(3, 3, 3, 3)
