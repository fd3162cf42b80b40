"""Layers without a moving window: dense, activation function, flatten, softmax."""

import itertools
import math
from collections.abc import Callable
from functools import partial

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional

from app.mechanics.activation import (
    ActivationTrace,
    ELUTrace,
    GELUTrace,
    HardsigmoidTrace,
    HardswishTrace,
    LeakyReLUTrace,
    ReLU6Trace,
    ReLUTrace,
    SigmoidTrace,
    TanhTrace,
    elu,
    gelu,
    gelu_tanh,
    hardsigmoid,
    hardswish,
    leaky_relu,
    relu,
    relu6,
    sigmoid,
    trace_activation,
    trace_prelu,
)
from app.mechanics.constant_padding import PadSpec, trace_pad
from app.mechanics.dense import trace_linear
from app.mechanics.errors import MechanicsError
from app.mechanics.padding import Padding
from app.mechanics.shape import flatten_source, trace_flatten
from app.mechanics.softmax import trace_softmax
from tests.mechanics.golden import golden
from tests.mechanics.spaces import seeds, tensor

GOLDEN = golden("dense")


@given(seeds, st.integers(1, 40), st.integers(1, 5), st.booleans())
def test_a_dense_unit_is_the_sum_of_its_products(
    seed: int, inputs: int, units: int, has_bias: bool
) -> None:
    input, weight = tensor(seed, inputs), tensor(seed + 1, units, inputs)
    bias = tensor(seed + 2, units) if has_bias else None
    expected = functional.linear(input, weight, bias)
    for channel in range(units):
        trace = trace_linear(input, weight, bias, channel)
        assert trace.value == expected[channel]
        assert trace.value == trace.products.sum() + trace.bias
        assert torch.equal(trace.products, trace.input * trace.weight)
        assert torch.equal(trace.weight, weight[channel])


def test_a_dense_unit_matches_the_golden_numbers() -> None:
    stored = {
        key: torch.tensor(value, dtype=torch.float64) for key, value in GOLDEN["linear"].items()
    }
    units = [
        trace_linear(stored["input"], stored["weight"], stored["bias"], channel).value
        for channel in range(4)
    ]
    assert units == GOLDEN["linear"]["output"]


def test_float32_inputs_are_summed_in_float64() -> None:
    trace = trace_linear(torch.tensor([1e8, 1.0, -1e8]), torch.ones(1, 3), None, 0)
    assert trace.value == 1.0
    assert trace.as_dict()["kind"] == "Linear"


@pytest.mark.parametrize(
    ("shapes", "channel", "sentence"),
    [
        (((3,), (2, 4), (2,)), 0, "input has the shape 3, but 4 is needed"),
        (((1, 4), (2, 4), (2,)), 0, "input has the shape 1×4, but 4 is needed"),
        (((4,), (2, 4), (3,)), 0, "bias has the shape 3, but 2 is needed"),
        (((4,), (2, 4), (2,)), 2, "no channel 2: there are 2"),
        (((4,), (2, 4), (2,)), -1, "no channel -1"),
    ],
)
def test_a_dense_unit_that_cannot_be_is_named(
    shapes: tuple[tuple[int, ...], ...], channel: int, sentence: str
) -> None:
    input, weight, bias = (torch.zeros(shape) for shape in shapes)
    with pytest.raises(MechanicsError, match=sentence):
        trace_linear(input, weight, bias, channel)


FUNCTIONS = [
    (ReLUTrace, relu, functional.relu),
    (ReLU6Trace, relu6, functional.relu6),
    (LeakyReLUTrace, partial(leaky_relu, negative_slope=0.2), nn.LeakyReLU(0.2)),
    (ELUTrace, partial(elu, alpha=0.7), nn.ELU(0.7)),
    (GELUTrace, gelu, functional.gelu),
    (GELUTrace, gelu_tanh, partial(functional.gelu, approximate="tanh")),
    (TanhTrace, math.tanh, torch.tanh),
    (SigmoidTrace, sigmoid, torch.sigmoid),
    (HardswishTrace, hardswish, functional.hardswish),
    (HardsigmoidTrace, hardsigmoid, functional.hardsigmoid),
]


@pytest.mark.parametrize(("trace_type", "function", "torchs"), FUNCTIONS)
def test_an_activation_function_is_what_torch_makes_of_the_same_place(
    trace_type: type[ActivationTrace],
    function: Callable[[float], float],
    torchs: Callable[[Tensor], Tensor],
) -> None:
    maps = torch.linspace(-9, 9, 24, dtype=torch.float64).reshape(2, 3, 4)
    for place in itertools.product(range(2), range(3), range(4)):
        trace = trace_activation(trace_type, function, "f({})", maps, place)
        assert trace.value == pytest.approx(torchs(maps)[place].item(), rel=1e-14, abs=1e-15)
        assert trace.input == maps[place]
    lost = torch.tensor([math.nan])
    assert math.isnan(trace_activation(trace_type, function, "f({})", lost, (0, 0, 0)).value)
    for far in (-1e4, 1e4):
        number = torch.tensor(far, dtype=torch.float64)
        assert function(far) == pytest.approx(torchs(number).item(), abs=1e-15)


