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

from app.networks.checkpoint import sha256, write_atomically
from app.networks.errors import PatchesUnavailable, UnknownLayer

PATCHES_FILE = "patches.npz"
PATCHES_CARD = "patches.json"
COUNT = 9


@dataclass(frozen=True)
class Found:
    """Of one layer, for each unit the places that excite it most, the strongest first.

    Shape: images (units, 9), which of the kept images; places (units, 9, 2), row and column in the
    layer's maps, 0 of a vector; values (units, 9), the unit's own there.
    """

    images: NDArray[np.uint16]
    places: NDArray[np.uint16]
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Patches:
    """All of a network.

    Shape: images (n, H, W) uint8, each kept once; labels (n,).
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    layers: Mapping[str, Found]

    def of(self, layer: str) -> Found:
        """Those of one layer. Raises: UnknownLayer when it has none."""
        if layer not in self.layers:
            raise UnknownLayer(
                f"{layer} has not learned to look for anything; {', '.join(self.layers)} have."
            )
        return self.layers[layer]


def save_patches(folder: Path, patches: Patches, card: Mapping[str, Any]) -> dict[str, Any]:
    """Write them and what they were made of into a network's folder, and return their card.

    Args:
        card: with the SHA-256 of the weights as `weights_sha256`: with others they say nothing.
    """
    arrays: dict[str, NDArray[Any]] = {"images": patches.images, "labels": patches.labels}
    for name, found in patches.layers.items():
        arrays |= {f"{name}/{part}": array for part, array in vars(found).items()}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    data = buffer.getvalue()
    document = {**card, "file": PATCHES_FILE, "sha256": sha256(data), "bytes": len(data)}
    write_atomically(folder / PATCHES_FILE, data)
    write_atomically(folder / PATCHES_CARD, json.dumps(document, indent=1).encode() + b"\n")
    return document


def load_patches(folder: Path, weights_sha256: str | None) -> Patches:
    """The patches of a network's folder.

    Args:
        weights_sha256: of the weights that are there.

    Raises: PatchesUnavailable when there are none, they are damaged, or of other weights.
    """
    try:
        card = json.loads((folder / PATCHES_CARD).read_bytes())
        data = (folder / PATCHES_FILE).read_bytes()
    except (OSError, ValueError):
        raise PatchesUnavailable(
            "It has not been looked for what excites this network's units."
        ) from None
    if not isinstance(card, dict) or card.get("sha256") != sha256(data):
        raise PatchesUnavailable(
            "The patches are damaged: their SHA-256 is not the one their card gives."
        )
    if card.get("weights_sha256") != weights_sha256:
        raise PatchesUnavailable("The patches were made with other weights.")
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = dict(file)
    names = dict.fromkeys(key.rpartition("/")[0] for key in arrays if "/" in key)
    layers = {
        name: Found(*(arrays[f"{name}/{part}"] for part in ("images", "places", "values")))
        for name in names
    }
    return Patches(arrays["images"], arrays["labels"], layers)
