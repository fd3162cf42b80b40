"""Attribution over HTTP: what the library gives, in every form, and what is refused."""

from __future__ import annotations

import io
from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from safetensors.numpy import load

from app.networks import LoadedNetwork
from app.networks.attribution import METHODS, explain
from tests.web.bodies import JSON, NPY, SAFETENSORS, digit, npy

EXPLAIN = "/api/v1/networks/mycnn/explain"


def asked(client: httpx2.Client, accept: str = JSON, **query: Any) -> httpx2.Response:
    """The digit, as the network's own input."""
    headers = {"accept": accept, "content-type": NPY}
    return client.post(
        EXPLAIN, content=npy(digit()), headers=headers, params={"prepare": "none", **query}
    )


@pytest.mark.parametrize("method", METHODS)
def test_every_method_answers_what_the_library_gives(
    client: httpx2.Client, network: LoadedNetwork, method: str
) -> None:
    image = torch.from_numpy(digit().copy())
    expected = explain(network, image, METHODS[method], 3, 7, "relu2").attribution
    query: dict[str, Any] = {"method": method, "class": 3, "against": 7, "layer": "relu2"}
    document = asked(client, **query).json()
    assert document["method"] == method
    assert document["class"] == {"index": 3, "label": "3"}
    assert document["against"] == {"index": 7, "label": "7"}
    assert document["layer"] == expected.layer == ("relu2" if method == "grad_cam" else None)
    assert document["note"] == expected.note
    assert document["attribution"]["shape"] == list(expected.values.shape)
    found = np.array(document["attribution"]["data"], dtype=np.float32)
    np.testing.assert_allclose(found, expected.values.numpy(), rtol=1e-5, atol=1e-7)
    tensors = load(asked(client, SAFETENSORS, **query).content)
    np.testing.assert_array_equal(tensors["attribution"], expected.values.numpy())
    array = np.load(io.BytesIO(asked(client, NPY, **query).content))
    np.testing.assert_array_equal(array, expected.values.numpy())


def test_the_class_and_the_layer_are_chosen_where_none_is_given(
    client: httpx2.Client, network: LoadedNetwork
) -> None:
    document = asked(client).json()
    named = int(network.forward(torch.from_numpy(digit().copy())).logits.argmax())
    assert (document["method"], document["layer"]) == ("grad_cam", "conv2")
    assert document["class"]["index"] == named
    assert document["against"] is None


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ({"class": 10}, 422, "class is 10, but the network has 10 classes"),
        ({"class": 3, "against": 3}, 422, "compared with itself"),
        ({"layer": "fc1"}, 422, "fc1 has no maps"),
        ({"layer": "nowhere"}, 404, "no such layer"),
        ({"method": "guess"}, 422, "saliency"),
        ({"class": -1}, 422, "class"),
    ],
)
def test_what_cannot_be_explained_is_a_sentence(
    client: httpx2.Client, query: dict[str, Any], status: int, sentence: str
) -> None:
    response = asked(client, **query)
    assert response.status_code == status
    assert sentence in response.text
