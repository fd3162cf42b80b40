"""The numbers of a network over HTTP, against torch in float64."""

from __future__ import annotations

import io
from typing import Any

import httpx2
import numpy as np
import orjson
import pytest
import torch
from safetensors.numpy import load

from app.networks import LoadedNetwork
from app.networks.registry import ARCHITECTURES
from tests.web.bodies import JSON, NPY, SAFETENSORS, digit, drawing, npy

FORWARD = "/api/v1/networks/mycnn/forward"
TRACE = "/api/v1/networks/mycnn/trace"
FIELD = "/api/v1/networks/mycnn/receptive-field"
NAMES = ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1", "relu3", "fc2"]


def oracle(network: LoadedNetwork, image: np.ndarray[Any, Any]) -> dict[str, torch.Tensor]:
    """Every activation by PyTorch's own modules in float64."""
    model = type(network.model)().double().eval()
    model.load_state_dict(network.model.state_dict())
    value = (torch.from_numpy(image.copy()).double().unsqueeze(0) - 0.1307) / 0.3081
    found = {"input": value[0]}
    with torch.inference_mode():
        for name in NAMES:
            value = model.get_submodule(name)(value)
            found[name] = value[0]
        found["softmax"] = value.softmax(1)[0]
    return found


def forward(client: httpx2.Client, accept: str, **query: Any) -> httpx2.Response:
    """A forward pass of the digit, as the network's own input."""
    headers = {"accept": accept, "content-type": NPY}
    return client.post(FORWARD, content=npy(digit()), headers=headers, params=query)


def document_of(response: httpx2.Response) -> dict[str, Any]:
    """The document of a safetensors answer."""
    size = int.from_bytes(response.content[:8], "little")
    header = orjson.loads(response.content[8 : 8 + size])
    return dict(orjson.loads(header["__metadata__"]["document"]))


@pytest.mark.parametrize("turn", ["0", "10"])
@pytest.mark.parametrize(
    ("name", "last"),
    [("mycnn", "centred"), ("fashion_mycnn", "centred"), ("squeezenet1_1", "scaled")],
)
def test_a_prepared_image_is_normalized_as_the_network_would(
    client: httpx2.Client, name: str, last: str, turn: str
) -> None:
    def answer(body: bytes, **query: str) -> dict[str, Any]:
        headers = {"accept": SAFETENSORS, "content-type": NPY}
        path = f"/api/v1/networks/{name}/forward"
        response = client.post(path, content=body, headers=headers, params=query)
        assert response.status_code == 200
        return load(response.content)

    prepared = answer(npy(digit()), turn=turn)
    image = prepared[f"steps.{last if turn == '0' else 'altered'}"]
    ready = answer(npy(image), prepare="none")
    assert prepared["steps.normalized"].tobytes() == prepared["input"].tobytes()
    for tensor in ("input", "logits", "probabilities"):
        assert prepared[tensor].tobytes() == ready[tensor].tobytes()


def test_every_activation_is_torchs(client: httpx2.Client, network: LoadedNetwork) -> None:
    response = forward(client, SAFETENSORS, prepare="none")
    tensors, expected = load(response.content), oracle(network, digit())
    assert response.headers["content-type"] == SAFETENSORS
    for name, value in expected.items():
        np.testing.assert_allclose(tensors[name], value.numpy(), atol=2e-4, rtol=1e-4)
    np.testing.assert_allclose(tensors["logits"], expected["fc2"].numpy(), atol=1e-4)
    np.testing.assert_allclose(tensors["probabilities"], expected["softmax"].numpy(), atol=1e-6)


