from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.gradient_traces import trace_input_gradient, trace_weight_gradient
from app.mechanics.gradients import conv2d_gradients, conv_transpose2d_gradients
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from tests.golden.oracle import convolve, convolve_transposed
from tests.mechanics.spaces import (
    Settings,
    convolutions,
    seeds,
    tensor,
    transposed_convolutions,
)

Case = tuple[Settings, list[int], list[int]]


def draw_index(data: st.DataObject, shape: tuple[int, ...]) -> list[int]:
    return [data.draw(st.integers(0, size - 1)) for size in shape]


@settings(max_examples=100)
@given(convolutions(), seeds, st.booleans(), st.data())
def test_gradients_of_a_convolution_and_their_traces_are_those_of_autograd(
    case: Case, seed: int, flip: bool, data: st.DataObject
) -> None:
    options, shape, weight_shape = case
    input = tensor(seed, *shape).requires_grad_()
    weight = tensor(seed + 1, *weight_shape).requires_grad_()
    bias = tensor(seed + 2, weight_shape[0]).requires_grad_()
    try:
        output = convolve(input, weight.flip(2, 3) if flip else weight, bias, options)
    except RuntimeError:
        return
    upstream = tensor(seed + 3, *output.shape)
    expected = torch.autograd.grad(output, (input, weight, bias), upstream)
    in_channels = weight_shape[1] * options["groups"]
    spec = Conv2dSpec.of(in_channels, weight_shape[0], **options, flip_kernel=flip)
    ours = conv2d_gradients(input, weight, spec, upstream)
    for found, wanted in zip(ours.as_dict().values(), expected, strict=True):
        assert torch.equal(found, wanted)

    place = draw_index(data, weight.shape)
    used = trace_weight_gradient(input, spec, upstream, (place[0], place[1], place[2], place[3]))
    assert used.value == expected[1][tuple(place)]
    assert torch.equal(used.products, used.input * used.output_gradient)
    assert used.products.shape == output.shape[1:]
    at = draw_index(data, input.shape)
    read = trace_input_gradient(input, weight, spec, upstream, (at[0], at[1], at[2]))
    assert read.value == expected[0][tuple(at)] == read.channel_sums.sum()
    assert torch.equal(read.products, read.output_gradient * read.weight)


@settings(max_examples=80)
@given(transposed_convolutions(), seeds, st.booleans())
def test_gradients_of_a_transposed_convolution_are_those_of_autograd(
    case: Case, seed: int, flip: bool
) -> None:
    options, shape, weight_shape = case
    input = tensor(seed, *shape).requires_grad_()
    weight = tensor(seed + 1, *weight_shape).requires_grad_()
    bias = tensor(seed + 2, weight_shape[1] * options["groups"]).requires_grad_()
    try:
        output = convolve_transposed(input, weight.flip(2, 3) if flip else weight, bias, options)
    except RuntimeError:
        return
    upstream = tensor(seed + 3, *output.shape)
    expected = torch.autograd.grad(output, (input, weight, bias), upstream)
    spec = ConvTranspose2dSpec.of(weight_shape[0], len(bias), **options, flip_kernel=flip)
    ours = conv_transpose2d_gradients(input, weight, spec, upstream)
    for found, wanted in zip((ours.input, ours.weight, ours.bias), expected, strict=True):
        assert torch.equal(found, wanted)


def test_the_input_gradient_goes_through_the_kernel_backwards() -> None:
    spec = Conv2dSpec.of(1, 1, 3)
    image, kernel = tensor(1, 1, 5, 5), tensor(2, 1, 1, 3, 3)
    trace = trace_input_gradient(image, kernel, spec, tensor(3, 1, 3, 3), (0, 2, 2))
    assert (trace.rows, trace.kernel_rows) == ((0, 1, 2), (2, 1, 0))
    assert torch.equal(trace.weight, kernel[0].flip(1, 2))
    assert trace.as_dict()["kind"] == "Conv2dInputGradient"


def test_a_batch_sums_the_weight_gradients_and_keeps_its_dtype() -> None:
    batch, weight = tensor(1, 2, 1, 4, 4).float(), tensor(2, 2, 1, 3, 3).float()
    upstream = tensor(3, 2, 2, 2, 2).float()
    spec = Conv2dSpec.of(1, 2, 3)
    together = conv2d_gradients(batch, weight, spec, upstream)
    apart = [conv2d_gradients(*pair) for pair in zip_samples(batch, weight, spec, upstream)]
    assert together.input.dtype == together.weight.dtype == torch.float32
    assert torch.equal(together.weight, apart[0].weight + apart[1].weight)
    assert torch.equal(together.bias, apart[0].bias + apart[1].bias)
    assert torch.equal(together.input, torch.stack([one.input for one in apart]))


def zip_samples(
    batch: Tensor, weight: Tensor, spec: Conv2dSpec, upstream: Tensor
) -> list[tuple[Tensor, Tensor, Conv2dSpec, Tensor]]:
    return [(image, weight, spec, up) for image, up in zip(batch, upstream, strict=True)]


SPEC = Conv2dSpec.of(2, 2, 3, groups=2)
IMAGE, WEIGHT, UP = torch.zeros(2, 4, 5), torch.zeros(2, 1, 3, 3), torch.zeros(2, 2, 3)
SPREAD = ConvTranspose2dSpec.of(1, 1, 2)


@pytest.mark.parametrize(
    ("call", "field", "sentence"),
    [
        (
            lambda: conv2d_gradients(IMAGE, WEIGHT, SPEC, UP[:1]),
            "output_gradient",
            "has the shape 1×2×3, but 2×2×3 is needed",
        ),
        (
            lambda: conv_transpose2d_gradients(
                torch.zeros(1, 2, 2), torch.zeros(1, 1, 2, 2), SPREAD, UP
            ),
            "output_gradient",
            "but 1×3×3 is needed",
        ),
        (
            lambda: trace_weight_gradient(IMAGE, SPEC, UP, (0, 1, 0, 0)),
            "channel",
            "no channel 1: there are 1",
        ),
        (
            lambda: trace_weight_gradient(IMAGE[:1], SPEC, UP, (0, 0, 0, 0)),
            "input",
            "needs 2 channels",
        ),
        (
            lambda: trace_input_gradient(IMAGE, WEIGHT, SPEC, UP, (2, 0, 0)),
            "channel",
            "the input has 2 channels",
        ),
        (
            lambda: trace_input_gradient(IMAGE, WEIGHT, SPEC, UP, (0, 4, 0)),
            "row",
            "no row 4: there are 4",
        ),
        (
            lambda: trace_input_gradient(IMAGE, WEIGHT, SPEC, UP, (0, 0, -1)),
            "column",
            "no column -1",
        ),
    ],
)
def test_what_does_not_belong_together_is_named(call: Any, field: str, sentence: str) -> None:
    with pytest.raises(MechanicsError, match=sentence) as refused:
        call()
    assert refused.value.field == field
