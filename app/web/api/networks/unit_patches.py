"""What a unit looks for: the parts of test images that excite it most."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field

from app.mechanics.receptive_field import Box
from app.web.api.networks.input import network_of
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.queries import Query
from app.web.wire.schemas import Index, Number, Schema, Tensor
from app.web.wire.tensors import Answer, named

if TYPE_CHECKING:
    from app.networks.patches import Patches


class UnitQuery(Query):
    """One unit of a layer."""

    channel: int = Field(0, ge=0, le=1_000_000, description="The map, or the unit of a vector.")


class Patch(Schema):
    """A place in a test image, and how much the unit answers there."""

    value: Number
    label: str
    row: Index
    column: Index
    box: Box


class UnitPatches(Schema):
    """The strongest first. `pixels` are all of one size, in [0, 1], and 0 beside the image."""

    layer: str
    channel: Index
    patches: list[Patch]
    pixels: Tensor


def unit_patches(asked: Asked[UnitQuery, Any]) -> Answer:
    """The parts of nine test images that excite one unit most, each as large as the unit sees."""
    network, channel = network_of(asked), asked.query.channel
    layer = network.layer(asked.names["layer"])
    digest = network.card.get("weights", {}).get("sha256")
    patches = _loaded(asked.settings.models_dir / network.name, digest)
    network.receptive_field(layer.name, channel=channel)
    found = patches.of(layer.name)
    boxes = [
        network.receptive_field(layer.name, int(row), int(column), channel)
        for row, column in found.places[channel]
    ]
    images = patches.images[found.images[channel]]
    pixels = named("pixels", np.stack([_cut(i, b) for i, b in zip(images, boxes, strict=True)]))
    labels = patches.labels[found.images[channel]]
    rows = zip(found.values[channel], labels, found.places[channel], boxes, strict=True)
    document = {
        "layer": layer.name,
        "channel": channel,
        "patches": [
            {
                "value": float(value),
                "label": network.architecture.classes[label],
                "row": int(place[0]),
                "column": int(place[1]),
                "box": box.as_dict(),
            }
            for value, label, place, box in rows
        ],
        "pixels": pixels,
    }
    return Answer(document, pixels)


@lru_cache(maxsize=16)
def _loaded(folder: Path, digest: str | None) -> Patches:
    """The patches of a folder, read once."""
    from app.networks.patches import load_patches

    return load_patches(folder, digest)


def _cut(image: np.ndarray[Any, Any], box: Box) -> np.ndarray[Any, Any]:
    """A part of an image as values in [0, 1]; along an axis that it covers, all of the image.

    Shape: (H, W) uint8 → as many rows and columns as the box has, at most H and W.
    """
    (top, bottom), (left, right) = (
        (0, size) if end - start >= size else (start, end)
        for start, end, size in zip(
            (box.top, box.left), (box.bottom, box.right), image.shape, strict=True
        )
    )
    sides = [(max(0, -top), max(0, bottom - image.shape[0]))]
    sides.append((max(0, -left), max(0, right - image.shape[1])))
    part = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    return np.pad(part, sides).astype(np.float32) / np.float32(255)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/networks/{name}/layers/{layer}/patches",
        unit_patches,
        UnitPatches,
        query=UnitQuery,
        example={"name": "mycnn", "layer": "conv2", "channel": 3},
        offers=TENSORS,
    ),
)
