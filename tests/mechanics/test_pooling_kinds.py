import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from app.mechanics.adaptive import AdaptiveAxis, AdaptivePool2dSpec
from app.mechanics.average_pooling import avg_pool2d
from app.mechanics.errors import MechanicsError
from app.mechanics.lp_pooling import is_native_norm, lp_pool2d, trace_lp_pool2d
from app.mechanics.max_pooling import max_pool2d
from app.mechanics.pool_kinds import PoolKind, pool_spec
from app.mechanics.pooling import pool2d, trace_pool2d
from app.mechanics.spec import Pool2dSpec
from tests.golden.oracle import pool_norm
from tests.mechanics.spaces import paddings, pairs, seeds, tensor

NORMS = st.sampled_from([0.5, 1.0, 2.0, 3.0, 3.5])


@settings(max_examples=60)
@given(pairs(1, 9), st.lists(st.none() | st.integers(1, 10), min_size=2, max_size=2), seeds)
def test_adaptive_pooling_is_torchs(size: list[int], wanted: list[int | None], seed: int) -> None:
    input = tensor(seed, 2, *size)
    height, width = wanted
    spec = AdaptivePool2dSpec.of(wanted)
    values, places = functional.adaptive_max_pool2d_with_indices(input, (height, width))
    ours, indices = max_pool2d(input, spec)
    assert torch.equal(ours, values)
    assert torch.equal(indices, places)
    means = functional.adaptive_avg_pool2d(input, (height, width))
    torch.testing.assert_close(avg_pool2d(input, spec), means, rtol=1e-14, atol=1e-14)
    steps = spec.output_size(*size)
    assert tuple(step.output for step in steps) == values.shape[1:]
    for step, axis in zip(steps, spec.axes(*size), strict=True):
        assert [list(range(*window)) for window in step.windows] == [
            list(axis.sources(output)) for output in range(axis.output)
        ]


@settings(max_examples=60)
@given(pairs(1, 4), pairs(1, 4), pairs(1, 3), paddings(2), st.booleans(), pairs(1, 8), seeds, NORMS)
def test_lp_pooling_is_torchs_windows_and_the_definition(
    kernel_size: list[int],
    stride: list[int],
    dilation: list[int],
    padding: Any,
    ceil_mode: bool,
    size: list[int],
    seed: int,
    norm_type: float,
) -> None:
    try:
        spec = Pool2dSpec.of(kernel_size, stride, padding, dilation, ceil_mode, norm_type=norm_type)
        height, width = spec.output_size(*size)
    except MechanicsError:
        return
    input = tensor(seed, 2, *size)
    ours = lp_pool2d(input, spec)
    assert ours.shape == (2, height.output, width.output)
    expected = pool_norm(input, spec.as_dict() | {"norm_type": norm_type}, ours.shape[1:])
    torch.testing.assert_close(ours, expected, rtol=1e-12, atol=1e-13)
    trace = trace_lp_pool2d(input, spec, 1, height.output - 1, width.output - 1)
    assert trace.value == pytest.approx(ours[1, -1, -1].item(), rel=1e-13)
    assert trace.value == pytest.approx(trace.sum ** (1 / norm_type), rel=1e-13)
    assert trace.sum == trace.powers.sum()


@pytest.mark.parametrize("norm_type", [2, 4])
def test_lp_pooling_is_torchs_where_torch_follows_the_definition(norm_type: int) -> None:
    input = tensor(1, 2, 6, 7)
    spec = Pool2dSpec.of((2, 3), 2, norm_type=norm_type)
    expected = functional.lp_pool2d(input, norm_type, (2, 3), 2)
    torch.testing.assert_close(lp_pool2d(input, spec), expected, rtol=1e-14, atol=0)
    assert is_native_norm(spec)


def test_lp_pooling_is_right_where_torch_is_not() -> None:
    image = torch.tensor([[[-3.0, 4.0]]], dtype=torch.float64)
    cubes = Pool2dSpec.of((1, 2), norm_type=3)
    assert lp_pool2d(-image.abs(), cubes).item() == pytest.approx(91 ** (1 / 3), rel=1e-15)
    assert functional.lp_pool2d(-image.abs(), 3, (1, 2)).item() != pytest.approx(91 ** (1 / 3))
    row = torch.tensor([[[3.0, 4.0, 5.0]]], dtype=torch.float64)
    ceiled = Pool2dSpec.of((1, 2), ceil_mode=True)
    assert not is_native_norm(ceiled)
    edge = lp_pool2d(row, ceiled)
    assert edge.tolist() == [[[5.0, 5.0]]]
    assert functional.lp_pool2d(row, 2, (1, 2), ceil_mode=True)[0, 0, 1].item() > 7


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
@pytest.mark.parametrize(("norm_type", "factor"), [(2, math.sqrt(2)), (200, 2 ** (1 / 200))])
def test_no_power_overflows_or_vanishes(size: float, norm_type: float, factor: float) -> None:
    image = torch.full((1, 1, 2), size, dtype=torch.float64)
    spec = Pool2dSpec.of((1, 2), norm_type=norm_type)
    assert lp_pool2d(image, spec).item() == pytest.approx(size * factor, rel=1e-14)
    assert trace_lp_pool2d(image, spec, 0, 0, 0).value == pytest.approx(size * factor, rel=1e-14)


