"""The parts of test images that excite each unit most, as a small file beside the weights."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.networks.architecture import Architecture
from app.networks.checkpoint import sha256, write_atomically
from app.networks.errors import PatchesUnavailable, UnknownLayer

PATCHES_CARD = "patches.json"
COUNT = 9


@dataclass(frozen=True)
class Found:
    """Of one layer, for each unit the places that excite it most, the strongest first.

    Shape: images (units, 9), which of the kept images; places (units, 9, 2), row and column in the
    layer's maps, 0 of a vector; values (units, 9), the unit's own there, NaN where there are fewer.
    """

    images: NDArray[np.uint16]
    places: NDArray[np.uint16]
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Patches:
    """All of a network.

    Args:
        titles: what each label means, where it is no class of the network.

    Shape: images (n, H, W), or (n, C, H, W) in colour, uint8, each kept once; labels (n,).
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    layers: Mapping[str, Found]
    titles: tuple[str, ...] = ()

    def of(self, layer: str) -> Found:
        """Those of one layer. Raises: UnknownLayer when it has none."""
        if layer not in self.layers:
            raise UnknownLayer(
                f"{layer} has not learned to look for anything; {', '.join(self.layers)} have."
            )
        return self.layers[layer]


def patches_card(architecture: Architecture, models_dir: Path) -> Path:
    """Where the card of a network's patches is, beside its weights.

    Of networks that share their weights, and see other things with them, each has its own.
    """
    folder = models_dir / (architecture.weights_of or architecture.name)
    if architecture.weights_of is None:
        return folder / PATCHES_CARD
    return folder / f"{architecture.name}.{PATCHES_CARD}"


def save_patches(card_file: Path, patches: Patches, card: Mapping[str, Any]) -> dict[str, Any]:
    """Write them and what they were made of beside a network's weights, and return their card.

    Args:
        card: with the SHA-256 of the weights as `weights_sha256`: with others they say nothing.
    """
    arrays: dict[str, NDArray[Any]] = {"images": patches.images, "labels": patches.labels}
    for name, found in patches.layers.items():
        arrays |= {f"{name}/{part}": array for part, array in vars(found).items()}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    data = buffer.getvalue()
    file = card_file.with_suffix(".npz")
    document = {
        **card,
        "layers": list(patches.layers),
        **({"titles": list(patches.titles)} if patches.titles else {}),
        "file": file.name,
        "sha256": sha256(data),
        "bytes": len(data),
    }
    write_atomically(file, data)
    write_atomically(card_file, json.dumps(document, indent=1).encode() + b"\n")
    return document


def read_card(card_file: Path, weights_sha256: str | None) -> dict[str, Any]:
    """The card of patches that were made with these weights.

    Raises: PatchesUnavailable when there is none.
    """
    try:
        card = json.loads(card_file.read_bytes())
    except (OSError, ValueError):
        card = None
    if not isinstance(card, dict):
        raise PatchesUnavailable("It has not been looked for what excites this network's units.")
    if card.get("weights_sha256") != weights_sha256:
        raise PatchesUnavailable("The patches were made with other weights.")
    return card


def load_patches(card_file: Path, weights_sha256: str | None) -> Patches:
    """The patches that a card describes.

    Args:
        weights_sha256: of the weights that are there.

    Raises: PatchesUnavailable when there are none, they are damaged, or of other weights.
    """
    card = read_card(card_file, weights_sha256)
    try:
        data = card_file.with_suffix(".npz").read_bytes()
    except OSError:
        data = b""
    if card.get("sha256") != sha256(data):
        raise PatchesUnavailable(
            "The patches are damaged: their SHA-256 is not the one their card gives."
        )
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = dict(file)
    names = dict.fromkeys(key.rpartition("/")[0] for key in arrays if "/" in key)
    layers = {
        name: Found(*(arrays[f"{name}/{part}"] for part in ("images", "places", "values")))
        for name in names
    }
    titles = tuple(card.get("titles", ()))
    return Patches(arrays["images"], arrays["labels"], layers, titles)
