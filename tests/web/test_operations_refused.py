"""What no operation answers: every refusal is a sentence at a place, and nothing is a 5xx."""

from __future__ import annotations

from typing import Any, get_args

import httpx2
import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mechanics.operations import OPERATIONS
from app.mechanics.pool_kinds import PoolKind
from app.web.api.operations.bodies import OperationBody
from app.web.api.operations.conv2d import Conv2dBody
from app.web.api.operations.conv_transpose2d import ConvTranspose2dBody
from app.web.api.operations.pool2d import Pool2dBody
from tests.web.bodies import JSON, NPY, npy
from tests.web.operations import API
from tests.web.serving import client_of
from tests.web.test_errors import check_problem

GOOD: dict[str, Any] = {"input": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "weight": [[1, 0], [0, 1]]}
PATHS = (
    "conv2d",
    "conv2d/trace",
    "conv2d/gradients",
    "conv2d/gradients/trace",
    "conv_transpose2d",
    "conv_transpose2d/trace",
    "conv_transpose2d/gradients",
    "pool2d",
    "pool2d/trace",
    "pool2d/gradients",
    "sweep",
)


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"input": [[1, 2], [3]]}, "#/input/1", "Row 1 has 1 value; the first has 2."),
        ({"input": [[[1, 2], []]]}, "#/input/0/1", "Channel 0, row 1 is empty."),
        ({"input": []}, "#/input", "input is numbers as"),
        ({"input": 5}, "#/input", "input is numbers as"),
        ({"input": [[1, "2"]]}, "#/input/0/1", "Row 0, column 1 is no number."),
        ({"input": [[True, 2]]}, "#/input/0/0", "Row 0, column 0 is no number."),
        ({"weight": [[1, None]]}, "#/weight/0/1", "no number"),
        ({"weight": {"kernel": "canary7f3a"}}, "#/weight/kernel", "There are: identity"),
        ({"weight": {"kernel": 1}}, "#/weight", "A weight by name"),
        ({"weight": [[0] * 65]}, "#/weight", "at most 64"),
        ({"weight": [[[[1]], [[1]]]]}, "#/weight", "1×1×1×1"),
        ({"bias": [1, 2]}, "#/bias", "2"),
        ({"bias": 1}, "#/bias", "[C_out]"),
        ({"stride": "1"}, "#/stride", "a whole number or a pair"),
        ({"stride": True}, "#/stride", "a whole number or a pair"),
        ({"stride": 0}, "#/stride", "1 or more"),
        ({"dilation": 2**70}, "#/dilation", "dilation: it is too large."),
        ({"stride": [1, 2**70]}, "#/stride", "stride: it is too large."),
        ({"padding": {"top": 2**70}}, "#/padding", "padding: it is too large."),
        ({"groups": 2**70}, "#/groups", "groups: it is too large."),
        ({"groups": 1.5}, "#/groups", "groups: it is a whole number."),
        ({"stride": 1_025}, "#/stride", "at most 1,024"),
        ({"dilation": 5_000}, "#/dilation", ""),
        ({"padding": 257}, "#/padding", "at most 256"),
        ({"padding": {"up": 1}}, "#/padding", "top, bottom, left, right"),
        ({"padding": "full"}, "#/padding", "'same'"),
        ({"padding": "same", "stride": 2}, "#/padding", "Use stride 1"),
        ({"padding": 3, "padding_mode": "reflect"}, "#/padding", "3"),
        ({"padding_mode": "mirror"}, "#/padding_mode", "'reflect'"),
        ({"groups": 0}, "#/groups", "groups is 0; it has to be at least 1."),
        ({"groups": 2}, "#/groups", "does not divide"),
        ({"flip_kernel": 1}, "#/flip_kernel", "flip_kernel: it is true or false."),
        ({"dtype": "float16"}, "#/dtype", "'float64'"),
        ({"canary7f3a": 1}, "#", "none of input, dtype, weight"),
        ({"weight": [[1] * 4]}, "#/kernel_size", "4"),
    ],
)
def test_a_refusal_names_its_place(
    client: httpx2.Client, change: dict[str, Any], pointer: str, words: str
) -> None:
    problem = check_problem(client.post(f"{API}/conv2d", json={**GOOD, **change}), 422)
    if change.get("dilation") != 5_000:
        assert problem["errors"][0]["pointer"] == pointer
    assert words in problem["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("body", "refused", "sentence"),
    [
        (
            {"kind": "global_max", "kernel_size": 2},
            ["kernel_size"],
            "A pooling of kind global_max has no kernel_size; it has no settings.",
        ),
        (
            {"kind": "adaptive_max", "output_size": 1, "padding": 0},
            ["padding"],
            "A pooling of kind adaptive_max has no padding; it has output_size.",
        ),
        (
            {"kernel_size": 2, "divisor_override": 3, "norm_type": 2.0, "output_size": 1},
            ["divisor_override", "norm_type", "output_size"],
            "The body is wrong in 3 places.",
        ),
    ],
)
@pytest.mark.parametrize("path", ["pool2d", "pool2d/trace", "pool2d/gradients"])
def test_a_pooling_takes_the_settings_of_its_kind_alone(
    client: httpx2.Client, path: str, body: dict[str, Any], refused: list[str], sentence: str
) -> None:
    problem = check_problem(client.post(f"{API}/{path}", json={"input": [[1]], **body}), 422)
    assert [error["pointer"] for error in problem["errors"]] == [f"#/{name}" for name in refused]
    assert problem["detail"] == sentence


