import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from app.mechanics.average_pooling import avg_pool2d, trace_avg_pool2d
from app.mechanics.errors import MechanicsError
from app.mechanics.max_pooling import max_pool2d, trace_max_pool2d
from app.mechanics.spec import Pool2dSpec
from tests.golden.oracle import pad, pool_average, pool_max
from tests.mechanics.golden import golden
from tests.mechanics.spaces import Settings, paddings, pairs, poolings, seeds, tensor

NAN, INF = math.nan, math.inf


def as_pair(pair: list[int]) -> tuple[int, int]:
    height, width = pair
    return height, width


def torch_allows_the_padding(options: Settings) -> bool:
    """PyTorch's own limit: half the kernel, where ours is the effective kernel."""
    sides = zip(options["padding"], options["kernel_size"], strict=True)
    return all(padding <= kernel // 2 for padding, kernel in sides)


@settings(max_examples=300)
@given(poolings(), seeds)
def test_max_pooling_equals_torch_and_refuses_what_torch_refuses(
    case: tuple[Settings, list[int]], seed: int
) -> None:
    options, shape = case
    if not torch_allows_the_padding(options):
        return
    input = tensor(seed, *shape)
    spec = Pool2dSpec.of(**options)
    try:
        values, indices = pool_max(input, options)
    except RuntimeError:
        with pytest.raises(MechanicsError):
            max_pool2d(input, spec)
        return
    ours, places = max_pool2d(input, spec)
    assert torch.equal(ours, values)
    seen = ours > -INF  # where a dilated window sees padding alone, torch's index points outside
    assert torch.equal(places[seen], indices[seen])
    assert bool((places[~seen] == -1).all())


@settings(max_examples=300)
@given(poolings(), seeds)
def test_average_pooling_equals_torch_and_refuses_what_torch_refuses(
    case: tuple[Settings, list[int]], seed: int
) -> None:
    options, shape = case
    options["dilation"] = [1, 1]
    if not torch_allows_the_padding(options):
        return
    input = tensor(seed, *shape)
    spec = Pool2dSpec.of(**options)
    try:
        expected = pool_average(input, options)
    except RuntimeError:
        with pytest.raises(MechanicsError):
            avg_pool2d(input, spec)
        return
    assert torch.equal(avg_pool2d(input, spec), expected)


@settings(max_examples=200)
@given(pairs(1, 4), pairs(1, 3), paddings(5), pairs(1, 3), pairs(1, 7), seeds, st.booleans())
def test_wider_padding_and_dilated_averages_equal_padding_by_hand(
    kernel_size: list[int],
    stride: list[int],
    padding: list[int] | dict[str, int],
    dilation: list[int],
    size: list[int],
    seed: int,
    count_include_pad: bool,
) -> None:
    input = tensor(seed, 2, *size)
    try:
        spec = Pool2dSpec.of(
            kernel_size, stride, padding, dilation, count_include_pad=count_include_pad
        )
        values, _ = max_pool2d(input, spec)
    except MechanicsError:
        return

    def windows(plane: torch.Tensor, fill: float) -> torch.Tensor:
        """The windows of the padded input, cut out by torch: (2, K, H_out · W_out)"""
        sides = pad(torch.ones(1, *size), padding, "zeros")[0] == 0
        padded = pad(plane, padding, "zeros").masked_fill(sides, fill)
        cut = functional.unfold(
            padded[:, None], as_pair(kernel_size), as_pair(dilation), 0, as_pair(stride)
        )
        return cut.to(torch.float64)

    assert torch.equal(values.flatten(1), windows(input, -INF).amax(1))
    counted = windows(torch.ones(2, *size), 1.0 if count_include_pad else 0.0).sum(1)
    expected = windows(input, 0.0).sum(1) / counted
    ours = avg_pool2d(input, spec).flatten(1)
    torch.testing.assert_close(ours, expected, rtol=0, atol=0, equal_nan=True)


@settings(max_examples=60)
@given(poolings(), seeds)
def test_every_value_is_made_of_its_window(case: tuple[Settings, list[int]], seed: int) -> None:
    options, shape = case
    input = tensor(seed, *shape)
    try:
        spec = Pool2dSpec.of(**options)
        values, indices = max_pool2d(input, spec)
    except MechanicsError:
        return
    means = avg_pool2d(input, spec)
    for channel, row, column in torch.cartesian_prod(*map(torch.arange, values.shape)).tolist():
        at = (channel, row, column)
        largest = trace_max_pool2d(input, spec, *at)
        mean = trace_avg_pool2d(input, spec, *at)
        assert largest.value == values[at] == largest.window.max()
        assert (largest.winner.index if largest.winner else -1) == indices[at]
        assert mean.rows == largest.rows
        assert mean.columns == largest.columns
        assert mean.value == pytest.approx(means[at].item(), rel=0, abs=0, nan_ok=True)
        assert mean.sum == mean.window.sum()


@pytest.mark.parametrize(
    ("row", "value", "index"),
    [
        ([1.0, 3.0, 3.0, 2.0], 3.0, 1),
        ([NAN, 1.0, NAN, 2.0], NAN, 2),
        ([-INF, -INF, -INF, -INF], -INF, 0),
        ([5.0, NAN, 7.0, INF], NAN, 1),
    ],
)
def test_ties_nan_and_infinity_are_settled_as_torch_settles_them(
    row: list[float], value: float, index: int
) -> None:
    image = torch.tensor([[row]], dtype=torch.float64)
    options: Settings = {"kernel_size": [1, 4], "stride": [1, 4], "padding": [0, 0]}
    options |= {"dilation": [1, 1], "ceil_mode": False}
    expected = [tensor.item() for tensor in pool_max(image, options)]
    spec = Pool2dSpec.of((1, 4))
    trace = trace_max_pool2d(image, spec, 0, 0, 0)
    ours = [tensor.item() for tensor in max_pool2d(image, spec)]
    assert trace.winner is not None
    for found in (expected, ours, [trace.value, trace.winner.index]):
        assert found == pytest.approx([value, index], nan_ok=True)


def test_a_window_of_padding_alone_has_neither_maximum_nor_mean() -> None:
    spec = Pool2dSpec.of(2, 1, 2, dilation=3, count_include_pad=False)
    image = torch.ones(1, 1, 1)
    values, indices = max_pool2d(image, spec)
    assert values[0].tolist() == [[-INF, -INF], [-INF, -INF]]
    assert indices[0].tolist() == [[-1, -1], [-1, -1]]
    trace = trace_max_pool2d(image, spec, 0, 0, 0)
    assert (trace.value, trace.winner, trace.as_dict()["winner"]) == (-INF, None, None)
    assert math.isnan(trace_avg_pool2d(image, spec, 0, 0, 0).value)
    assert bool(avg_pool2d(image, spec).isnan().all())


COUNTED = [case for case in golden("pooling_axes") if case.get("counted")]


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: str(case["counted"]))
def test_divisors_match_the_golden_numbers(case: dict[str, Any]) -> None:
    axis = case["axis"]
    spec = Pool2dSpec.of(
        (1, axis["kernel_size"]),
        (1, axis["stride"]),
        (0, axis["padding_before"]),
        ceil_mode=axis["ceil_mode"],
    )
    row = torch.ones(1, 1, axis["input"])
    traces = [trace_avg_pool2d(row, spec, 0, 0, column) for column in range(case["output"])]
    assert [trace.divisor for trace in traces] == case["counted"]