def test_the_document_says_what_the_tensors_hold(client: httpx2.Client) -> None:
    response = forward(client, SAFETENSORS, prepare="none")
    tensors, document = load(response.content), document_of(response)
    assert [layer["name"] for layer in document["layers"]] == [*NAMES, "softmax"]
    for layer in document["layers"]:
        values = tensors[layer["name"]].astype(np.float64)
        assert layer["shape"] == list(values.shape)
        assert layer["activation"] == {
            "shape": layer["shape"],
            "dtype": "float32",
            "tensor": layer["name"],
        }
        assert layer["minimum"] == values.min()
        assert layer["maximum"] == values.max()
        assert abs(layer["mean"] - values.mean()) <= 1e-6 * np.abs(values).mean()
        assert layer["zero_fraction"] == (values == 0).mean()
    kinds = {layer["name"]: layer["kind"] for layer in document["layers"]}
    assert kinds["conv1"] == "Conv2d"
    assert kinds["softmax"] == "Softmax"
    assert document["prediction"] == document["top"][0]
    assert document["prediction"]["label"] == "7"
    best = tensors["probabilities"].argmax()
    assert document["prediction"]["index"] == best
    assert document["prediction"]["probability"] == float(tensors["probabilities"][best])


def test_binary_equals_json(client: httpx2.Client) -> None:
    tensors = load(forward(client, SAFETENSORS).content)
    answer = forward(client, JSON, activations="true").json()
    written = {layer["name"]: layer["activation"] for layer in answer["layers"]}
    written |= {f"steps.{step['name']}": step["image"] for step in answer["steps"]}
    written |= {name: answer[name] for name in ("input", "logits", "probabilities")}
    assert written.keys() == tensors.keys()
    for name, value in written.items():
        assert value["shape"] == list(tensors[name].shape)
        array = np.array(value["data"], dtype=np.float32)
        np.testing.assert_array_equal(array, tensors[name], err_msg=name)


def test_json_has_no_activations_unless_asked(client: httpx2.Client) -> None:
    answer = forward(client, JSON).json()
    assert all("activation" not in layer for layer in answer["layers"])
    assert len(answer["layers"]) == 11


def test_json_leaves_the_input_out_where_it_is_not_asked_for(client: httpx2.Client) -> None:
    whole, answer = (forward(client, JSON, **query).json() for query in ({}, {"input": "false"}))
    assert answer.pop("input") is None
    assert whole.pop("input")["shape"] == [1, 28, 28]
    assert answer == whole


def test_a_binary_answer_has_the_input_always(client: httpx2.Client) -> None:
    asked, not_asked = (forward(client, SAFETENSORS, input=each) for each in ("true", "false"))
    assert asked.content == not_asked.content
    assert document_of(asked)["input"]["tensor"] == "input"


def test_layers_choose_and_keep_the_order_of_the_data(client: httpx2.Client) -> None:
    answer = forward(client, JSON, layers="relu2, conv1,conv1").json()
    assert [layer["name"] for layer in answer["layers"]] == ["conv1", "relu2"]


def test_npy_is_the_one_layer_or_the_logits(client: httpx2.Client) -> None:
    tensors = load(forward(client, SAFETENSORS).content)
    one = np.load(io.BytesIO(forward(client, NPY, layers="relu1").content))
    np.testing.assert_array_equal(one, tensors["relu1"])
    logits = np.load(io.BytesIO(forward(client, NPY).content))
    np.testing.assert_array_equal(logits, tensors["logits"])


def test_float16_is_near_and_half_the_size(client: httpx2.Client) -> None:
    whole = load(forward(client, SAFETENSORS).content)
    half = load(forward(client, SAFETENSORS, dtype="float16").content)
    assert half["conv2"].dtype == np.float16
    assert half["logits"].dtype == np.float32
    np.testing.assert_array_equal(half["conv2"], whole["conv2"].astype(np.float16))