def test_zeros_infinity_and_nan_pool_to_themselves() -> None:
    image = torch.tensor([[[0.0, 0.0, -math.inf, 1.0, math.nan, 1.0]]], dtype=torch.float64)
    found = lp_pool2d(image, Pool2dSpec.of((1, 2))).flatten().tolist()
    assert found == pytest.approx([0.0, math.inf, math.nan], nan_ok=True)


KINDS: list[tuple[PoolKind, dict[str, Any], str]] = [
    ("max", {"kernel_size": 2}, "MaxPool2d"),
    ("average", {"kernel_size": 2}, "AvgPool2d"),
    ("lp", {"kernel_size": 2, "norm_type": 3}, "LPPool2d"),
    ("adaptive_max", {"output_size": (3, None)}, "AdaptiveMaxPool2d"),
    ("adaptive_average", {"output_size": 3}, "AdaptiveAvgPool2d"),
    ("global_max", {}, "AdaptiveMaxPool2d"),
    ("global_average", {}, "AdaptiveAvgPool2d"),
]


@pytest.mark.parametrize(("kind", "options", "name"), KINDS)
def test_every_kind_pools_and_says_what_a_value_is_made_of(
    kind: PoolKind, options: dict[str, Any], name: str
) -> None:
    image = tensor(5, 2, 5, 4)
    spec = pool_spec(kind, **options)
    pooled = pool2d(image, kind, spec)
    assert (pooled.indices is None) is not kind.endswith("max")
    steps = spec.output_size(5, 4)
    assert pooled.values.shape == (2, *(step.output for step in steps))
    assert [step.as_dict()["output"] for step in steps] == list(pooled.values.shape[1:])
    trace = trace_pool2d(image, kind, spec, 1, 0, 0)
    assert trace.as_dict()["kind"] == name
    assert trace.value == pytest.approx(pooled.values[1, 0, 0].item(), rel=1e-14)


def test_global_pooling_takes_in_the_whole_map() -> None:
    image = tensor(5, 2, 5, 4)
    assert torch.equal(
        pool2d(image, "global_max", pool_spec("global_max")).values, image.amax((1, 2), True)
    )
    assert torch.equal(
        pool2d(image, "global_average", pool_spec("global_average")).values,
        image.mean((1, 2), True),
    )


@pytest.mark.parametrize(
    ("call", "field", "sentence"),
    [
        (lambda: pool_spec("median"), "kind", "kind is one of max, average, lp"),
        (lambda: pool_spec("max"), "kernel_size", "needs a kernel_size"),
        (lambda: pool_spec("adaptive_max"), "output_size", "needs an output_size"),
        (lambda: pool_spec("adaptive_max", output_size=0), "output_size", "1 or more; got 0"),
        (
            lambda: pool_spec("adaptive_max", output_size=[1]),
            "output_size",
            "pair; got 1 numbers",
        ),
        (lambda: Pool2dSpec.of(2, norm_type=0), "norm_type", "above 0; got 0"),
        (lambda: Pool2dSpec.of(2, norm_type=math.inf), "norm_type", "above 0; got inf"),
        (lambda: Pool2dSpec.of(2, norm_type=math.nan), "norm_type", "above 0; got nan"),
        (lambda: Pool2dSpec.of(2, norm_type=True), "norm_type", "above 0; got True"),
        (lambda: AdaptivePool2dSpec.of(2).axes(0, 2), "input", "0 rows"),
        (lambda: AdaptivePool2dSpec.of(2).axes(2, 0), "input", "0 columns"),
        (lambda: AdaptiveAxis("height", 4, 2).positions(2), "row", "the output has 2 rows"),
        (lambda: AdaptiveAxis("width", 4, 2).positions(-1), "column", "no column -1"),
    ],
)
def test_what_is_impossible_is_named(call: Any, field: str, sentence: str) -> None:
    with pytest.raises(MechanicsError, match=sentence) as refused:
        call()
    assert refused.value.field == field
