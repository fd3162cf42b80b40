"""Transposed convolutions over HTTP against torch in float64."""

from __future__ import annotations

import httpx2
import pytest
import torch
from torch.nn import functional

from tests.web.operations import ask, random, values

SETTINGS = {"stride": [2, 3], "padding": [1, 0], "output_padding": [1, 2], "dilation": [1, 2]}


def test_the_output_is_that_of_torch(client: httpx2.Client) -> None:
    input, weight, bias = random(2, 4, 3, 4), random(4, 3, 3, 2, seed=1), random(6, seed=2)
    answer = ask(
        client,
        "conv_transpose2d",
        input=input.tolist(),
        weight=weight.tolist(),
        bias=bias.tolist(),
        groups=2,
        dtype="float64",
        **SETTINGS,
    )
    wanted = functional.conv_transpose2d(input, weight, bias, (2, 3), (1, 0), (1, 2), 2, (1, 2))
    torch.testing.assert_close(values(answer["output"]), wanted, rtol=1e-12, atol=1e-12)
    assert answer["output_size"]["width"]["output"] == wanted.shape[-1]
    assert answer["multiply_accumulates"] == 2 * 4 * 3 * 3 * 2 * 3 * 4


def test_one_map_stays_one_map(client: httpx2.Client) -> None:
    answer = ask(client, "conv_transpose2d", input=[[1, 10]], weight=[[1, 1], [1, 1]])
    assert answer["output"]["data"] == [[1, 11, 10], [1, 11, 10]]
    sides = {"left": 1}
    cut = ask(client, "conv_transpose2d", input=[[1, 10]], weight=[[1, 1]], padding=sides)
    assert cut["output"]["data"] == [[11, 10]]


def test_both_views_are_of_the_same_numbers(client: httpx2.Client) -> None:
    input, weight = random(3, 4), random(3, 3, seed=1)
    body = {"input": input.tolist(), "weight": weight.tolist(), "stride": 2, "dtype": "float64"}
    output = values(ask(client, "conv_transpose2d", **body)["output"])
    place = {"channel": 0, "row": 2, "column": 4}
    gather = ask(client, "conv_transpose2d/trace", **body, position=place)
    assert gather["value"] == pytest.approx(float(output[2, 4]))
    assert abs(gather["difference"]) < 1e-12
    found = torch.zeros_like(output)
    for row in range(3):
        for column in range(4):
            stamp = ask(
                client,
                "conv_transpose2d/trace",
                **body,
                view="scatter",
                position={"row": row, "column": column},
            )
            assert stamp["value"] == stamp["torch_value"] == float(input[row, column])
            products = values(stamp["products"])[0]
            for i, target in enumerate(stamp["rows"]):
                found[target, stamp["columns"]] += products[i]
    torch.testing.assert_close(found, output)