def test_thumbnails_are_torchs_and_say_how_far_the_whole_maps_reach(
    client: httpx2.Client, network: LoadedNetwork
) -> None:
    asked = {"layers": "pool2,softmax", "thumbnails": "conv1,fc1", "side": 10, "range": True}
    response = forward(client, SAFETENSORS, prepare="none", **asked)
    tensors, document = load(response.content), document_of(response)
    expected = oracle(network, digit())
    rows = {layer["name"]: layer for layer in document["layers"]}
    assert list(rows) == ["conv1", "pool2", "fc1", "softmax"]
    small = torch.nn.functional.adaptive_avg_pool2d(expected["conv1"], (10, 10)).numpy()
    np.testing.assert_allclose(tensors["conv1"], small, atol=1e-5)
    assert rows["conv1"]["shape"] == [32, 28, 28]
    assert rows["conv1"]["activation"]["shape"] == [32, 10, 10]
    flat = expected["conv1"].flatten(1).numpy()
    extremes = rows["conv1"]["extremes"]
    np.testing.assert_allclose(extremes["minimum"], flat.min(axis=1), atol=1e-5)
    np.testing.assert_allclose(extremes["maximum"], flat.max(axis=1), atol=1e-5)
    # A vector has no maps, and what is asked for whole comes whole.
    for name in ("fc1", "pool2", "softmax"):
        assert rows[name]["activation"]["shape"] == list(expected[name].shape)
        assert "extremes" not in rows[name]
    everything = torch.cat([value.flatten() for value in expected.values()])
    np.testing.assert_allclose(document["range"]["minimum"], everything.min(), rtol=1e-5)
    np.testing.assert_allclose(document["range"]["maximum"], everything.max(), rtol=1e-5)
    again = forward(client, SAFETENSORS, prepare="none", **asked, dtype="uint8")
    scale = document_of(again)["layers"][0]["scale"]
    np.testing.assert_allclose(scale["maximum"], small.max(axis=(1, 2)), atol=1e-5)
    unknown = forward(client, SAFETENSORS, layers="softmax", thumbnails="nosuch")
    assert unknown.status_code == 404


def test_bytes_lie_between_the_minimum_and_maximum_of_each_map(client: httpx2.Client) -> None:
    whole = load(forward(client, SAFETENSORS).content)
    response = forward(client, SAFETENSORS, dtype="uint8")
    quantized = load(response.content)
    for layer in document_of(response)["layers"]:
        name, scale = layer["name"], layer["scale"]
        maps = whole[name].reshape(len(scale["minimum"]), -1)
        low, high = (np.array(scale[end])[:, None] for end in ("minimum", "maximum"))
        np.testing.assert_array_equal(maps.min(axis=1, keepdims=True), low)
        np.testing.assert_array_equal(maps.max(axis=1, keepdims=True), high)
        back = low + quantized[name].reshape(maps.shape) / 255 * (high - low)
        assert np.abs(back - maps).max() <= (high - low).max() / 510 * 1.001
        assert "scale" not in layer["activation"]


@pytest.mark.parametrize(("dtype", "is_smaller"), [("uint8", True), ("float32", False)])
def test_bytes_are_compressed_and_floats_are_not(
    client: httpx2.Client, dtype: str, is_smaller: bool
) -> None:
    response = forward(client, SAFETENSORS, dtype=dtype)
    assert ("content-encoding" in response.headers) == is_smaller
    on_the_wire = int(response.headers["content-length"])
    assert (on_the_wire < len(response.content) / 2) == is_smaller


def test_a_digit_comes_through_the_preparation_as_it_is(client: httpx2.Client) -> None:
    prepared = load(forward(client, SAFETENSORS).content)
    ready = load(forward(client, SAFETENSORS, prepare="none").content)
    np.testing.assert_array_equal(prepared["input"], ready["input"])
    np.testing.assert_allclose(prepared["steps.normalized"], prepared["input"], atol=1e-6)


def test_a_drawing_has_steps_and_the_way_back(client: httpx2.Client) -> None:
    headers = {"content-type": NPY}
    answer = client.post(FORWARD, content=npy(drawing()), headers=headers).json()
    assert [step["name"] for step in answer["steps"]][-3:] == ["scaled", "centred", "normalized"]
    assert answer["prediction"]["label"] == "1"
    x, y = answer["mapping"]["x"], answer["mapping"]["y"]
    ink = np.argwhere(np.array(answer["input"]["data"][0]) > 1)
    rows = y["scale"] * (ink[:, 0] + 0.5) + y["offset"]
    columns = x["scale"] * (ink[:, 1] + 0.5) + x["offset"]
    assert 60 <= rows.min() < rows.max() <= 220
    assert 130 <= columns.min() <= columns.max() <= 150


