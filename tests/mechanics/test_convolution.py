from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional

from app.mechanics.convolution import conv2d, trace_conv2d
from app.mechanics.errors import MechanicsError
from app.mechanics.spec import Conv2dSpec
from app.mechanics.window import PaddingMode
from tests.golden.oracle import convolve
from tests.mechanics.golden import golden
from tests.mechanics.spaces import Settings, convolutions, seeds, tensor


def spec_of(weight_shape: list[int], groups_and_more: Settings) -> Conv2dSpec:
    in_channels = weight_shape[1] * groups_and_more["groups"]
    return Conv2dSpec.of(in_channels, weight_shape[0], **groups_and_more)


@settings(max_examples=300)
@given(convolutions(), seeds, st.booleans())
def test_it_equals_torch_and_refuses_what_torch_refuses(
    case: tuple[Settings, list[int], list[int]], seed: int, has_bias: bool
) -> None:
    options, shape, weight_shape = case
    input, weight = tensor(seed, *shape), tensor(seed + 1, *weight_shape)
    bias = tensor(seed + 2, weight_shape[0]) if has_bias else None
    spec = spec_of(weight_shape, options)
    try:
        expected = convolve(input, weight, bias, options)
    except RuntimeError:
        with pytest.raises(MechanicsError):
            conv2d(input, weight, bias, spec)
        return
    assert torch.equal(conv2d(input, weight, bias, spec), expected)


@settings(max_examples=100)
@given(convolutions(), seeds, st.data())
def test_a_value_is_made_of_what_its_gradient_says(
    case: tuple[Settings, list[int], list[int]], seed: int, data: st.DataObject
) -> None:
    options, shape, weight_shape = case
    input = tensor(seed, *shape).requires_grad_()
    weight = tensor(seed + 1, *weight_shape).requires_grad_()
    bias = tensor(seed + 2, weight_shape[0])
    try:
        expected = convolve(input, weight, bias, options)
    except RuntimeError:
        return
    position = [data.draw(st.integers(0, size - 1)) for size in expected.shape]
    trace = trace_conv2d(input, weight, bias, spec_of(weight_shape, options), *position)
    cell = expected[tuple(position)]
    by_input, by_weight = torch.autograd.grad(cell, (input, weight))

    assert trace.value == cell.item()
    assert trace.value == trace.channel_sums.sum() + trace.bias
    assert torch.equal(trace.products.sum((1, 2)), trace.channel_sums)
    assert torch.equal(trace.window, by_weight[position[0]])
    assert torch.equal(trace.weight, weight[position[0]])
    assert torch.equal(trace.products, trace.window * trace.weight)
    read = torch.zeros_like(by_input)
    for i, channel in enumerate(trace.input_channels):
        for a, row in enumerate(trace.rows):
            for b, column in enumerate(trace.columns):
                if row is not None and column is not None:
                    read[channel, row, column] += trace.weight[i, a, b]
    assert torch.equal(read, by_input)


@pytest.mark.parametrize("case", golden("convolutions"), ids=lambda case: str(case["settings"]))
def test_convolutions_match_the_golden_numbers(case: dict[str, Any]) -> None:
    input, weight = (torch.tensor(case[key], dtype=torch.float64) for key in ("input", "weight"))
    bias = None if case["bias"] is None else torch.tensor(case["bias"], dtype=torch.float64)
    spec = Conv2dSpec.of(len(input), len(weight), **case["settings"])
    assert conv2d(input, weight, bias, spec).tolist() == case["output"]
    for cell in case["cells"]:
        trace = trace_conv2d(input, weight, bias, spec, **cell["position"])
        assert trace.value == cell["value"]
        assert trace.window.tolist() == cell["window"]
        row, column = cell["position"]["row"], cell["position"]["column"]
        partial = [channel_map[row][column] for channel_map in cell["partial_maps"]]
        assert trace.channel_sums.tolist() == partial


@pytest.mark.parametrize("padding", ["same", "valid", 2, (1, 0)])
@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_it_equals_the_module_in_every_form_of_padding(
    padding: str | int | tuple[int, int], mode: PaddingMode
) -> None:
    module = nn.Conv2d(2, 3, (3, 5), padding=padding, padding_mode=mode, dtype=torch.float64)
    module.weight = nn.Parameter(tensor(1, 3, 2, 3, 5))
    module.bias = nn.Parameter(tensor(2, 3))
    spec = Conv2dSpec.of(2, 3, (3, 5), padding=padding, padding_mode=mode)
    batch = tensor(3, 4, 2, 6, 7)
    assert torch.equal(conv2d(batch, module.weight, module.bias, spec), module(batch))


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_same_puts_the_odd_remainder_where_torch_puts_it() -> None:
    module = nn.Conv2d(1, 1, (4, 2), padding="same", bias=False, dtype=torch.float64)
    module.weight = nn.Parameter(tensor(1, 1, 1, 4, 2))
    image = tensor(3, 1, 5, 5)
    spec = Conv2dSpec.of(1, 1, (4, 2), padding="same")
    assert torch.equal(conv2d(image, module.weight, None, spec), module(image))


def test_a_batch_keeps_its_samples_apart_and_its_dtype() -> None:
    spec = Conv2dSpec.of(4, 2, 3, groups=2)
    batch, weight = tensor(1, 3, 4, 5, 5).float(), tensor(2, 2, 2, 3, 3).float()
    together = conv2d(batch, weight, None, spec)
    assert together.dtype == torch.float32
    for sample, output in zip(batch, together, strict=True):
        assert torch.equal(conv2d(sample, weight, None, spec), output)


