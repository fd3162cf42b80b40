"""One update over HTTP: from scratch, from a network, and what is refused."""

from __future__ import annotations

from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from safetensors.numpy import load

from app.networks.registry import ARCHITECTURES

UPDATES = "/api/v1/updates"
SMALL = {"network": "lenet5", "batch_size": 70}


def test_an_update_from_scratch_adds_up(client: httpx2.Client) -> None:
    body = {"recipe": SMALL, "steps": 2, "layer": "f6", "cell": [3, 7]}
    answer = client.post(UPDATES, json=body)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["step"], told["epoch"], told["batch_size"]) == (2, 1, 70)
    assert len(told["labels"]) == told["images"]["shape"][0] == 64
    logits = torch.tensor(told["logits"]["data"])
    losses = torch.nn.functional.cross_entropy(
        logits, torch.tensor(told["labels"]), reduction="none"
    )
    np.testing.assert_allclose(told["losses"]["data"], losses, rtol=1e-5)
    np.testing.assert_allclose(told["probabilities"]["data"], logits.softmax(1), rtol=1e-5)
    assert told["loss"]["after"] < told["loss"]["before"]
    assert abs(told["loss"]["difference"]) < 1e-6
    cell, lines = told["cell"], {line["name"]: line for line in told["cell"]["lines"]}
    assert cell["index"] == [3, 7]
    assert sum(cell["image_sums"]["data"]) == pytest.approx(lines["gradient"]["ours"])
    weights = np.array(told["weights"]["data"])
    after = np.array(told["weights_after"]["data"])
    assert cell["before"]["value"] == pytest.approx(weights[3, 7])
    assert lines["value"]["torch"] == pytest.approx(after[3, 7])
    assert lines["value"]["ours"] == pytest.approx(after[3, 7], abs=1e-7)
    binary = client.post(UPDATES, json=body, headers={"accept": "application/x-safetensors"})
    gradients = load(binary.content)["gradients"]
    np.testing.assert_allclose(gradients, told["gradients"]["data"], rtol=1e-6)


def test_what_is_frozen_is_told(client: httpx2.Client) -> None:
    transfer = {"from": "lenet5", "freeze": True}
    told = client.post(UPDATES, json={"recipe": {"transfer": transfer}}).json()
    assert told["learning"] == ["output"]
    frozen = [layer["name"] for layer in told["layers"] if layer["is_frozen"]]
    assert {"c1", "c3", "c5", "f6"} <= set(frozen)
    assert "output" not in frozen
    free = client.post(UPDATES, json={"recipe": SMALL, "layer": "c3"}).json()
    assert not any(layer["is_frozen"] for layer in free["layers"])
    assert free["weights"]["shape"] == [16, 6, 5, 5]
    assert "c3" in free["learning"]


def test_an_update_from_a_network_starts_with_its_weights(client: httpx2.Client) -> None:
    told = client.post(UPDATES, json={"start": "lenet5", "layer": "c1"}).json()
    weight = client.get("/api/v1/networks/lenet5/layers/c1/weights").json()["weight"]
    np.testing.assert_array_equal(told["weights"]["data"], weight["data"])
    assert told["network"] == ARCHITECTURES["lenet5"].title
    assert told["cell"]["before"]["steps"] == 0
    assert told["loss"]["before"] < 0.3


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({"steps": 21}, "#/steps", "at most 20"),
        ({"layer": "relu1"}, "#/layer", "conv1, conv2"),
        ({"layer": "conv1", "cell": [32, 0, 0, 0]}, "#/cell", "32 × 1 × 3 × 3"),
        ({"recipe": {"batch_size": 2000}}, "#/recipe/batch_size", "at most 512"),
        ({"recipe": {"network": "nobody"}}, "#/recipe/network", "can be trained"),
        ({"recipe": {"dataset": "mnist"}}, "#/recipe/dataset", "data"),
        ({"start": "lenet5", "recipe": {}}, "#/start", "another network"),
    ],
)
def test_what_cannot_be_taken_says_what_to_change(
    client: httpx2.Client, body: dict[str, Any], pointer: str, words: str
) -> None:
    answer = client.post(UPDATES, json=body)
    assert answer.status_code == 422, answer.text
    (place,) = answer.json()["errors"]
    assert place["pointer"] == pointer
    assert words in place["detail"]


def test_an_unknown_start_is_unknown(client: httpx2.Client) -> None:
    for start in ("nobody", "run:nobody"):
        assert client.post(UPDATES, json={"start": start}).status_code == 404
