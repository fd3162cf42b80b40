"""The numbers that the browser is held to hold here too."""

from typing import Any

import pytest
import torch
from torch import Tensor

from app.mechanics.convolution import conv2d
from app.mechanics.gradients import conv2d_gradients
from app.mechanics.pool_kinds import pool_spec
from app.mechanics.pooling import pool2d, pool2d_gradient
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed import conv_transpose2d
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from tests.mechanics.golden import golden


def tensors(case: dict[str, Any], *names: str) -> list[Tensor]:
    return [torch.tensor(case[name], dtype=torch.float64) for name in names]


@pytest.mark.parametrize("case", golden("gradients"), ids=lambda case: str(case["settings"]))
def test_gradients_match_the_golden_numbers(case: dict[str, Any]) -> None:
    input, weight, bias, upstream = tensors(case, "input", "weight", "bias", "output_gradient")
    spec = Conv2dSpec.of(len(input), len(weight), **case["settings"])
    assert conv2d(input, weight, bias, spec).tolist() == case["output"]
    for name, found in conv2d_gradients(input, weight, spec, upstream).as_dict().items():
        assert found.tolist() == case[name]


@pytest.mark.parametrize("case", golden("transposed"), ids=lambda case: str(case["settings"]))
def test_transposed_convolutions_match_the_golden_numbers(case: dict[str, Any]) -> None:
    input, weight = tensors(case, "input", "weight")
    bias = None if case["bias"] is None else tensors(case, "bias")[0]
    out_channels = weight.shape[1] * case["settings"]["groups"]
    spec = ConvTranspose2dSpec.of(len(input), out_channels, **case["settings"])
    assert conv_transpose2d(input, weight, bias, spec).tolist() == case["output"]


@pytest.mark.parametrize("case", golden("pooling_kinds"), ids=lambda case: str(case["kind"]))
def test_poolings_match_the_golden_numbers(case: dict[str, Any]) -> None:
    input, output, upstream, gradient = tensors(
        case, "input", "output", "output_gradient", "input_gradient"
    )
    kind, spec = case["kind"], pool_spec(case["kind"], **case["settings"])
    pooled = pool2d(input, kind, spec)
    torch.testing.assert_close(pooled.values, output, rtol=1e-13, atol=1e-14)
    indices = None if pooled.indices is None else pooled.indices.tolist()
    assert indices == case["indices"]
    found = pool2d_gradient(input, kind, spec, upstream)
    torch.testing.assert_close(found, gradient, rtol=1e-13, atol=1e-14)