@pytest.mark.parametrize(("steps", "count"), [("full", 6), ("thumbnail", 6), ("none", 0)])
def test_steps_are_whole_small_or_left_out(client: httpx2.Client, steps: str, count: int) -> None:
    headers = {"content-type": NPY, "accept": SAFETENSORS}
    response = client.post(
        FORWARD, content=npy(drawing()), headers=headers, params={"steps": steps}
    )
    shapes = {k: v.shape for k, v in load(response.content).items() if k.startswith("steps.")}
    assert len(shapes) == count
    if count:
        assert shapes["steps.decoded"][1] == (280 if steps == "full" else 64)


def test_switches_change_the_preparation(client: httpx2.Client) -> None:
    headers = {"content-type": NPY, "accept": SAFETENSORS}

    def seen(**query: str) -> Any:
        response = client.post(FORWARD, content=npy(drawing()), headers=headers, params=query)
        return load(response.content)["input"]

    usual = seen()
    for switch in ({"crop": "false"}, {"box": "false"}, {"invert": "always"}):
        assert not np.array_equal(seen(**switch), usual), switch
    assert np.array_equal(seen(invert="never"), usual)


def seven_beside_one() -> Any:
    """The drawn 1, and a sample's 7 to its left."""
    sheet = drawing()
    sheet[70:210, 0:140] = (np.kron(digit()[0], np.ones((5, 5))) * 255).astype(np.uint8)
    sheet[:, 130:150] = 0
    sheet[60:220, 200:220] = 255
    return sheet


def test_each_piece_is_read_by_itself(client: httpx2.Client) -> None:
    headers = {"content-type": NPY}

    def read(address: str, **query: Any) -> Any:
        body = npy(seven_beside_one())
        return client.post(address, content=body, headers=headers, params=query).json()

    whole = read(FORWARD)
    assert len(whole["pieces"]) == 2
    assert [remark["name"] for remark in whole["remarks"]] == ["several_pieces"]
    alone = [read(FORWARD, piece=number) for number in (0, 1)]
    assert [answer["prediction"]["label"] for answer in alone] == ["7", "1"]
    assert all(answer["remarks"] == [] for answer in alone)
    cell = {"layer": "conv2", "channel": 3, "row": 6, "column": 6}
    traces = [read(TRACE, **cell, piece=number)["value"] for number in (0, 1)]
    fields = [read(FIELD, **cell, piece=number)["effective"]["data"] for number in (0, 1)]
    assert traces[0] != traces[1] != read(TRACE, **cell)["value"]
    assert fields[0] != fields[1]
    activation = read(FORWARD, piece=1, layers="conv2", activations="true")["layers"][0]
    assert traces[1] == pytest.approx(activation["activation"]["data"][3][6][6], abs=1e-4)
    assert read(FORWARD, piece=2)["status"] == 422


def test_what_is_ready_for_the_network_is_not_judged(client: httpx2.Client) -> None:
    document = document_of(forward(client, SAFETENSORS, prepare="none"))
    assert (document["pieces"], document["remarks"]) == ([], [])


def test_a_photograph_is_remarked_upon_and_read_all_the_same(client: httpx2.Client) -> None:
    cat = client.get("/api/v1/samples/cat", headers={"accept": NPY}).content
    answer = client.post(FORWARD, content=cat, headers={"content-type": NPY}).json()
    assert [remark["name"] for remark in answer["remarks"]] == ["no_paper"]
    assert answer["prediction"] == answer["top"][0]


def test_clothes_are_what_a_network_of_clothes_is_for(client: httpx2.Client) -> None:
    def read(sample: str) -> Any:
        pixels = client.get(f"/api/v1/samples/{sample}", headers={"accept": NPY}).content
        path = FORWARD.replace("mycnn", "fashion_mycnn")
        headers = {"content-type": NPY}
        return client.post(path, content=pixels, headers=headers, params={"steps": "none"}).json()

    samples = client.get("/api/v1/samples").json()
    clothes = [sample["name"] for sample in samples if sample["kind"] == "clothes"]
    assert len(clothes) == 30
    assert not [name for name in clothes if read(name)["remarks"]]
    [remark] = read("cat")["remarks"]
    assert remark["name"] == "no_paper"
    assert "clothing" in remark["detail"]