def test_a_huge_dilation_is_refused_before_torch_could_wrap_it_around() -> None:
    spec = Conv2dSpec.of(1, 1, 3, dilation=2**62)
    with pytest.raises(MechanicsError, match=f"spans {2**63 + 1} rows, but the input has 5"):
        conv2d(tensor(1, 1, 5, 5), tensor(2, 1, 1, 3, 3), None, spec)


def test_a_huge_stride_and_a_dilation_without_effect_are_no_trouble() -> None:
    spec = Conv2dSpec.of(1, 1, 1, stride=2**70, dilation=2**70)
    image = tensor(1, 1, 5, 5)
    output = conv2d(image, torch.ones(1, 1, 1, 1), None, spec)
    assert torch.equal(output, image[:, :1, :1])


@settings(max_examples=40)
@given(convolutions(), seeds, st.data())
def test_a_flipped_kernel_is_one_that_torch_is_given_turned_around(
    case: tuple[Settings, list[int], list[int]], seed: int, data: st.DataObject
) -> None:
    options, shape, weight_shape = case
    input, weight = tensor(seed, *shape), tensor(seed + 1, *weight_shape)
    spec = spec_of(weight_shape, options | {"flip_kernel": True})
    try:
        expected = convolve(input, weight.flip(2, 3), None, options)
    except RuntimeError:
        return
    assert torch.equal(conv2d(input, weight, None, spec), expected)
    position = [data.draw(st.integers(0, size - 1)) for size in expected.shape]
    trace = trace_conv2d(input, weight, None, spec, *position)
    assert trace.value == expected[tuple(position)]
    assert torch.equal(trace.weight, weight[position[0]].flip(1, 2))


def test_depthwise_keeps_every_channel_to_itself() -> None:
    spec = Conv2dSpec.of(3, 6, 3, padding=1, groups=3)
    input, weight = tensor(1, 3, 5, 5), tensor(2, 6, 1, 3, 3)
    expected = functional.conv2d(input, weight, padding=1, groups=3)
    assert torch.equal(conv2d(input, weight, None, spec), expected)
    assert [spec.input_channels(channel)[0] for channel in range(6)] == [0, 0, 1, 1, 2, 2]


def test_without_a_bias_it_is_zero() -> None:
    trace = trace_conv2d(
        tensor(1, 1, 3, 3), tensor(2, 1, 1, 3, 3), None, Conv2dSpec.of(1, 1, 3), 0, 0, 0
    )
    assert trace.bias == 0
    assert trace.value == trace.products.sum()


def test_the_trace_as_a_dictionary_has_the_names_of_the_api() -> None:
    spec = Conv2dSpec.of(1, 1, 3, padding=1)
    trace = trace_conv2d(tensor(1, 1, 3, 3), tensor(2, 1, 1, 3, 3), tensor(3, 1), spec, 0, 0, 2)
    document = trace.as_dict()
    assert document["kind"] == "Conv2d"
    assert document["rows"] == [None, 0, 1]
    assert document["columns"] == [1, 2, None]
    assert {"window", "weight", "products", "channel_sums", "bias", "value"} < set(document)


@pytest.mark.parametrize(
    ("shapes", "field", "sentence"),
    [
        (((3, 5, 5), (2, 2, 3, 3), (2,)), "input", "3×5×5; it needs 2 channels"),
        (((5, 5), (2, 2, 3, 3), (2,)), "input", "5×5; it needs 2 channels"),
        (((2, 5, 5), (2, 1, 3, 3), (2,)), "weight", "2×1×3×3, but 2×2×3×3"),
        (((2, 5, 5), (2, 2, 3, 3), (3,)), "bias", "3, but 2"),
        (((2, 5, 5), (2, 2, 3, 3), ()), "bias", "of a single number, but 2"),
        (((2, 0, 5), (2, 2, 3, 3), (2,)), "input", "0 rows"),
        (((2, 5, 2), (2, 2, 3, 3), (2,)), "kernel_size", "spans 3 columns, but the input has 2"),
    ],
)
def test_shapes_that_do_not_belong_together_are_named(
    shapes: tuple[tuple[int, ...], ...], field: str, sentence: str
) -> None:
    input, weight, bias = (torch.zeros(shape) for shape in shapes)
    with pytest.raises(MechanicsError, match=sentence) as refused:
        conv2d(input, weight, bias, Conv2dSpec.of(2, 2, 3))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("position", "field", "sentence"),
    [
        ((2, 0, 0), "channel", "no channel 2: the output has 2 channels"),
        ((-1, 0, 0), "channel", "no channel -1"),
        ((0, 3, 0), "row", "no row 3: the output has 3 rows"),
        ((0, 0, -1), "column", "no column -1: the output has 2 columns"),
    ],
)
def test_a_position_outside_the_output_is_named(
    position: tuple[int, int, int], field: str, sentence: str
) -> None:
    input, weight = torch.zeros(1, 5, 4), torch.zeros(2, 1, 3, 3)
    with pytest.raises(MechanicsError, match=sentence) as refused:
        trace_conv2d(input, weight, None, Conv2dSpec.of(1, 2, 3), *position)
    assert refused.value.field == field


def test_a_trace_takes_one_image_only() -> None:
    batch: Tensor = torch.zeros(1, 1, 3, 3)
    with pytest.raises(MechanicsError, match="1×1×3×3"):
        trace_conv2d(batch, torch.zeros(1, 1, 3, 3), None, Conv2dSpec.of(1, 1, 3), 0, 0, 0)
