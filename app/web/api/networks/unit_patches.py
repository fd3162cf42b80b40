"""What a unit looks for: the parts of images that excite it most."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field

from app.mechanics.receptive_field import Box
from app.web.api.networks.input import network_of
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.problems import Problem
from app.web.wire.queries import Query
from app.web.wire.schemas import Index, Number, Schema, Tensor
from app.web.wire.tensors import Answer, NamedTensor, named

if TYPE_CHECKING:
    from app.networks import LoadedNetwork
    from app.networks.patches import Patches

IMAGES_AT_ONCE = 32


class UnitQuery(Query):
    """One unit of a layer."""

    channel: int = Field(0, ge=0, le=1_000_000, description="The map, or the unit of a vector.")
    pixels: bool = Field(True, description="Whether the parts themselves are sent, too.")


class ImagesQuery(Query):
    """Some of the images that patches are parts of."""

    images: str = Field(
        max_length=400,
        pattern=r"^\d{1,6}(,\d{1,6})*$",
        description=f"Their numbers, with commas between them; {IMAGES_AT_ONCE} at most.",
    )


class Patch(Schema):
    """A place in an image, and how much the unit answers there."""

    value: Number
    label: str
    image: Index
    row: Index
    column: Index
    box: Box


class UnitPatches(Schema):
    """The strongest first. `pixels` are all of one size, in [0, 1], and 0 beside the image.

    `image` is the number that `/networks/{name}/patches/images` knows the whole image by.
    """

    layer: str
    channel: Index
    patches: list[Patch]
    pixels: Tensor | None


class PatchImages(Schema):
    """The images asked for, in their order. Of `images` 255 is white, or full of a colour."""

    labels: list[str]
    images: Tensor


def unit_patches(asked: Asked[UnitQuery, Any]) -> Answer:
    """The parts of up to nine images that excite one unit most, each as large as the unit sees."""
    network, channel = network_of(asked), asked.query.channel
    layer = network.layer(asked.names["layer"])
    patches = _patches_of(network, asked.settings.models_dir)
    network.receptive_field(layer.name, channel=channel)
    found = patches.of(layer.name)
    is_there = ~np.isnan(found.values[channel])
    values, numbers, places = (
        each[channel][is_there] for each in (found.values, found.images, found.places)
    )
    boxes = [
        network.receptive_field(layer.name, int(row), int(column), channel)
        for row, column in places
    ]
    pixels: NamedTensor | None = None
    if asked.query.pixels:
        cut = [_cut(patches.images[n], box) for n, box in zip(numbers, boxes, strict=True)]
        pixels = named("pixels", np.stack(cut))
    titles = patches.titles or network.architecture.classes
    rows = zip(values, numbers, places, boxes, strict=True)
    document = {
        "layer": layer.name,
        "channel": channel,
        "patches": [
            {
                "value": float(value),
                "label": titles[patches.labels[image]],
                "image": int(image),
                "row": int(place[0]),
                "column": int(place[1]),
                "box": box.as_dict(),
            }
            for value, image, place, box in rows
        ],
        "pixels": pixels,
    }
    return Answer(document, pixels)


def patch_images(asked: Asked[ImagesQuery, Any]) -> Answer:
    """Whole images that patches are parts of, as a network's patches number them."""
    network = network_of(asked)
    patches = _patches_of(network, asked.settings.models_dir)
    numbers = [int(each) for each in asked.query.images.split(",")]
    if len(numbers) > IMAGES_AT_ONCE:
        sentence = f"{len(numbers)} images are asked for; at once there are {IMAGES_AT_ONCE}."
        raise Problem(422, sentence)
    if max(numbers) >= len(patches.images):
        sentence = f"There is no image {max(numbers)}; there are {len(patches.images)}, from 0 on."
        raise Problem(422, sentence)
    titles = patches.titles or network.architecture.classes
    images = named("images", patches.images[numbers])
    labels = [titles[patches.labels[number]] for number in numbers]
    return Answer({"labels": labels, "images": images}, images)


def patched_layers(network: LoadedNetwork, models_dir: Path) -> list[str]:
    """The layers of which it is known what excites their units; none where there are no patches."""
    from app.networks.errors import PatchesUnavailable
    from app.networks.patches import patches_card, read_card

    card_file = patches_card(network.architecture, models_dir)
    try:
        return list(read_card(card_file, _weights_of(network)).get("layers", []))
    except PatchesUnavailable:
        return []


def _weights_of(network: LoadedNetwork) -> str | None:
    """The SHA-256 of a network's weights, where its card gives it."""
    digest: str | None = network.card.get("weights", {}).get("sha256")
    return digest


def _patches_of(network: LoadedNetwork, models_dir: Path) -> Patches:
    """A network's patches, read once. Raises: PatchesUnavailable."""
    from app.networks.patches import patches_card

    return _loaded(patches_card(network.architecture, models_dir), _weights_of(network))


@lru_cache(maxsize=16)
def _loaded(card_file: Path, digest: str | None) -> Patches:
    """The patches that a card describes."""
    from app.networks.patches import load_patches

    return load_patches(card_file, digest)


def _cut(image: np.ndarray[Any, Any], box: Box) -> np.ndarray[Any, Any]:
    """A part of an image as values in [0, 1]; along an axis that it covers, all of the image.

    Shape: (H, W) or (C, H, W) uint8 → as many rows and columns as the box has, at most H and W.
    """
    height, width = image.shape[-2:]
    (top, bottom), (left, right) = (
        (0, size) if end - start >= size else (start, end)
        for start, end, size in ((box.top, box.bottom, height), (box.left, box.right, width))
    )
    sides = [(0, 0)] * (image.ndim - 2)
    sides.append((max(0, -top), max(0, bottom - height)))
    sides.append((max(0, -left), max(0, right - width)))
    part = image[..., max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
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
    Endpoint(
        "GET",
        "/networks/{name}/patches/images",
        patch_images,
        PatchImages,
        query=ImagesQuery,
        example={"name": "mycnn", "images": "0,3,17"},
        offers=TENSORS,
    ),
)