CELLS = [
    ("conv1", 5, 10, 12),
    ("conv1", 0, 0, 0),
    ("relu1", 5, 10, 12),
    ("pool1", 7, 13, 13),
    ("conv2", 63, 13, 0),
    ("conv2", 3, 4, 5),
    ("relu2", 3, 4, 5),
    ("pool2", 63, 6, 6),
    ("flatten", 3135, 0, 0),
    ("fc1", 127, 0, 0),
    ("relu3", 0, 0, 0),
    ("fc2", 7, 0, 0),
    ("softmax", 7, 0, 0),
]


@pytest.mark.parametrize(("layer", "channel", "row", "column"), CELLS)
def test_a_trace_ends_in_torchs_value(
    client: httpx2.Client,
    network: LoadedNetwork,
    layer: str,
    channel: int,
    row: int,
    column: int,
) -> None:
    query: dict[str, str | int] = {
        "layer": layer,
        "channel": channel,
        "row": row,
        "column": column,
        "prepare": "none",
    }
    headers = {"content-type": NPY}
    answer = client.post(TRACE, content=npy(digit()), headers=headers, params=query).json()
    expected = oracle(network, digit())[layer]
    value = float(expected[(channel, row, column)[: expected.ndim]])
    assert answer["value"] == pytest.approx(value, abs=2e-4)
    assert answer["torch_value"] == pytest.approx(value, abs=2e-4)
    assert answer["difference"] == answer["value"] - answer["torch_value"]
    assert answer["position"] == {"channel": channel, "row": row, "column": column}
    assert answer["kind"] == network.layer(layer).kind


def test_the_products_of_a_convolution_add_up(client: httpx2.Client) -> None:
    query: dict[str, str | int] = {"layer": "conv2", "channel": 3, "row": 4, "column": 5}
    headers = {"content-type": NPY}
    answer = client.post(TRACE, content=npy(digit()), headers=headers, params=query).json()
    window, weight, products = (
        np.array(answer[name]["data"]) for name in ("window", "weight", "products")
    )
    assert window.shape == weight.shape == products.shape == (32, 3, 3)
    np.testing.assert_array_equal(window * weight, products)
    np.testing.assert_allclose(products.sum((1, 2)), answer["channel_sums"], rtol=1e-12)
    assert answer["value"] == pytest.approx(sum(answer["channel_sums"]) + answer["bias"])
    assert answer["rows"] == [3, 4, 5]
    assert answer["columns"] == [4, 5, 6]


def test_a_trace_in_binary_equals_json(client: httpx2.Client) -> None:
    query: dict[str, str | int] = {"layer": "conv2", "channel": 3}
    content = npy(digit())
    in_json, in_binary, one = (
        client.post(
            TRACE, content=content, headers={"content-type": NPY, "accept": accept}, params=query
        )
        for accept in (JSON, SAFETENSORS, NPY)
    )
    tensors = load(in_binary.content)
    assert tensors.keys() == {"window", "weight", "products"}
    for name, values in tensors.items():
        np.testing.assert_array_equal(values, np.array(in_json.json()[name]["data"]))
    np.testing.assert_array_equal(np.load(io.BytesIO(one.content)), tensors["products"])


def test_weights_are_the_checkpoints(client: httpx2.Client, network: LoadedNetwork) -> None:
    path = "/api/v1/networks/mycnn/layers/conv2/weights"
    answer = client.get(path).json()
    expected = network.model.get_submodule("conv2").state_dict()
    for name in ("weight", "bias"):
        np.testing.assert_array_equal(
            np.array(answer[name]["data"], dtype=np.float32), expected[name].numpy()
        )
    one = np.load(io.BytesIO(client.get(path, headers={"accept": NPY}).content))
    np.testing.assert_array_equal(one, expected["weight"].numpy())