@pytest.mark.parametrize("case", golden("poolings"), ids=lambda case: str(case["settings"]))
def test_poolings_match_the_golden_numbers(case: dict[str, Any]) -> None:
    input = torch.tensor(case["input"], dtype=torch.float64)
    spec = Pool2dSpec.of(**case["settings"])
    values, indices = max_pool2d(input, spec)
    assert values.tolist() == case["max"]
    assert indices.tolist() == case["indices"]
    if case["average"] is not None:
        assert avg_pool2d(input, spec).tolist() == case["average"]


def test_the_last_window_of_ceil_mode_does_not_count_what_is_beyond_the_padding() -> None:
    spec = Pool2dSpec.of(2, ceil_mode=True)
    image = torch.ones(1, 3, 3)
    trace = trace_avg_pool2d(image, spec, 0, 1, 1)
    assert (trace.rows, trace.columns) == ((2, None), (2, None))
    assert (trace.sum, trace.divisor, trace.value) == (1.0, 1, 1.0)


def test_dictionaries_have_the_names_of_the_api() -> None:
    image, spec = tensor(1, 1, 4, 4), Pool2dSpec.of(2)
    largest = trace_max_pool2d(image, spec, 0, 1, 0).as_dict()
    assert largest["kind"] == "MaxPool2d"
    assert largest["rows"] == [2, 3]
    assert set(largest["winner"]) == {"row", "column", "index"}
    assert trace_avg_pool2d(image, spec, 0, 1, 0).as_dict()["kind"] == "AvgPool2d"


def test_maps_without_channels_pool_too_and_keep_their_dtype() -> None:
    plane = tensor(1, 4, 4).float()
    values, indices = max_pool2d(plane, Pool2dSpec.of(2))
    assert values.shape == indices.shape == avg_pool2d(plane, Pool2dSpec.of(2)).shape == (2, 2)
    assert values.dtype == torch.float32


def test_what_has_no_rows_or_not_that_channel_is_refused() -> None:
    with pytest.raises(MechanicsError, match="needs rows and columns"):
        max_pool2d(torch.zeros(4), Pool2dSpec.of(2))
    with pytest.raises(MechanicsError, match="no channel 2: there are 2"):
        trace_max_pool2d(torch.zeros(2, 4, 4), Pool2dSpec.of(2), 2, 0, 0)
    with pytest.raises(MechanicsError, match="no row 2"):
        trace_avg_pool2d(torch.zeros(2, 4, 4), Pool2dSpec.of(2), 1, 2, 0)
