"""The yardstick of the operations answers what the program answers."""

from __future__ import annotations

import orjson
import torch
from starlette.testclient import TestClient
from torch.nn import functional

from app.bench.bare_operations import create_app
from app.bench.operations import CONVOLUTION, SWEEP
from app.settings import get_settings


def test_the_bare_route_convolves_what_it_is_sent() -> None:
    input = torch.randint(0, 9, (6, 7)).float()
    body = orjson.dumps({"input": input.tolist(), **CONVOLUTION})
    rest = {"multiply_accumulates": 378}
    answer = TestClient(create_app(rest)).post("/conv2d", content=body).json()
    weight = torch.tensor(CONVOLUTION["weight"]).float()
    wanted = functional.conv2d(input[None, None], weight[None, None], padding=1)[0, 0]
    assert answer["output"] == {"shape": [6, 7], "dtype": "float32", "data": wanted.tolist()}
    assert answer["multiply_accumulates"] == 378


def test_the_round_trip_brings_as_many_bytes() -> None:
    answer = TestClient(create_app({})).post("/bytes?count=1234", content=b"{}")
    assert len(answer.content) == 1234


def test_the_sweep_is_as_large_as_one_may_be() -> None:
    count = 1
    for values in SWEEP.values():
        count *= len(values)
    assert count == get_settings().max_sweep_combinations == 400