def test_weights_too_many_for_json_come_in_binary(client: httpx2.Client) -> None:
    path = "/api/v1/networks/mycnn/layers/fc1/weights"
    refused = client.get(path)
    assert refused.status_code == 422
    assert (refused.json()["limit"], refused.json()["requested"]) == (250_000, 401_536)
    binary = client.get(path, headers={"accept": SAFETENSORS})
    assert load(binary.content)["weight"].shape == (128, 3136)


def test_the_weights_of_one_unit_come_alone(client: httpx2.Client, network: LoadedNetwork) -> None:
    path = "/api/v1/networks/mycnn/layers/fc1/weights"
    dense = network.model.get_submodule("fc1").state_dict()
    for unit in (0, 77, 127):
        answer = client.get(f"{path}?unit={unit}").json()
        assert (answer["layer"], answer["unit"]) == ("fc1", unit)
        tensors = load(client.get(f"{path}?unit={unit}", headers={"accept": SAFETENSORS}).content)
        assert tensors.keys() == {"weight", "bias"}
        for name, values in tensors.items():
            expected = dense[name][unit : unit + 1].numpy()
            np.testing.assert_array_equal(values, expected)
            np.testing.assert_array_equal(np.array(answer[name]["data"], np.float32), expected)


@pytest.mark.parametrize(
    ("layer", "unit", "sentence"),
    [
        ("fc1", 128, "unit is 128, but it goes from 0 to 127 in fc1."),
        ("conv2", 3, "conv2 has no units with weights of their own; leave unit out."),
    ],
)
def test_a_unit_that_is_not_there_is_refused(
    client: httpx2.Client, layer: str, unit: int, sentence: str
) -> None:
    path = f"/api/v1/networks/mycnn/layers/{layer}/weights?unit={unit}"
    refused = client.get(path)
    assert (refused.status_code, refused.json()["detail"]) == (422, sentence)


def test_the_receptive_field_needs_no_image_and_takes_one(client: httpx2.Client) -> None:
    path = FIELD
    query: dict[str, str | int] = {"layer": "conv2", "channel": 3, "row": 4, "column": 5}
    box = client.post(path, params=query).json()
    sides = {"top": 5, "left": 7, "bottom": 13, "right": 15}
    assert box == {"box": sides, "status": "exact", "effective": None}
    whole = client.post(path, params={"layer": "fc1", "channel": 3}).json()
    assert whole["status"] == "whole_input"
    headers = {"content-type": NPY}
    both = client.post(path, params=query, content=npy(digit()), headers=headers).json()
    field = np.array(both["effective"]["data"])
    assert both["box"] == box["box"]
    assert field.shape == (28, 28)
    outside = field.copy()
    outside[5:13, 7:15] = 0
    assert field[5:13, 7:15].max() > 0
    assert not outside.any()


def test_the_outline_is_whole(client: httpx2.Client) -> None:
    outline = client.get("/api/v1/networks/mycnn").json()
    assert outline["parameters"] == 421_642
    assert [layer["name"] for layer in outline["layers"]] == [*NAMES, "softmax"]
    assert outline["layers"][0]["inputs"] == ["input"]
    assert outline["card"]
    rows = client.get("/api/v1/networks").json()
    assert [row["name"] for row in rows] == [*ARCHITECTURES]
    for row in rows:
        is_here = ARCHITECTURES[row["name"]].published is None
        assert row["weights"] == ("ready" if is_here else "downloadable")
        assert (row["reason"] is None) == is_here
    row = rows[0]
    assert row["accuracy"] == outline["accuracy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/networks/nosuch", 404),
        ("/api/v1/networks/mycnn/layers/nosuch/weights", 404),
        ("/api/v1/networks/mycnn/layers/relu1/weights", 404),
        ("/api/v1/networks/mycnn/layers/conv1/weights?dtype=float64", 422),
    ],
)
def test_unknown_names_of_a_get(client: httpx2.Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    ("path", "query", "status", "pointer"),
    [
        (TRACE, {"layer": "nosuch"}, 404, None),
        (TRACE, {}, 422, "?layer"),
        (TRACE, {"layer": "conv1", "channel": 32}, 422, "?channel"),
        (TRACE, {"layer": "conv1", "row": 28}, 422, "?row"),
        (TRACE, {"layer": "conv1", "column": -1}, 422, "?column"),
        (TRACE, {"layer": "fc1", "row": 1}, 422, "?row"),
        (FORWARD, {"layers": "conv1,nosuch"}, 404, None),
        (FORWARD, {"layers": ""}, 422, "?layers"),
        (FORWARD, {"top": 0}, 422, "?top"),
        (FORWARD, {"dtype": "int8"}, 422, "?dtype"),
        (FORWARD, {"nosuch": 1}, 422, "?"),
        (FORWARD, {"prepare": "none", "layers": "conv1", "crop": "maybe"}, 422, "?crop"),
        (FORWARD.replace("mycnn", "nosuch"), {}, 404, None),
    ],
)
def test_questions_that_cannot_be_answered(
    client: httpx2.Client, path: str, query: dict[str, Any], status: int, pointer: str | None
) -> None:
    headers = {"content-type": NPY}
    response = client.post(path, content=npy(digit()), headers=headers, params=query)
    assert response.status_code == status, response.text
    pointers = [place["pointer"] for place in response.json().get("errors", [])]
    assert pointers == ([pointer] if pointer else [])


