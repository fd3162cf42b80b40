"""Gradients over HTTP, and what their values are made of, against autograd in float64."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
import torch
from torch.nn import functional

from tests.web.operations import ask, random, values
from tests.web.test_operations_pooling import INPUT, KINDS

CONVOLVED: list[dict[str, Any]] = [
    {"stride": 2, "padding": 1},
    {"padding": [2, 1], "padding_mode": "reflect", "dilation": [1, 2]},
    {"padding": "same", "groups": 2},
    {"flip_kernel": True, "padding": {"top": 1, "left": 2}},
]


@pytest.mark.parametrize("settings", CONVOLVED)
def test_every_value_of_a_gradient_is_made_of_what_it_says(
    client: httpx2.Client, settings: dict[str, Any]
) -> None:
    groups = settings.get("groups", 1)
    input, weight = random(2, 4, 6, 5), random(4, 4 // groups, 2, 3, seed=1)
    body = {"input": input.tolist(), "weight": weight.tolist(), "dtype": "float64", **settings}
    shape = values(ask(client, "conv2d", **body)["output"]).shape
    by_output = random(*shape, seed=2)
    weighed = {**body, "output_gradient": by_output.tolist()}
    whole = ask(client, "conv2d/gradients", **weighed)
    of_weight, of_input = (values(whole[f"{name}_gradient"]) for name in ("weight", "input"))
    place = {"channel": 1, "row": 1, "column": 2}
    total = 0.0
    for sample in range(2):
        found = ask(
            client,
            "conv2d/gradients/trace",
            **weighed,
            sample=sample,
            position={"filter": 2, **place},
        )
        assert found["kind"] == "Conv2dWeightGradient"
        assert abs(found["difference"]) < 1e-12
        products = values(found["input"]) * values(found["output_gradient"])
        torch.testing.assert_close(values(found["products"]), products)
        assert float(products.sum()) == pytest.approx(found["value"])
        total += found["value"]
        asked = {**weighed, "gradient": "input", "sample": sample, "position": place}
        met = ask(client, "conv2d/gradients/trace", **asked)
        assert met["kind"] == "Conv2dInputGradient"
        assert abs(met["difference"]) < 1e-12
        assert met["position"] == place
        assert met["value"] == pytest.approx(float(of_input[sample, 1, 1, 2]), abs=1e-12)
        assert sum(met["channel_sums"]) == pytest.approx(met["value"])
    assert total == pytest.approx(float(of_weight[2, 1, 1, 2]), abs=1e-12)


def test_a_gradient_without_weights_of_its_own_counts_each_output_once(
    client: httpx2.Client,
) -> None:
    body = {"input": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "weight": [[1, 0], [0, 1]]}
    found = ask(client, "conv2d/gradients/trace", **body, position={"row": 1})
    assert found["value"] == 4 + 5 + 7 + 8
    assert found["output_gradient"]["data"] == [[1, 1], [1, 1]]


def test_gradients_of_a_transposed_convolution_are_those_of_autograd(
    client: httpx2.Client,
) -> None:
    input = random(2, 4, 3, 4).requires_grad_()
    weight, bias = random(4, 3, 3, 2, seed=1).requires_grad_(), random(6, seed=2).requires_grad_()
    output = functional.conv_transpose2d(input, weight, bias, (2, 3), (1, 0), (1, 2), 2, (1, 2))
    operands = {"input": input.tolist(), "weight": weight.tolist(), "bias": bias.tolist()}
    settings = {"stride": [2, 3], "padding": [1, 0], "output_padding": [1, 2], "dilation": [1, 2]}
    body = {**operands, **settings, "groups": 2, "dtype": "float64"}
    by_output = random(*output.shape, seed=3)
    for given, by in ((by_output.tolist(), by_output), (None, torch.ones_like(output))):
        answer = ask(client, "conv_transpose2d/gradients", **body, output_gradient=given)
        wanted = torch.autograd.grad(output, (input, weight, bias), by, True)
        for name, gradient in zip(("input", "weight", "bias"), wanted, strict=True):
            torch.testing.assert_close(values(answer[f"{name}_gradient"]), gradient)


@pytest.mark.parametrize(("case", "output"), KINDS, ids=range(len(KINDS)))
def test_the_gradient_of_a_pooling_is_that_of_autograd(
    client: httpx2.Client, case: dict[str, Any], output: torch.Tensor
) -> None:
    by_output = random(*output.shape, seed=4)
    body = {"input": INPUT.tolist(), "dtype": "float64", **case}
    answer = ask(client, "pool2d/gradients", **body, output_gradient=by_output.tolist())
    names: dict[str, Any] = {}
    exec(answer["code"]["pytorch"], names)
    gradient = names["given"]["input"].grad
    torch.testing.assert_close(values(answer["input_gradient"]), gradient, rtol=1e-9, atol=1e-9)
    ones = ask(client, "pool2d/gradients", **body)
    if "average" in case["kind"] and "divisor_override" not in case and "padding" not in case:
        assert float(values(ones["input_gradient"]).sum()) == pytest.approx(output.numel())
