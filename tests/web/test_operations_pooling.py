"""Pooling of every kind over HTTP against torch in float64."""

from __future__ import annotations

from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from safetensors.numpy import load
from torch.nn import functional

from tests.web.bodies import SAFETENSORS
from tests.web.operations import API, ask, random, values

INPUT = random(2, 3, 7, 6)
KINDS: list[tuple[dict[str, Any], torch.Tensor]] = [
    ({"kind": "max", "kernel_size": 2}, functional.max_pool2d(INPUT, 2)),
    (
        {"kind": "max", "kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True},
        functional.max_pool2d(INPUT, 3, 2, 1, ceil_mode=True),
    ),
    (
        {"kind": "average", "kernel_size": [3, 2], "padding": 1, "count_include_pad": False},
        functional.avg_pool2d(INPUT, (3, 2), padding=1, count_include_pad=False),
    ),
    (
        {"kind": "average", "kernel_size": 2, "divisor_override": 3},
        functional.avg_pool2d(INPUT, 2, divisor_override=3),
    ),
    ({"kind": "lp", "kernel_size": 2, "norm_type": 2}, functional.lp_pool2d(INPUT, 2.0, 2)),
    (
        {"kind": "adaptive_max", "output_size": [3, None]},
        functional.adaptive_max_pool2d(INPUT, (3, 6)),
    ),
    ({"kind": "adaptive_average", "output_size": 4}, functional.adaptive_avg_pool2d(INPUT, 4)),
    ({"kind": "global_max"}, functional.adaptive_max_pool2d(INPUT, 1)),
    ({"kind": "global_average"}, functional.adaptive_avg_pool2d(INPUT, 1)),
]
IDS = [f"{case['kind']}-{index}" for index, (case, _) in enumerate(KINDS)]


@pytest.mark.parametrize(("case", "wanted"), KINDS, ids=IDS)
def test_every_kind_is_that_of_torch(
    client: httpx2.Client, case: dict[str, Any], wanted: torch.Tensor
) -> None:
    body = {"input": INPUT.tolist(), "dtype": "float64", **case}
    answer = ask(client, "pool2d", **body)
    torch.testing.assert_close(values(answer["output"]), wanted, rtol=1e-10, atol=1e-10)
    size = answer["output_size"]
    assert [size["height"]["output"], size["width"]["output"]] == list(wanted.shape[-2:])
    if case["kind"].endswith("max"):
        places = values(answer["indices"]).long()
        torch.testing.assert_close(
            INPUT.flatten(2).gather(2, places.flatten(2)).view_as(wanted), wanted
        )
    else:
        assert answer["indices"] is None
    place = {"channel": 2, "row": 0, "column": 0}
    trace = ask(client, "pool2d/trace", **body, position=place, sample=1)
    assert trace["value"] == pytest.approx(float(wanted[1, 2, 0, 0]))
    assert abs(trace["difference"]) < 1e-10


def test_padding_by_side_and_dilated_averages(client: httpx2.Client) -> None:
    body = {"input": INPUT[0, 0].tolist(), "kernel_size": 3, "stride": 1, "dtype": "float64"}
    sides = {"top": 2, "right": 1}
    answer = ask(client, "pool2d", **body, kind="max", padding=sides)
    padded = functional.pad(INPUT[0, :1], (0, 1, 2, 0), value=-torch.inf)
    torch.testing.assert_close(values(answer["output"]), functional.max_pool2d(padded, 3, 1)[0])
    spread = ask(client, "pool2d", **body, kind="average", dilation=2)
    ninths = torch.full((1, 1, 3, 3), 1 / 9, dtype=torch.float64)
    wanted = functional.conv2d(INPUT[0, :1], ninths, dilation=2)[0]
    torch.testing.assert_close(values(spread["output"]), wanted)
    assert "unfold" in spread["code"]["pytorch"]


def test_indices_are_whole_numbers_in_every_form(client: httpx2.Client) -> None:
    body = {"input": INPUT.tolist(), "kernel_size": 2}
    assert ask(client, "pool2d", **body)["indices"]["dtype"] == "int64"
    response = client.post(f"{API}/pool2d", json=body, headers={"accept": SAFETENSORS})
    _, wanted = functional.max_pool2d(INPUT, 2, return_indices=True)
    found = load(response.content)["indices"]
    assert found.dtype == np.int64
    np.testing.assert_array_equal(found, wanted.numpy())


def test_a_window_of_padding_alone_has_no_place(client: httpx2.Client) -> None:
    body = {"input": [[5]], "kernel_size": 2, "stride": 1, "padding": 1, "dilation": 2}
    assert ask(client, "pool2d", **body)["indices"]["data"] == [[-1]]
    _, places = functional.max_pool2d(torch.tensor([[[5.0]]]), 2, 1, 1, 2, return_indices=True)
    assert places.item() > 0, "PyTorch's place is outside of the map"
    document = client.get("/openapi.json").json()
    described = document["components"]["schemas"]["Pool2dAnswer"]["description"]
    assert "-1 where a window sees nothing but padding" in " ".join(described.split())
