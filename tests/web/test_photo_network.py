"""A picture is made ready for a network as what that network was trained on."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import orjson
import torch
from torch import nn

from app.imaging.subset import CLOTHES, load_subset
from app.networks import Library, LoadedNetwork
from app.networks.normalization import Normalization
from app.networks.registry import ARCHITECTURES
from app.settings import Settings
from app.web.api.networks.input import NetworkQuery, image_tensor, make_ready
from app.web.wire.body import Body
from tests.places import ROOT
from tests.web.bodies import NPY, npy

ARCHITECTURE = replace(
    ARCHITECTURES["mycnn"],
    name="photographs",
    title="Photographs",
    classes=("dark", "bright"),
    input_shape=(3, 8, 8),
    normalization=Normalization((0.5, 0.25, 0.125), (0.5, 2.0, 4.0)),
    preparation="photo",
    build=lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2)),
)


def asked(pixels: Any) -> Any:
    """A request with these pixels in its body."""
    body = Body(orjson.dumps({"pixels": pixels}), "application/json")
    return SimpleNamespace(body=body, settings=Settings())


def test_a_network_of_photographs_gets_the_middle_square_in_colour() -> None:
    network = LoadedNetwork(ARCHITECTURE, ARCHITECTURE.build(), {}, torch.device("cpu"))
    picture = np.zeros((3, 16, 40))
    picture[0, :, 12:28], picture[2, :, 12:28] = 1.0, 0.5  # what lies beside it is cut off
    ready = make_ready(network, NetworkQuery(), asked(picture.tolist()))
    assert ready.prepared is not None
    names = ["decoded", "cropped", "scaled", "normalized"]
    assert [step.name for step in ready.prepared.steps] == names
    wanted = np.stack([np.full((8, 8), value) for value in (1.0, 0.0, 0.5)])
    np.testing.assert_allclose(ready.image, wanted, atol=1e-6)
    result = network.forward(image_tensor(ready))
    normalized = [(1.0 - 0.5) / 0.5, (0.0 - 0.25) / 2.0, (0.5 - 0.125) / 4.0]
    for channel, value in zip(result.input, normalized, strict=True):
        torch.testing.assert_close(channel, torch.full((8, 8), value))
    assert network.outline.as_dict()["preparation"] == "photo"


def test_a_picture_of_bytes_arrives_in_its_colours() -> None:
    network = LoadedNetwork(ARCHITECTURE, ARCHITECTURE.build(), {}, torch.device("cpu"))
    planes = np.stack([np.full((8, 8), value, np.uint8) for value in (255, 0, 51)])
    request = SimpleNamespace(body=Body(npy(planes), NPY), settings=Settings())
    for prepare in ("auto", "none"):
        query = NetworkQuery.model_validate({"prepare": prepare})
        ready = make_ready(network, query, cast(Any, request))
        wanted = np.stack([np.full((8, 8), value) for value in (1.0, 0.0, 0.2)])
        np.testing.assert_allclose(ready.image, wanted, atol=1e-6)


def test_a_network_of_clothes_gets_them_from_edge_to_edge() -> None:
    network = Library.load(ROOT / "models", torch.device("cpu")).get("fashion_mycnn")
    subset = load_subset(CLOTHES)
    right = [0, 0]
    for image, label in zip(subset.test_images[:100], subset.test_labels[:100], strict=True):
        pixels = (image / 255.0).tolist()
        for index, query in enumerate((NetworkQuery(), NetworkQuery(prepare="none"))):
            ready = make_ready(network, query, asked([pixels]))
            right[index] += int(network.forward(image_tensor(ready)).logits.argmax() == label)
    prepared, as_it_is = right
    assert prepared > 85
    assert abs(prepared - as_it_is) <= 3
