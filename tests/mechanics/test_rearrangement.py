"""Values in another order, maps of another size, means, and normalizations by the image."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from app.mechanics.activation import HardsigmoidTrace, hardsigmoid, trace_activation
from app.mechanics.errors import MechanicsError
from app.mechanics.group_normalization import trace_group_norm, trace_layer_norm
from app.mechanics.interpolation import taps_of, trace_interpolate
from app.mechanics.mean import trace_mean
from app.mechanics.rearrangement import tables_of, trace_rearrange
from tests.mechanics.spaces import seeds, tensor


@given(seeds, st.permutations(range(3)), st.integers(1, 3), st.booleans())
def test_a_moved_value_is_the_one_that_torch_moves(
    seed: int, axes: list[int], step: int, turned: bool
) -> None:
    def move(x: Tensor) -> Tensor:
        moved = x.permute(axes)[:, ::step]
        return moved.flip(0) if turned else moved

    input = tensor(seed, 2, 3, 4)
    tables = tables_of(move(torch.arange(24).reshape(2, 3, 4)))
    assert tables is not None
    expected = move(input)
    for place in itertools.product(*map(range, expected.shape)):
        trace = trace_rearrange(input, tables, *place)
        assert trace.value == expected[place]
        assert trace.value == input[tuple(trace.source.values())]


def test_sources_without_a_rule_have_no_tables() -> None:
    assert tables_of(torch.tensor([[0, 1], [2, 5]])) is None
    assert tables_of(torch.tensor([4, 0, 9])) == ((4, 0, 9),)


def test_places_that_are_not_there_are_refused() -> None:
    with pytest.raises(MechanicsError, match="There is no row 2"):
        trace_rearrange(torch.zeros(2, 2), ((0, 2), (0, 1)), 0, 2)
    with pytest.raises(MechanicsError, match="There is no place 4 in the input"):
        trace_rearrange(torch.zeros(2, 2), ((0, 4),), 1)
    with pytest.raises(MechanicsError, match="There is no channel 3"):
        trace_mean(torch.zeros(3, 2, 2), 3)
    with pytest.raises(MechanicsError, match="There is no column 1"):
        trace_interpolate(torch.zeros(1, 2, 2), [(0, (1.0,))], [(0, (1.0,))], 0, 0, 1)


@pytest.mark.parametrize(
    ("mode", "corners"), [("bilinear", True), ("bilinear", False), ("area", None)]
)
def test_a_resized_value_is_torchs(mode: str, corners: bool | None) -> None:
    input = tensor(3, 2, 5, 4)
    expected = functional.interpolate(input[None], (7, 3), mode=mode, align_corners=corners)[0]

    def lines(count: int, wanted: int) -> Tensor:
        ones = torch.eye(count, dtype=torch.float64).reshape(1, count, count, 1)
        given = functional.interpolate(ones, (wanted, 1), mode=mode, align_corners=corners)
        return given[0, :, :, 0].T

    rows, columns = taps_of(lines(5, 7)), taps_of(lines(4, 3))
    for place in itertools.product(*map(range, expected.shape)):
        trace = trace_interpolate(input, rows, columns, *place)
        assert trace.value == pytest.approx(expected[place].item(), abs=1e-12)
        assert trace.window.shape == (len(trace.row_weights), len(trace.column_weights))


def test_a_line_that_reads_nothing_reads_zero_of_the_first() -> None:
    assert taps_of(torch.zeros(1, 3)) == [(0, (0.0,))]


@pytest.mark.parametrize("shape", [(6, 3, 2), (6,)])
@pytest.mark.parametrize("learns", [True, False])
def test_normalizations_by_the_image_are_torchs(shape: tuple[int, ...], learns: bool) -> None:
    input = tensor(5, *shape)
    weight, bias = (tensor(6, 6), tensor(7, 6)) if learns else (None, None)
    grouped = functional.group_norm(input[None], 3, weight, bias, 0.1)[0]
    scale, shift = (tensor(8, shape[-1]), tensor(9, shape[-1])) if learns else (None, None)
    layered = functional.layer_norm(input, shape[-1:], scale, shift, 0.1)
    for place in itertools.product(*map(range, shape)):
        channel, row, column = (*place, 0, 0)[:3]
        at = (channel, row, column)
        group = trace_group_norm(input, 3, weight, bias, 0.1, at)
        assert group.value == pytest.approx(grouped[place].item(), abs=1e-12)
        layer = trace_layer_norm(input, 1, scale, shift, 0.1, at)
        assert layer.value == pytest.approx(layered[place].item(), abs=1e-12)


@pytest.mark.parametrize("number", [-4.0, -3.0, 0.25, 3.0, 5.0])
def test_a_hard_sigmoid_is_torchs(number: float) -> None:
    input = torch.tensor([number], dtype=torch.float64)
    written: Callable[[float], float] = hardsigmoid
    trace = trace_activation(HardsigmoidTrace, written, "ramp of {}", input, (0, 0, 0))
    assert trace.value == pytest.approx(functional.hardsigmoid(input).item(), abs=1e-15)
