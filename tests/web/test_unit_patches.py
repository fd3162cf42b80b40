"""What a unit looks for, over HTTP."""

from __future__ import annotations

import io

import httpx2
import numpy as np
import pytest
import torch

from app.networks import LoadedNetwork

PATCHES = "/api/v1/networks/mycnn/layers/{}/patches"


@pytest.mark.parametrize(("layer", "channel", "size"), [("conv1", 5, 3), ("conv2", 3, 8)])
def test_a_patch_gives_the_value_that_is_said(
    client: httpx2.Client, network: LoadedNetwork, layer: str, channel: int, size: int
) -> None:
    """The patch alone, put where it stood on empty paper, gives the unit's value again."""
    document = client.get(PATCHES.format(layer), params={"channel": channel}).json()
    assert (document["layer"], document["channel"]) == (layer, channel)
    pixels = np.array(document["pixels"]["data"], dtype=np.float32)
    assert pixels.shape == (9, size, size)
    for patch, part in zip(document["patches"], pixels, strict=True):
        box = patch["box"]
        paper = np.zeros((28 + 2 * size, 28 + 2 * size), np.float32)
        rows = slice(box["top"] + size, box["bottom"] + size)
        paper[rows, box["left"] + size : box["right"] + size] = part
        image = torch.from_numpy(paper[size:-size, size:-size].copy())[None]
        activation = network.forward(image, [layer]).activations[layer]
        found = activation[channel, patch["row"], patch["column"]].item()
        assert found == pytest.approx(patch["value"], rel=1e-4, abs=1e-4)
        assert patch["label"] in "0123456789"
    values = [patch["value"] for patch in document["patches"]]
    assert values == sorted(values, reverse=True)


def test_a_unit_that_sees_everything_has_the_whole_picture(client: httpx2.Client) -> None:
    document = client.get(PATCHES.format("fc2"), params={"channel": 7}).json()
    assert document["pixels"]["shape"] == [9, 28, 28]
    assert [patch["label"] for patch in document["patches"]] == ["7"] * 9
    response = client.get(
        PATCHES.format("fc2"), params={"channel": 7}, headers={"accept": "application/x-npy"}
    )
    array = np.load(io.BytesIO(response.content))
    np.testing.assert_allclose(array, np.array(document["pixels"]["data"]), atol=1e-6)


@pytest.mark.parametrize(
    ("layer", "channel", "status", "sentence"),
    [
        ("conv2", 64, 422, "channel is 64, but the layer has 64"),
        ("relu1", 0, 404, "relu1 has not learned to look for anything"),
        ("nowhere", 0, 404, "no such layer"),
    ],
)
def test_what_there_is_not_is_a_sentence(
    client: httpx2.Client, layer: str, channel: int, status: int, sentence: str
) -> None:
    response = client.get(PATCHES.format(layer), params={"channel": channel})
    assert response.status_code == status
    assert sentence in response.text
