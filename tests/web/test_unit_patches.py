"""What a unit looks for, over HTTP."""

from __future__ import annotations

import io
import itertools
import json

import httpx2
import numpy as np
import pytest
import torch

from app.networks import Library, LoadedNetwork
from tests.places import ROOT

PHOTOGRAPHS = ROOT / "models" / "photographs" / "card.json"
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
    without = client.get(PATCHES.format("fc2"), params={"channel": 7, "pixels": "false"}).json()
    assert without == {**document, "pixels": None}
    images = ",".join(str(patch["image"]) for patch in document["patches"])
    shown = client.get("/api/v1/networks/mycnn/patches/images", params={"images": images}).json()
    assert shown["labels"] == ["7"] * 9
    np.testing.assert_allclose(np.array(shown["images"]["data"]) / 255, array, atol=1e-6)
    np.testing.assert_allclose(array, np.array(document["pixels"]["data"]), atol=1e-6)


def test_patches_of_photographs_are_in_colour_and_give_their_value(client: httpx2.Client) -> None:
    """Nine places in a few photographs; where two are of one, what is seen overlaps little."""
    name, layer, channel = "squeezenet1_1", "fire3.expand3x3", 7
    base = f"/api/v1/networks/{name}"
    assert layer in client.get(base).json()["patches"]
    document = client.get(f"{base}/layers/{layer}/patches", params={"channel": channel}).json()
    patches, size = document["patches"], document["pixels"]["shape"][-1]
    assert document["pixels"]["shape"] == [9, 3, size, size]
    numbers = sorted({patch["image"] for patch in patches})
    asked = {"images": ",".join(map(str, numbers))}
    as_array = {"accept": "application/x-npy"}
    shown = client.get(f"{base}/patches/images", params=asked, headers=as_array)
    whole = np.load(io.BytesIO(shown.content)).astype(np.float32) / 255
    network = Library.load(ROOT / "models", torch.device("cpu")).get(name)
    for patch, part in zip(patches, np.array(document["pixels"]["data"]), strict=True):
        image = whole[numbers.index(patch["image"])]
        box = patch["box"]
        rows, columns = np.arange(box["top"], box["bottom"]), np.arange(box["left"], box["right"])
        inside = np.ix_(np.arange(3), rows.clip(0, 226), columns.clip(0, 226))
        seen = (rows == rows.clip(0, 226))[:, None] & (columns == columns.clip(0, 226))
        np.testing.assert_allclose(part, image[inside] * seen, atol=1e-6)
        maps = network.forward(torch.from_numpy(image), [layer]).activations[layer]
        found = maps[channel, patch["row"], patch["column"]].item()
        assert found == pytest.approx(patch["value"], rel=1e-4, abs=1e-4)
    titles = [row["title"] for row in json.loads(PHOTOGRAPHS.read_bytes())["photographs"]]
    assert {patch["label"] for patch in patches} <= set(titles)
    for one, other in itertools.combinations(patches, 2):
        if one["image"] == other["image"]:
            apart = max(abs(one["box"][side] - other["box"][side]) for side in ("top", "left"))
            assert apart >= size / 2


def test_an_image_that_there_is_not_is_a_sentence(client: httpx2.Client) -> None:
    images = "/api/v1/networks/mycnn/patches/images"
    for asked, sentence in (
        ("0,99999", "There is no image 99999"),
        (",".join(["1"] * 33), "33 images are asked for"),
        ("1,,2", "images"),
    ):
        response = client.get(images, params={"images": asked})
        assert response.status_code == 422
        assert sentence in response.text


@pytest.mark.parametrize(
    ("layer", "channel", "status", "sentence"),
    [
        ("conv2", 64, 422, "channel is 64, but it goes from 0 to 63"),
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
