import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.errors import MechanicsError
from app.mechanics.pool_kinds import PoolKind
from app.mechanics.pooling import pool2d, pool2d_gradient
from app.mechanics.spec import Pool2dSpec
from tests.golden.oracle import pool_average, pool_max, pool_norm
from tests.mechanics.spaces import Settings, pairs, poolings, seeds, tensor


@settings(max_examples=80)
@given(poolings(), seeds)
def test_gradients_of_pooling_are_those_of_autograd(
    case: tuple[Settings, list[int]], seed: int
) -> None:
    options, shape = case
    if any(p > k // 2 for p, k in zip(options["padding"], options["kernel_size"], strict=True)):
        return
    input = tensor(seed, *shape).requires_grad_()
    spec = Pool2dSpec.of(**options)
    try:
        output, _ = pool_max(input, options)
    except RuntimeError:
        return
    upstream = tensor(seed + 1, *output.shape)
    if bool((output > -torch.inf).all()):  # torch's index points outside where all is padding
        (expected,) = torch.autograd.grad(output, input, upstream)
        assert torch.equal(pool2d_gradient(input, "max", spec, upstream), expected)
    if options["dilation"] != [1, 1]:
        return
    (expected,) = torch.autograd.grad(pool_average(input, options), input, upstream)
    ours = pool2d_gradient(input, "average", spec, upstream)
    torch.testing.assert_close(ours, expected, rtol=1e-13, atol=1e-14)


@settings(max_examples=40)
@given(poolings(), seeds, st.sampled_from([1.0, 2.0, 3.0, 3.5]))
def test_gradients_of_lp_pooling_are_those_of_autograd(
    case: tuple[Settings, list[int]], seed: int, norm_type: float
) -> None:
    options, shape = case
    input = tensor(seed, *shape)
    input = input.where(input != 0, 1.0).requires_grad_()  # the slope at 0 is a convention
    try:
        spec = Pool2dSpec.of(**options, norm_type=norm_type)
        size = pool2d(input, "lp", spec).values.shape
    except MechanicsError:
        return
    upstream = tensor(seed + 1, *size)
    output = pool_norm(input, options | {"norm_type": norm_type}, size[1:])
    reached = output > 0  # autograd has no slope for a window of padding alone
    (expected,) = torch.autograd.grad(output[reached].dot(upstream[reached]), input)
    ours = pool2d_gradient(input, "lp", spec, upstream)
    torch.testing.assert_close(ours, expected, rtol=1e-11, atol=1e-12)


@settings(max_examples=40)
@given(pairs(1, 7), pairs(1, 8), seeds)
def test_gradients_of_adaptive_pooling_are_those_of_autograd(
    size: list[int], wanted: list[int], seed: int
) -> None:
    input = tensor(seed, 2, *size).requires_grad_()
    height, width = wanted
    upstream = tensor(seed + 1, 2, *wanted)
    spec = AdaptivePool2dSpec.of(wanted)
    largest = functional.adaptive_max_pool2d(input, (height, width))
    (expected,) = torch.autograd.grad(largest, input, upstream)
    assert torch.equal(pool2d_gradient(input, "adaptive_max", spec, upstream), expected)
    mean = functional.adaptive_avg_pool2d(input, (height, width))
    (expected,) = torch.autograd.grad(mean, input, upstream)
    ours = pool2d_gradient(input, "adaptive_average", spec, upstream)
    torch.testing.assert_close(ours, expected, rtol=1e-13, atol=1e-14)


def test_zeros_get_nothing_and_the_dtype_stays() -> None:
    image = torch.tensor([[[0.0, 0.0, 0.0, 2.0]]])
    spec = Pool2dSpec.of((1, 2), norm_type=0.5)
    found = pool2d_gradient(image, "lp", spec, torch.ones(1, 1, 2))
    assert found.dtype == torch.float32
    assert found.tolist() == [[[0.0, 0.0, 0.0, 1.0]]]


def test_a_window_of_padding_alone_gives_its_gradient_to_nobody() -> None:
    spec = Pool2dSpec.of(2, 1, 2, dilation=3, count_include_pad=False)
    image, upstream = torch.ones(1, 1, 1), torch.ones(1, 2, 2)
    kinds: tuple[PoolKind, ...] = ("max", "average")
    for kind in kinds:
        found = pool2d_gradient(image, kind, spec, upstream)
        assert found.tolist() == [[[0.0]]]


def test_an_output_gradient_of_another_shape_is_named() -> None:
    with pytest.raises(MechanicsError, match="1×1×1, but 1×2×2 is needed") as refused:
        pool2d_gradient(torch.zeros(1, 4, 4), "max", Pool2dSpec.of(2), torch.zeros(1, 1, 1))
    assert refused.value.field == "output_gradient"