def test_a_setting_that_is_null_is_not_given(client: httpx2.Client) -> None:
    body = {"input": [[1]], "kind": "global_max", "kernel_size": None, "stride": None}
    assert client.post(f"{API}/pool2d", json=body).status_code == 200


@pytest.mark.parametrize("name", ["kernel_size", "stride", "padding", "dilation", "ceil_mode"])
def test_a_sweep_goes_through_at_least_one_value(client: httpx2.Client, name: str) -> None:
    body = {"operation": "max_pool2d", "input": [[1, 2]], "kernel_size": [1], name: []}
    problem = check_problem(client.post(f"{API}/sweep", json=body), 422)
    assert problem["detail"] == f"{name}: it is a list of at least one value."


@pytest.mark.parametrize(
    ("path", "body", "limit"),
    [
        ("conv2d", {"input": [[0] * 513]}, 512),
        ("conv2d", {"input": [[[0]]] * 1_025}, 1_024),
        ("conv_transpose2d", {"input": [[0] * 200] * 200, "stride": 60}, 4_000_000),
        ("pool2d", {"kind": "adaptive_max", "output_size": 10**12}, 512),
        ("conv_transpose2d", {"stride": 2**40, "dilation": 2**63}, 1_024),
        ("pool2d", {"kernel_size": 65, "padding": 64}, 64),
        (
            "conv2d",
            {"input": [[0] * 400] * 400, "weight": [[[[1] * 50] * 50]] * 8, "padding": 20},
            2_000_000_000,
        ),
    ],
)
def test_caps_come_before_work(
    client: httpx2.Client, path: str, body: dict[str, Any], limit: int
) -> None:
    given = body if path == "pool2d" else {"weight": GOOD["weight"], **body}
    response = client.post(f"{API}/{path}", json={"input": [[0]], **given})
    assert check_problem(response, 422)["limit"] == limit


def test_a_tiny_request_for_a_huge_output(client: httpx2.Client) -> None:
    body = {"input": [[1]], "weight": [[1]], "padding": 2_000}
    assert check_problem(client.post(f"{API}/conv2d", json=body), 422)["requested"] == 2_000


def test_too_many_values_for_json_travel_in_binary(client: httpx2.Client) -> None:
    body = {"input": [[0] * 512] * 512, "weight": [[1]]}
    assert check_problem(client.post(f"{API}/conv2d", json=body), 422)["limit"] == 250_000
    answer = client.post(f"{API}/conv2d", json=body, headers={"accept": NPY})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "position", "pointer"),
    [
        ("conv2d/trace", {"row": 2}, "#/position/row"),
        ("conv2d/trace", {"channel": 1}, "#/position/channel"),
        ("conv_transpose2d/trace", {"column": 4}, "#/position/column"),
        ("pool2d/trace", {"column": 9}, "#/position/column"),
        ("conv2d/trace", {"row": -1}, "#/position/row"),
        ("conv2d/trace", {"row": 0.5}, "#/position/row"),
        ("conv2d/trace", {"canary7f3a": 0}, "#/position"),
        ("conv2d/trace", {"filter": 0}, "#/position"),
        ("conv2d/gradients/trace", {"filter": 1}, "#/position/filter"),
        ("conv2d/gradients/trace", {"channel": 1}, "#/position/channel"),
        ("conv2d/gradients/trace", {"row": 2}, "#/position/row"),
        ("conv2d/gradients/trace", {"column": 2.5}, "#/position/column"),
    ],
)
def test_a_position_outside(
    client: httpx2.Client, path: str, position: dict[str, Any], pointer: str
) -> None:
    body = {"input": GOOD["input"], "kernel_size": 2} if path.startswith("pool") else GOOD
    problem = check_problem(client.post(f"{API}/{path}", json={**body, "position": position}), 422)
    assert problem["errors"][0]["pointer"] == pointer