def test_relu_of_a_vector_reads_the_channel_only() -> None:
    vector = torch.tensor(GOLDEN["relu"]["input"])
    found = [
        trace_activation(ReLUTrace, relu, "max(0, {})", vector, (channel, 0, 0)).value
        for channel in range(len(vector))
    ]
    assert found == GOLDEN["relu"]["output"]


def test_an_activation_function_writes_its_operation() -> None:
    trace = trace_activation(ReLUTrace, relu, "max(0, {})", torch.tensor([-0.3]), (0, 0, 0))
    assert trace.as_dict() == {
        "kind": "ReLU",
        "value": 0.0,
        "input": pytest.approx(-0.3),
        "expression": "max(0, -0.3) = 0",
    }


def test_an_activation_function_with_settings_writes_them() -> None:
    written, settings = "max(0, {0}) + {slope} · min(0, {0})", {"slope": 0.1}
    function, number = partial(leaky_relu, negative_slope=0.1), torch.tensor([-2.5])
    trace = trace_activation(LeakyReLUTrace, function, written, number, (0, 0, 0), settings)
    assert trace.expression == "max(0, -2.5) + 0.1 · min(0, -2.5) = -0.25"


@pytest.mark.parametrize("weight", [[0.2], [0.2, -0.5]])
def test_a_prelu_takes_the_slope_of_the_channel(weight: list[float]) -> None:
    maps, slopes = tensor(1, 2, 3, 4), torch.tensor(weight, dtype=torch.float64)
    expected = functional.prelu(maps[None], slopes)[0]
    for place in itertools.product(range(2), range(3), range(4)):
        trace = trace_prelu(maps, slopes, place)
        assert trace.value == expected[place]
        assert trace.input == maps[place]
        assert trace.weight == weight[place[0] % len(weight)]
    with pytest.raises(MechanicsError, match="no channel 2: there are 2"):
        trace_prelu(maps, slopes, (2, 0, 0))


def test_an_activation_function_outside_its_input_is_refused() -> None:
    with pytest.raises(MechanicsError, match="no row 3: there are 3") as refused:
        trace_activation(ReLUTrace, relu, "max(0, {})", torch.zeros(2, 3, 4), (1, 3, 0))
    assert refused.value.field == "row"


def test_padding_finds_the_place_that_torch_pads() -> None:
    maps = tensor(1, 2, 3, 4)
    spec = PadSpec(Padding(top=1, bottom=0, left=2, right=3), (1, 2), 0.5)
    expected = functional.pad(maps, (2, 3, 1, 0, 1, 2), value=0.5)
    assert spec.output_shape(*maps.shape) == tuple(expected.shape)
    for place in itertools.product(*map(range, expected.shape)):
        trace = trace_pad(maps, spec, *place)
        assert trace.value == expected[place]
        if trace.source is not None:
            assert maps[tuple(trace.source.values())] == trace.value
    assert trace_pad(maps, spec, 0).source is None
    with pytest.raises(MechanicsError, match="no channel 5: there are 5"):
        trace_pad(maps, spec, 5)
    with pytest.raises(MechanicsError, match="explained of maps alone"):
        trace_pad(torch.zeros(4), spec, 0)
    sides = {"top": 1, "bottom": 0, "left": 2, "right": 3}
    assert spec.as_dict() == {"padding": sides, "channels": [1, 2], "value": 0.5}
    with pytest.raises(MechanicsError, match="takes channels away is not explained"):
        PadSpec(Padding(), (-1, 0))


def test_flatten_finds_the_place_that_torch_flattens() -> None:
    shape = GOLDEN["flatten"]["shape"]
    maps = tensor(1, *shape)
    for index, place in enumerate(GOLDEN["flatten"]["sources"]):
        trace = trace_flatten(maps, index)
        assert list(trace.source.values()) == place
        assert trace.value == maps.flatten()[index]
    assert trace_flatten(maps, 7).as_dict()["kind"] == "Flatten"


def test_flatten_outside_its_maps_is_refused() -> None:
    with pytest.raises(MechanicsError, match="no channel 3136: there are 3136"):
        flatten_source((64, 7, 7), 3136)
    with pytest.raises(MechanicsError, match="2 axes; it needs channels, rows and columns"):
        trace_flatten(torch.zeros(3, 4), 0)


@given(st.lists(st.floats(-800, 800, width=32), min_size=1, max_size=12))
def test_softmax_is_torchs_to_the_last_digits(logits: list[float]) -> None:
    expected = functional.softmax(torch.tensor(logits, dtype=torch.float64), 0)
    traces = [trace_softmax(torch.tensor(logits), channel) for channel in range(len(logits))]
    for trace, probability in zip(traces, expected.tolist(), strict=True):
        assert trace.value == pytest.approx(probability, rel=1e-13, abs=1e-300)
        assert trace.maximum == max(logits)
        assert trace.sum == trace.exponentials.sum()
    assert sum(trace.value for trace in traces) == pytest.approx(1, rel=1e-12)


def test_softmax_matches_the_golden_numbers() -> None:
    logits = torch.tensor(GOLDEN["softmax"]["logits"])
    found = [trace_softmax(logits, channel).value for channel in range(len(logits))]
    assert found == pytest.approx(GOLDEN["softmax"]["probabilities"], rel=1e-14)


@pytest.mark.parametrize("shape", [(3,), (1, 4)])
def test_softmax_of_a_class_without_a_logit_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(MechanicsError, match="no channel 3"):
        trace_softmax(torch.zeros(shape), 3)
