"""Made spaces of settings over HTTP: torch decides what is possible, and what the values are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from tests.mechanics import spaces
from tests.web.operations import API, values
from tests.web.test_errors import check_problem

MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def torch_or_none(compute: Callable[[], Tensor]) -> Tensor | None:
    """What torch computes; None where it refuses or nothing is left."""
    try:
        found = compute()
    except (RuntimeError, ValueError):
        return None
    return found if found.numel() else None


def check(client: httpx2.Client, path: str, body: dict[str, Any], wanted: Tensor | None) -> None:
    """The answer is torch's, or a refusal with its place where torch has none."""
    response = client.post(f"{API}/{path}", json={**body, "dtype": "float64"})
    if wanted is None:
        check_problem(response, 422)
        return
    assert response.status_code == 200, response.text
    found = values(response.json()["output"])
    torch.testing.assert_close(found.reshape(wanted.shape), wanted, rtol=1e-12, atol=1e-12)


def sides(padding: Any) -> list[int]:
    """A padding as `functional.pad` takes it."""
    if isinstance(padding, list):
        return [padding[1], padding[1], padding[0], padding[0]]
    return [padding[side] for side in ("left", "right", "top", "bottom")]


@MANY
@given(spaces.convolutions(), spaces.seeds)
def test_a_convolution_is_possible_where_torch_says_so(
    client: httpx2.Client, case: tuple[dict[str, Any], list[int], list[int]], seed: int
) -> None:
    chosen, shape, weight_shape = case
    image, weight = spaces.tensor(seed, *shape), spaces.tensor(seed + 1, *weight_shape)
    mode = chosen["padding_mode"]

    def compute() -> Tensor:
        padded = functional.pad(
            image[None], sides(chosen["padding"]), "constant" if mode == "zeros" else mode
        )
        stride, dilation = chosen["stride"], chosen["dilation"]
        return functional.conv2d(padded, weight, None, stride, 0, dilation, chosen["groups"])[0]

    rest = {name: value for name, value in chosen.items() if name != "kernel_size"}
    body = {"input": image.tolist(), "weight": weight.tolist(), **rest}
    check(client, "conv2d", body, torch_or_none(compute))


@MANY
@given(spaces.poolings(), st.sampled_from(["max", "average"]), spaces.seeds)
def test_a_pooling_is_possible_where_torch_says_so(
    client: httpx2.Client, case: tuple[dict[str, Any], list[int]], kind: str, seed: int
) -> None:
    chosen, shape = case
    image = spaces.tensor(seed, *shape)
    size, stride, padding = chosen["kernel_size"], chosen["stride"], chosen["padding"]
    # Wider than torch on purpose: padding up to the effective kernel, dilation for every kind.
    if any(2 * pad > side for pad, side in zip(padding, size, strict=True)):
        return
    own = ["dilation"] if kind == "max" else ["count_include_pad", "divisor_override"]
    names = ["kernel_size", "stride", "padding", "ceil_mode", *own]
    body = {"input": image.tolist(), "kind": kind, **{name: chosen[name] for name in names}}

    def compute() -> Tensor:
        if kind == "max":
            return functional.max_pool2d(
                image, size, stride, padding, chosen["dilation"], chosen["ceil_mode"]
            )
        return functional.avg_pool2d(
            image[None],
            size,
            stride,
            padding,
            chosen["ceil_mode"],
            chosen["count_include_pad"],
            chosen["divisor_override"],
        )[0]

    check(client, "pool2d", body, torch_or_none(compute))