def test_an_input_value_is_in_no_filter(client: httpx2.Client) -> None:
    body = {**GOOD, "gradient": "input", "position": {"filter": 0, "row": 1}}
    problem = check_problem(client.post(f"{API}/conv2d/gradients/trace", json=body), 422)
    assert problem["errors"][0]["pointer"] == "#/position/filter"


@pytest.mark.parametrize("path", ["conv2d/gradients", "conv2d/gradients/trace", "pool2d/gradients"])
def test_there_is_one_gradient_for_each_output_value(client: httpx2.Client, path: str) -> None:
    body = {**GOOD_OF[path[:4]], "output_gradient": [[1.0, 1.0, 1.0]]}
    problem = check_problem(client.post(f"{API}/{path}", json=body), 422)
    assert problem["errors"][0]["pointer"] == "#/output_gradient"


def test_there_is_no_such_sample(client: httpx2.Client) -> None:
    problem = check_problem(client.post(f"{API}/conv2d/trace", json={**GOOD, "sample": 1}), 422)
    assert problem["errors"][0]["pointer"] == "#/sample"


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"", JSON, 400),
        (b"[]", JSON, 422),
        (b'{"input": [[NaN]], "weight": [[1]]}', JSON, 400),
        (b'{"input": [[1e400]], "weight": [[1]]}', JSON, 400),
        (b'{"input": "\\ud800", "weight": [[1]]}', JSON, 400),
        (b'{"input": [[1]], "input": [[2]], "weight": [[1]]}', JSON, 422),
        (b'{"input": ' + b"[" * 200 + b"]" * 200 + b"}", JSON, 422),
        (b"x", "text/plain", 415),
        (b"x", NPY, 400),
        (npy(np.zeros((2, 2))), NPY, 422),
        (npy(np.array([[np.nan]])), NPY, 422),
        (npy(np.zeros(3)), NPY, 422),
    ],
)
def test_a_body_that_is_none(
    client: httpx2.Client, content: bytes, media_type: str, status: int
) -> None:
    headers = {"content-type": media_type}
    for path in PATHS:
        check_problem(client.post(f"{API}/{path}", content=content, headers=headers), status)


def test_many_wrong_cells_are_a_short_answer(client: httpx2.Client) -> None:
    body = {**GOOD, "input": [["x"] * 300] * 300}
    response = client.post(f"{API}/conv2d", json=body)
    assert len(check_problem(response, 422)["errors"]) == 20
    assert len(response.content) < 4_000


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.integers(-1, 4)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["same", "valid", "zeros", "max", "lp", "conv2d", "", "gather"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kernel", "top"]), inner)
    ),
    max_leaves=6,
)
MEMBERS = (
    "input", "weight", "bias", "stride", "padding", "padding_mode", "dilation", "groups", "dtype",
    "output_padding", "position", "sample", "view", "output_gradient", "kind", "kernel_size",
    "ceil_mode", "divisor_override", "norm_type", "output_size", "operation", "input_size",
)  # fmt: skip
GOOD_OF = {
    "conv": GOOD,
    "pool": {"input": GOOD["input"], "kernel_size": 2},
    "swee": {"operation": "conv2d", "input": GOOD["input"], "kernel_size": [2]},
}


def test_nothing_is_our_failure(url: str) -> None:
    with client_of(url) as client:

        @settings(max_examples=60, deadline=None)
        @given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(MEMBERS), ANYTHING))
        def check(path: str, change: dict[str, Any]) -> None:
            body = orjson.dumps({**GOOD_OF[path[:4]], **change})
            headers = {"content-type": JSON}
            response = client.post(f"{API}/{path}", content=body, headers=headers)
            if response.status_code != 200:
                check_problem(response, 422)

        check()


BODIES: list[OperationBody] = [
    Conv2dBody.model_validate(GOOD),
    ConvTranspose2dBody.model_validate(GOOD),
    *(Pool2dBody(input=GOOD["input"], kind=kind) for kind in get_args(PoolKind)),
]


@pytest.mark.parametrize("body", BODIES, ids=[body.operation_name for body in BODIES])
def test_a_body_has_every_setting_of_its_operation(body: OperationBody) -> None:
    operation = OPERATIONS[body.operation_name]
    # Kernels have a size of their own.
    wanted = {*operation.defaults} - ({"kernel_size"} if operation.has_weights else set())
    assert wanted <= type(body).model_fields.keys()
