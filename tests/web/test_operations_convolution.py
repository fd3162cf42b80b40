"""Convolutions over HTTP against torch in float64."""

from __future__ import annotations

import io
from typing import Any

import httpx2
import numpy as np
import orjson
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load
from torch.nn import functional

from tests.web.bodies import JSON, NPY, SAFETENSORS, npy
from tests.web.operations import API, ask, random, values
from tests.web.serving import client_of


@st.composite
def convolutions(draw: st.DrawFn) -> dict[str, Any]:
    """Settings of a convolution, most of them possible."""
    groups = draw(st.sampled_from([1, 1, 2]))
    return {
        "channels": groups * draw(st.integers(1, 2)),
        "filters": groups * draw(st.integers(1, 2)),
        "size": draw(st.tuples(st.integers(1, 9), st.integers(1, 9))),
        "kernel": draw(st.tuples(st.integers(1, 4), st.integers(1, 4))),
        "stride": draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        "padding": draw(st.tuples(st.integers(0, 3), st.integers(0, 3))),
        "dilation": draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        "groups": groups,
        "seed": draw(st.integers(0, 1_000)),
    }


def test_outputs_are_those_of_torch(url: str) -> None:
    with client_of(url) as client:

        @settings(max_examples=20, deadline=None)
        @given(convolutions())
        def check(case: dict[str, Any]) -> None:
            channels, groups = case["channels"], case["groups"]
            input = random(channels, *case["size"], seed=case["seed"])
            weight = random(case["filters"], channels // groups, *case["kernel"])
            bias = random(case["filters"], seed=2)
            given = {name: case[name] for name in ("stride", "padding", "dilation", "groups")}
            body = {name: list(v) if isinstance(v, tuple) else v for name, v in given.items()}
            operands = {"input": input.tolist(), "weight": weight.tolist(), "bias": bias.tolist()}
            response = client.post(f"{API}/conv2d", json={**operands, **body, "dtype": "float64"})
            try:
                wanted = functional.conv2d(input, weight, bias, **given)
            except RuntimeError:
                assert response.status_code == 422
                return
            answer = response.json()
            torch.testing.assert_close(values(answer["output"]), wanted, rtol=1e-12, atol=1e-12)
            size = answer["output_size"]
            assert [size["height"]["output"], size["width"]["output"]] == list(wanted.shape[1:])

        check()


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
def test_every_padding_mode_and_side(client: httpx2.Client, mode: str) -> None:
    input, weight = random(1, 5, 6), random(1, 1, 3, 3, seed=1)
    sides = {"top": 2, "bottom": 1, "left": 0, "right": 3}
    answer = ask(
        client,
        "conv2d",
        input=input[0].tolist(),
        weight=weight[0, 0].tolist(),
        padding=sides,
        padding_mode=mode,
        flip_kernel=True,
        dtype="float64",
    )
    padded = functional.pad(input[None], (0, 3, 2, 1), mode)
    wanted = functional.conv2d(padded, weight.flip(-2, -1))[0, 0]
    torch.testing.assert_close(values(answer["output"]), wanted, rtol=1e-12, atol=1e-12)


def test_the_output_has_the_rank_of_the_input(client: httpx2.Client) -> None:
    one, many = random(3, 3), random(2, 1, 3, 3)
    for shape, weight, wanted in (
        ((5, 6), one, [3, 4]),
        ((5, 6), many, [2, 3, 4]),
        ((1, 5, 6), one, [1, 3, 4]),
        ((1, 5, 6), many, [2, 3, 4]),
        ((4, 1, 5, 6), many, [4, 2, 3, 4]),
    ):
        answer = ask(client, "conv2d", input=random(*shape).tolist(), weight=weight.tolist())
        assert answer["output"]["shape"] == wanted
        assert answer["output"]["dtype"] == "float32"


def test_the_rest_of_the_answer(client: httpx2.Client) -> None:
    input = random(8, 8)
    answer = ask(
        client, "conv2d", input=input.tolist(), weight={"kernel": "sobel_x"}, stride=2, padding=0
    )
    step = answer["output_size"]["width"]
    assert (step["quotient"], step["output"], step["unread"]) == (2.5, 3, [7])
    assert answer["parameters"] == {"weight": 9, "bias": 0, "total": 9, "expression": "1·1·3·3"}
    assert answer["multiply_accumulates"] == 81
    for library in ("pytorch", "autograd", "numpy"):
        names: dict[str, Any] = {}
        exec(answer["code"][library].replace("print(output)", ""), names)
        found = torch.as_tensor(names["output"][0], dtype=torch.float64).detach()
        torch.testing.assert_close(found, values(answer["output"]), rtol=1e-6, atol=1e-6)
    assert ask(client, "conv2d", input=input.tolist(), weight=[[1]], padding="same")


def test_an_array_with_its_settings_in_the_address(client: httpx2.Client) -> None:
    input = random(6, 7)
    body = npy(input.numpy())
    query = {"kernel": "box", "padding": "[1,2]", "stride": "2", "dtype": "float64"}
    headers = {"content-type": NPY, "accept": NPY}
    response = client.post(f"{API}/conv2d", content=body, params=query, headers=headers)
    found = torch.tensor(np.load(io.BytesIO(response.content)))
    box = torch.full((1, 1, 3, 3), 1 / 9, dtype=torch.float64)
    wanted = functional.conv2d(input[None, None], box, padding=(1, 2), stride=2)[0, 0]
    torch.testing.assert_close(found, wanted)
    halves = client.post(
        f"{API}/conv2d", content=body, params={**query, "dtype": "float16"}, headers=headers
    )
    assert np.load(io.BytesIO(halves.content)).dtype == np.float16
    twice = client.post(f"{API}/conv2d?stride=1&stride=2", content=body, headers=headers)
    assert twice.status_code == 422


def test_a_trace_adds_up(client: httpx2.Client) -> None:
    input, weight, bias = random(2, 4, 5, 6), random(6, 2, 3, 3, seed=1), random(6, seed=2)
    body = {"input": input.tolist(), "weight": weight.tolist(), "bias": bias.tolist()}
    shared = {**body, "padding": 1, "groups": 2, "dtype": "float64"}
    place = {"channel": 4, "row": 0, "column": 2}
    answer = ask(client, "conv2d/trace", **shared, position=place, sample=1)
    wanted = functional.conv2d(input, weight, bias, padding=1, groups=2)[1, 4, 0, 2]
    assert answer["value"] == pytest.approx(float(wanted), abs=1e-12)
    assert abs(answer["difference"]) < 1e-12
    assert answer["rows"] == [None, 0, 1]
    assert answer["input_channels"] == [2, 3]
    products = values(answer["window"]) * values(answer["weight"])
    torch.testing.assert_close(products, values(answer["products"]))
    assert sum(answer["channel_sums"]) + answer["bias"] == pytest.approx(answer["value"])


def test_what_is_left_out_of_a_position_is_0_and_the_schema_says_so(client: httpx2.Client) -> None:
    grid = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    bodies: dict[str, dict[str, Any]] = {
        "conv2d/trace": {"weight": [[2.0]]},
        "conv_transpose2d/trace": {"weight": [[2.0]]},
        "conv2d/gradients/trace": {"weight": [[2.0]]},
        "pool2d/trace": {"kind": "max", "kernel_size": 1},
    }
    for path, body in bodies.items():
        whole = ask(client, path, input=grid, **body)
        first = ask(
            client, path, input=grid, position={"channel": 0, "row": 0, "column": 0}, **body
        )
        assert whole == first
        partly = ask(client, path, input=grid, position={"row": 0}, **body)
        assert partly == first
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    for name in ("Conv2dTraceBody", "ConvTranspose2dTraceBody", "Pool2dTraceBody"):
        position = schemas[name]["properties"]["position"]
        assert position["default"] == {"channel": 0, "row": 0, "column": 0}
        assert "left out of it is 0" in position["description"]


def test_gradients_are_those_of_autograd(client: httpx2.Client) -> None:
    input = random(2, 5, 6).requires_grad_()
    weight = random(3, 2, 2, 3, seed=1).requires_grad_()
    bias = random(3, seed=2).requires_grad_()
    output = functional.conv2d(input, weight, bias, stride=(2, 1), padding=1)
    by_output = random(*output.shape, seed=3)
    operands = {"input": input.tolist(), "weight": weight.tolist(), "bias": bias.tolist()}
    body = {**operands, "stride": [2, 1], "padding": 1, "dtype": "float64"}
    for body_gradient, by in ((by_output.tolist(), by_output), (None, torch.ones_like(output))):
        answer = ask(client, "conv2d/gradients", **body, output_gradient=body_gradient)
        wanted = torch.autograd.grad(output, (input, weight, bias), by, True)
        for name, gradient in zip(("input", "weight", "bias"), wanted, strict=True):
            torch.testing.assert_close(values(answer[f"{name}_gradient"]), gradient)
        names: dict[str, Any] = {}
        exec(answer["code"]["pytorch"], names)
        for name, gradient in zip(("input", "weight", "bias"), wanted, strict=True):
            torch.testing.assert_close(names["given"][name].grad, gradient)


def test_all_tensors_travel_together(client: httpx2.Client) -> None:
    body = {"input": random(6, 6).tolist(), "weight": {"kernel": "edge"}}
    headers = {"accept": SAFETENSORS}
    response = client.post(f"{API}/conv2d/gradients", json=body, headers=headers)
    assert load(response.content).keys() == {"input_gradient", "weight_gradient", "bias_gradient"}


def test_what_overflows_is_infinite(client: httpx2.Client) -> None:
    answer = ask(client, "conv2d", input=[[1e308]], weight=[[1e308]])
    assert answer["output"]["data"] == [["Infinity"]]
    trace = ask(client, "conv2d/trace", input=[[1e308]], weight=[[0]])
    assert trace["value"] == "NaN"


def test_a_large_kernel_in_float64_keeps_to_its_memory(client: httpx2.Client) -> None:
    input, weight = random(90, 90), random(50, 50, seed=1)
    body = {"input": input.tolist(), "weight": weight.tolist(), "padding": 24, "dtype": "float64"}
    content = orjson.dumps(body)
    headers = {"content-type": JSON}
    answer = client.post(f"{API}/conv2d", content=content, headers=headers).json()
    wanted = functional.conv2d(input[None, None], weight[None, None], padding=24)[0, 0]
    torch.testing.assert_close(values(answer["output"]), wanted, rtol=1e-10, atol=1e-10)
    trace = ask(client, "conv2d/trace", **body, position={"row": 5, "column": 7})
    assert trace["value"] == pytest.approx(float(wanted[5, 7]))
    assert abs(trace["difference"]) < 1e-9


def test_the_kernels_have_their_weights(client: httpx2.Client) -> None:
    kernels = {row["name"]: row for row in client.get(f"{API}/kernels").json()}
    assert kernels["sobel_x"]["weight"]["data"] == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert all(row["title"] and row["line"] for row in kernels.values())
