from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mechanics.errors import MechanicsError
from app.mechanics.window import Axis
from tests.golden.torch_axes import convolution_sources
from tests.mechanics.golden import golden

MODES = ["zeros", "reflect", "replicate", "circular"]


@st.composite
def axes(draw: st.DrawFn) -> dict[str, Any]:
    """One axis of a convolution, perhaps an impossible one."""
    return {
        "input": draw(st.integers(1, 12)),
        "kernel_size": draw(st.integers(1, 5)),
        "stride": draw(st.integers(1, 5)),
        "dilation": draw(st.integers(1, 4)),
        "padding_before": draw(st.integers(0, 6)),
        "padding_after": draw(st.integers(0, 6)),
        "padding_mode": draw(st.sampled_from(MODES)),
    }


@settings(max_examples=300)
@given(axes())
def test_sources_are_those_that_torch_reads(case: dict[str, Any]) -> None:
    try:
        expected = convolution_sources(case)
    except RuntimeError:
        with pytest.raises(MechanicsError):
            _ = Axis("width", **case).output
        return
    axis = Axis("width", **case)
    assert [list(axis.sources(output)) for output in range(axis.output)] == expected


@settings(max_examples=200)
@given(axes(), st.booleans())
def test_the_map_reads_the_same_in_every_direction(case: dict[str, Any], ceil_mode: bool) -> None:
    try:
        axis = Axis("height", **case, ceil_mode=ceil_mode)
        outputs = range(axis.output)
    except MechanicsError:
        return
    windows = [axis.sources(output) for output in outputs]
    by_kernel = [axis.sources_under(kernel) for kernel in range(axis.kernel_size)]
    assert list(zip(*by_kernel, strict=True)) == windows
    read_by = {
        source: [
            (output, kernel)
            for output in outputs
            for kernel in range(axis.kernel_size)
            if windows[output][kernel] == source
        ]
        for source in range(axis.input)
    }
    assert {source: list(axis.readers(source)) for source in range(axis.input)} == read_by
    assert axis.unread() == tuple(source for source, readers in read_by.items() if not readers)
    steps = {b.start - a.start for a, b in pairwise(axis.positions(output) for output in outputs)}
    assert steps <= {axis.stride}


@pytest.mark.parametrize("case", golden("convolution_axes"), ids=lambda case: str(case["output"]))
def test_convolution_axes_match_the_golden_numbers(case: dict[str, Any]) -> None:
    if case["output"] is None:
        with pytest.raises(MechanicsError):
            _ = Axis("width", **case["axis"]).output
        return
    axis = Axis("width", **case["axis"])
    assert axis.output == case["output"]
    assert [list(axis.sources(output)) for output in range(axis.output)] == case["sources"]
    assert list(axis.unread()) == case["unread"]


@pytest.mark.parametrize("case", golden("pooling_axes"), ids=lambda case: str(case["output"]))
def test_pooling_axes_match_the_golden_numbers(case: dict[str, Any]) -> None:
    axis = Axis("width", **case["axis"])
    if case["output"] is None:
        if axis.padding_before <= axis.kernel_size // 2:  # beyond it only PyTorch refuses
            with pytest.raises(MechanicsError):
                _ = axis.output
        return
    windows = [axis.sources(output) for output in range(axis.output)]
    assert [[line for line in window if line is not None] for window in windows] == case["reads"]
    assert list(axis.unread()) == case["unread"]


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ({"input": 0}, "The input has 0 rows: it needs at least 1."),
        (
            {"input": 4, "padding_after": 4, "padding_mode": "reflect"},
            "Reflect padding of 4 does not fit an input of 4 rows: a mirror without its edge has "
            "only 3 to give. Use a padding of at most 3, or another padding_mode.",
        ),
        (
            {"input": 4, "padding_before": 5, "padding_mode": "circular"},
            "Circular padding of 5 does not fit an input of 4 rows: it would wrap around more "
            "than once. Use a padding of at most 4, or another padding_mode.",
        ),
    ],
)
def test_padding_that_the_input_cannot_give_is_named(case: dict[str, Any], sentence: str) -> None:
    with pytest.raises(MechanicsError) as refused:
        Axis("height", kernel_size=3, **case)
    assert str(refused.value) == sentence


def test_a_kernel_that_does_not_fit_names_every_quantity_and_the_way_out() -> None:
    axis = Axis("width", input=5, kernel_size=3, dilation=4, padding_before=1, padding_after=2)
    with pytest.raises(MechanicsError) as refused:
        _ = axis.output
    assert str(refused.value) == (
        "The kernel does not fit: kernel width 3 with dilation 4 spans 9 columns, but the input "
        "has 8 (5 and padding 1 + 2). Use a smaller kernel or dilation, or 1 more of padding in "
        "all."
    )
    assert refused.value.field == "kernel_size"


def test_a_line_outside_the_output_is_named() -> None:
    with pytest.raises(MechanicsError, match="no column 3: the output has 3 columns") as refused:
        Axis("width", input=5, kernel_size=3).positions(3)
    assert refused.value.field == "column"


def test_the_floor_leaves_lines_unread_and_ceil_mode_reads_them() -> None:
    floor = Axis("height", input=8, kernel_size=3, stride=2)
    ceil = Axis("height", input=8, kernel_size=3, stride=2, ceil_mode=True)
    assert (floor.output, floor.unread()) == (3, (7,))
    assert (ceil.output, ceil.unread(), ceil.sources(3)) == (4, (), (6, 7, None))


def test_a_line_that_only_the_padding_borrows_is_read() -> None:
    case: dict[str, Any] = {"input": 5, "kernel_size": 2, "stride": 4, "padding_before": 1}
    assert Axis("height", **case, padding_mode="zeros").unread() == (1, 2)
    assert Axis("height", **case, padding_mode="circular").unread() == (1, 2)
    assert Axis("height", **case, padding_mode="reflect").unread() == (2,)


def test_a_kernel_far_larger_than_the_input_costs_nothing() -> None:
    axis = Axis("height", 5, kernel_size=2, stride=2**40, dilation=2**39, ceil_mode=True)
    assert (axis.output, axis.sources(0), axis.unread()) == (1, (0, None), (1, 2, 3, 4))
