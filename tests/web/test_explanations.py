"""Attribution over HTTP: what the library gives, in every form, and what is refused."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from safetensors.numpy import load

from app.networks import LoadedNetwork
from app.networks.attribution import METHODS, Randomization, explain
from app.web.progress import Progress, Steps
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
    assert document["learning_layers"] == ["fc2", "fc1", "conv2", "conv1"]


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ({"class": 10}, 422, "class is 10, but the network's classes go from 0 to 9"),
        ({"class": 3, "against": 3}, 422, "compared with itself"),
        ({"layer": "fc1"}, 422, "fc1 has no maps"),
        ({"layer": "nowhere"}, 404, "no such layer"),
        ({"method": "guess"}, 422, "saliency"),
        ({"class": -1}, 422, "class"),
        ({"randomize": 5}, 422, "only 4 layers learn"),
        ({"randomize": -1}, 422, "randomize"),
        ({"ticket": "a ticket"}, 422, "ticket"),
    ],
)
def test_what_cannot_be_explained_is_a_sentence(
    client: httpx2.Client, query: dict[str, Any], status: int, sentence: str
) -> None:
    response = asked(client, **query)
    assert response.status_code == status
    assert sentence in response.text


def test_random_layers_are_told_beside_the_trained_ones(
    client: httpx2.Client, network: LoadedNetwork
) -> None:
    image = torch.from_numpy(digit().copy())
    found = explain(
        network, image, METHODS["grad_cam"], 7, randomization=Randomization(2, 3)
    ).randomized
    assert found is not None
    query: dict[str, Any] = {"class": 7, "randomize": 2, "seed": 3}
    document = asked(client, **query).json()["randomized"]
    assert document["layers"] == list(found.layers) == ["fc2", "fc1"]
    assert document["seed"] == 3
    assert document["rank_correlation"] == pytest.approx(found.rank_correlation)
    tensors = load(asked(client, SAFETENSORS, **query).content)
    np.testing.assert_array_equal(tensors["randomized"], found.values.numpy())
    assert set(tensors) == {"attribution", "randomized"}
    assert asked(client).json()["randomized"] is None


def test_what_integrated_gradients_add_up_to_is_told(client: httpx2.Client) -> None:
    document = asked(client, method="integrated_gradients").json()
    complete = document["completeness"]
    total = np.array(document["attribution"]["data"]).sum()
    assert complete["total"] == pytest.approx(total, abs=1e-4)
    assert complete["difference"] == complete["score"] - complete["score_of_paper"]
    assert asked(client).json()["completeness"] is None


def test_progress_is_told_under_a_ticket_while_there_is_any(client: httpx2.Client) -> None:
    nothing: dict[str, Any] = {"ticket": "mine", "done": None, "of": None}
    assert client.get("/api/v1/progress/mine").json() == nothing
    query = {"method": "occlusion", "ticket": "mine"}
    with ThreadPoolExecutor() as threads:
        under_way = threads.submit(asked, client, **query)
        seen = [nothing]
        while not under_way.done():
            seen.append(client.get("/api/v1/progress/mine").json())
        assert under_way.result().status_code == 200
    told = [each for each in seen if each != nothing]
    assert all(0 < each["done"] <= each["of"] for each in told)
    assert [each["done"] for each in told] == sorted(each["done"] for each in told)
    assert client.get("/api/v1/progress/mine").json() == nothing


def test_the_steps_of_a_ticket_are_kept_as_long_as_the_work_lasts() -> None:
    progress = Progress()
    with progress.of("mine") as tell, progress.of(None) as tell_nobody:
        assert progress.steps("mine") is None
        tell(2, 9)
        tell_nobody(3, 9)
        assert progress.steps("mine") == Steps(2, 9)
    assert progress.steps("mine") is None
