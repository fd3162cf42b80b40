"""Sums, concatenations, batch normalizations and dropouts, against torch in float64."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from app.mechanics.addition import trace_add
from app.mechanics.batch_normalization import ChannelStatistics, trace_batch_norm2d
from app.mechanics.concatenation import concatenated_shape, trace_concatenate
from app.mechanics.dropout import trace_dropout
from app.mechanics.errors import MechanicsError
from app.mechanics.product import trace_multiply
from tests.mechanics.spaces import seeds, tensor

shapes = st.lists(st.integers(1, 4), min_size=3, max_size=3) | st.lists(
    st.integers(1, 9), min_size=1, max_size=1
)


def places(shape: Any) -> Any:
    return itertools.product(*map(range, shape))


@settings(max_examples=30)
@given(shapes, st.integers(1, 4), seeds)
def test_a_sum_is_the_sum_of_its_terms(shape: list[int], count: int, seed: int) -> None:
    inputs = [tensor(seed + i, *shape) for i in range(count)]
    expected = torch.stack(inputs).sum(0)
    for place in places(shape):
        trace = trace_add(inputs, *place)
        assert trace.value == expected[place].item()
        assert trace.terms.tolist() == [each[place].item() for each in inputs]


@settings(max_examples=30)
@given(shapes, seeds, st.lists(st.booleans(), min_size=3, max_size=3))
def test_a_product_is_the_product_of_its_factors(
    shape: list[int], seed: int, is_narrow: list[bool]
) -> None:
    narrow = [1 if one else size for size, one in zip(shape, is_narrow, strict=False)]
    inputs = [tensor(seed, *shape), tensor(seed + 1, *narrow), tensor(seed + 2, *shape)]
    expected = inputs[0] * inputs[1] * inputs[2]
    for place in places(shape):
        trace = trace_multiply(inputs, *place)
        assert trace.value == pytest.approx(expected[place].item(), rel=1e-15)
        assert trace.factors.prod().item() == pytest.approx(trace.value, rel=1e-15)


@pytest.mark.parametrize(
    ("shapes_", "sentence"),
    [
        ([(2, 3, 4), (2,)], "different numbers of axes"),
        ([(2, 3, 4), (2, 3, 5)], "different sizes along an axis"),
    ],
)
def test_a_product_of_what_does_not_fit_is_refused(
    shapes_: list[tuple[int, ...]], sentence: str
) -> None:
    with pytest.raises(MechanicsError, match=sentence):
        trace_multiply([torch.zeros(shape) for shape in shapes_], 0)


@settings(max_examples=30)
@given(shapes, st.integers(0, 2), st.lists(st.integers(1, 3), min_size=1, max_size=3), seeds)
def test_a_concatenated_value_says_where_it_stood(
    shape: list[int], axis: int, sizes: list[int], seed: int
) -> None:
    axis = min(axis, len(shape) - 1)
    inputs = []
    for i, size in enumerate(sizes):
        inputs.append(tensor(seed + i, *shape[:axis], size, *shape[axis + 1 :]))
    expected = torch.cat(inputs, axis)
    assert concatenated_shape([tuple(each.shape) for each in inputs], axis) == expected.shape
    for place in places(expected.shape):
        trace = trace_concatenate(inputs, axis, *place)
        assert trace.value == expected[place].item()
        source = (trace.source["channel"], trace.source["row"], trace.source["column"])
        assert inputs[trace.input][source[: len(shape)]].item() == trace.value
        assert trace.starts[trace.input] + source[axis] == place[axis]


@settings(max_examples=30)
@given(st.lists(st.integers(1, 4), min_size=3, max_size=3), seeds, st.booleans())
def test_a_normalized_value_is_torchs(shape: list[int], seed: int, affine: bool) -> None:
    input = tensor(seed, *shape)
    mean, variance = tensor(seed + 1, shape[0]), tensor(seed + 2, shape[0]).abs() + 0.125
    weight, bias = (tensor(seed + 3 + i, shape[0]) if affine else None for i in range(2))
    expected = F.batch_norm(input[None], mean, variance, weight, bias, eps=1e-3)[0]
    known = ChannelStatistics(mean, variance, weight, bias, eps=1e-3)
    for place in places(shape):
        trace = trace_batch_norm2d(input, known, *place)
        assert trace.value == pytest.approx(expected[place].item(), rel=1e-13, abs=1e-13)
        assert trace.value == trace.normalized * trace.weight + trace.bias


def test_a_dropout_lets_everything_through() -> None:
    input = tensor(1, 2, 3, 4)
    expected = F.dropout(input, 0.5, training=False)
    for place in places(input.shape):
        trace = trace_dropout(input, 0.5, *place)
        assert (trace.value, trace.input, trace.p) == (expected[place].item(),) * 2 + (0.5,)


MAPS = torch.zeros(2, 3, 4)
KNOWN = ChannelStatistics(torch.zeros(2), torch.ones(2))


@pytest.mark.parametrize(
    ("ask", "field", "sentence"),
    [
        (lambda: trace_add([MAPS, MAPS[:1]], 0), "input", "1×3×4, but 2×3×4 is needed"),
        (lambda: trace_add([MAPS, MAPS], 0, 3), "row", "no row 3"),
        (lambda: trace_concatenate([MAPS, MAPS[:, :2]], 0, 0), "input", "but 2×3×4 is needed"),
        (lambda: trace_concatenate([MAPS, MAPS], 3, 0), "dim", "no axis 3: there are 3"),
        (lambda: trace_concatenate([MAPS, MAPS], 0, 4), "channel", "no channel 4"),
        (lambda: trace_batch_norm2d(MAPS, KNOWN, 0, 0, 4), "column", "no column 4"),
        (lambda: trace_batch_norm2d(MAPS[:1], KNOWN, 0, 0, 0), "running_mean", "but 1 is needed"),
        (lambda: trace_dropout(MAPS, 0.5, 2), "channel", "no channel 2"),
    ],
)
def test_what_does_not_fit_is_refused(ask: Any, field: str, sentence: str) -> None:
    with pytest.raises(MechanicsError, match=sentence) as refused:
        ask()
    assert refused.value.field == field