@pytest.mark.parametrize(
    ("path", "query", "sentence", "numbers"),
    [
        (TRACE, {"layer": "conv1", "row": -1}, "row is −1; it has to be at least 0.", (0, -1)),
        (TRACE, {"layer": "conv1", "column": 2_000_000}, "column is 2,000,000", (1_000_000, 2e6)),
        (FORWARD, {"top": 5_000}, "top is 5,000; it may be at most 1,000.", (1_000, 5_000)),
        (FORWARD, {"layers": "x" * 20_001}, "layers has 20,001 characters", None),
        (FORWARD, {"top": 0, "dtype": "int8"}, "The query is wrong in 2 places.", None),
    ],
)
def test_a_number_out_of_its_bounds_is_named_with_them(
    client: httpx2.Client,
    path: str,
    query: dict[str, Any],
    sentence: str,
    numbers: tuple[float, float] | None,
) -> None:
    response = client.post(path, content=npy(digit()), headers={"content-type": NPY}, params=query)
    assert response.status_code == 422
    problem = response.json()
    assert sentence in problem["detail"]
    found = (problem["limit"], problem["requested"]) if "limit" in problem else None
    assert found == numbers


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (FORWARD, {"layers": "input"}),
        (TRACE, {"layer": "input"}),
        (FIELD, {"layer": "input"}),
    ],
)
def test_the_input_is_no_layer_and_it_is_said_where_it_is(
    client: httpx2.Client, path: str, query: dict[str, Any]
) -> None:
    response = client.post(path, content=npy(digit()), headers={"content-type": NPY}, params=query)
    assert response.status_code == 404
    assert "input is the image itself and no layer" in response.json()["detail"]


def test_an_image_of_another_size_is_refused_when_nothing_prepares_it(
    client: httpx2.Client,
) -> None:
    headers = {"content-type": NPY}
    params = {"prepare": "none"}
    response = client.post(FORWARD, content=npy(drawing()), headers=headers, params=params)
    assert response.status_code == 422
    assert "1×280×280" in response.json()["detail"]
    assert "1×28×28" in response.json()["detail"]


def test_where_a_pixel_is_seen(client: httpx2.Client, network: LoadedNetwork) -> None:
    document = client.get("/api/v1/networks/mycnn/projective-field?row=9&column=14").json()
    found = {layer["name"]: layer for layer in document["layers"]}
    assert list(found) == [*NAMES, "softmax"]
    assert found["conv1"]["box"] == {"top": 8, "left": 13, "bottom": 11, "right": 16}
    assert found["pool2"]["extent"] == [7, 7]
    for layer, box in network.projective_field(9, 14):
        assert found[layer.name]["box"] == box.as_dict()
        assert found[layer.name]["status"] == "exact"
    refused = client.get("/api/v1/networks/mycnn/projective-field?row=28")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "?row")
