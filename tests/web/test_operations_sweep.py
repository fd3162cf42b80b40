"""Sweeps over HTTP: every row is what a call of its own says."""

from __future__ import annotations

from itertools import product
from typing import Any

import httpx2
import pytest

from tests.web.operations import API, ask, random
from tests.web.test_errors import check_problem

SWEEP = f"{API}/sweep"


def test_every_row_is_what_a_single_call_answers(client: httpx2.Client) -> None:
    input, weight = random(6, 5).tolist(), random(3, 3).tolist()
    ranges: dict[str, Any] = {
        "kernel_size": [3, 5],
        "stride": [1, 2, 2_000],
        "padding": [0, "same", {"left": 2}, 300],
        "dilation": [1, 3],
    }
    body = {"input": input, "weight": weight, "include_outputs": True, **ranges}
    answer = ask(client, "sweep", operation="conv2d", **body)
    assert answer["count"] == len(answer["results"]) == 48
    combinations = list(product(*ranges.values()))
    for row, combination in zip(answer["results"], combinations, strict=True):
        kernel, *rest = combination
        given = dict(zip(("stride", "padding", "dilation"), rest, strict=True))
        assert {name: row[name] for name in given} == given
        if kernel == 5:
            assert row["reason"]
            continue
        single = client.post(f"{API}/conv2d", json={"input": input, "weight": weight, **given})
        if row["reason"] is None:
            assert row["output"] == single.json()["output"]
            assert row["output_size"] == row["output"]["shape"]
            assert row["multiply_accumulates"] == single.json()["multiply_accumulates"]
        else:
            assert row["reason"] == single.json()["detail"]
            assert row["output_size"] is None
            assert "output" not in row


@pytest.mark.parametrize("kind", ["max", "average", "lp"])
def test_pooling_is_swept_too(client: httpx2.Client, kind: str) -> None:
    input = random(2, 7, 7).tolist()
    body = {"operation": f"{kind}_pool2d", "input": input, "include_outputs": True}
    answer = ask(client, "sweep", **body, kernel_size=[2, [3, 2]], ceil_mode=[False, True])
    assert [row["stride"] for row in answer["results"]] == [None] * 4
    for row in answer["results"]:
        single = ask(
            client,
            "pool2d",
            kind=kind,
            input=input,
            kernel_size=row["kernel_size"],
            ceil_mode=row["ceil_mode"],
        )
        assert row["output"] == single["output"]


def test_a_size_is_enough_where_no_output_is_wanted(client: httpx2.Client) -> None:
    body = {"operation": "conv_transpose2d", "input_size": [4, 5], "kernel_size": [3]}
    answer = ask(client, "sweep", **body, stride=[1, 2])
    assert [row["output_size"] for row in answer["results"]] == [[6, 7], [9, 11]]


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        ({"kernel_size": [1] * 21, "stride": [1] * 20}, 400),
        ({"kernel_size": [40] * 400, "include_outputs": True}, 4_000_000),
        ({"kernel_size": [3], "stride": []}, None),
        ({"kernel_size": [3], "stride": ["1"]}, None),
        ({"kernel_size": 3}, None),
        ({}, None),
        ({"kernel_size": [3], "input_size": [3, 3]}, None),
        ({"kernel_size": [3], "operation": "max_pool2d", "groups": 2}, None),
        ({"kernel_size": [3], "input": [[[[1]]]]}, None),
        ({"kernel_size": [3], "bias": [1, 2], "include_outputs": True}, None),
    ],
)
def test_what_no_sweep_can_be(client: httpx2.Client, body: dict[str, Any], limit: Any) -> None:
    input = [[0] * 200] * 200
    problem = check_problem(
        client.post(SWEEP, json={"operation": "conv2d", "input": input, **body}), 422
    )
    assert problem.get("limit") == limit


def test_outputs_need_an_input(client: httpx2.Client) -> None:
    body = {"operation": "conv2d", "input_size": 5, "kernel_size": [3], "include_outputs": True}
    problem = check_problem(client.post(SWEEP, json=body), 422)
    assert problem["errors"][0]["pointer"] == "#/include_outputs"
