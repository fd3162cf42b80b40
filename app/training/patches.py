"""Looking through images for what excites each unit of a network most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.imaging.photographs import caption, names
from app.networks.checkpoint import load_checkpoint
from app.networks.kinds.convolution import Conv2dKind
from app.networks.kinds.linear import LinearKind
from app.networks.loaded_network import LoadedNetwork
from app.networks.patches import COUNT, Found, Patches, patches_card, save_patches
from app.networks.registry import Architecture
from app.training.datasets import Dataset, credit_of, load_dataset, ordered_batches
from app.training.photographs import photographs_for

BATCH_SIZE = 250

Strongest = tuple[Tensor, Tensor, Tensor]
"""Values, images and places, each (units, 9)."""


@dataclass
class _Best:
    """Of one layer the strongest so far: values, images and places, each (units, ≤ 9)."""

    values: Tensor = field(default_factory=lambda: torch.empty(0))
    images: Tensor = field(default_factory=lambda: torch.empty(0, dtype=torch.int64))
    places: Tensor = field(default_factory=lambda: torch.empty(0, dtype=torch.int64))

    def add(self, activation: Tensor, first: int) -> None:
        """A batch: the strongest place of each image competes, of equals the earlier one.

        Args:
            activation: (N, units, …).
            first: the number of its first image.
        """
        values, places = (
            activation.flatten(2).max(dim=2)
            if activation.dim() == 4
            else (
                activation,
                torch.zeros_like(activation, dtype=torch.int64),
            )
        )
        images = torch.arange(first, first + len(values))[:, None].expand_as(values)
        if self.values.numel():
            values = torch.cat([self.values, values.T], dim=1)
            images = torch.cat([self.images, images.T], dim=1)
            places = torch.cat([self.places, places.T], dim=1)
        else:
            values, images, places = values.T, images.T, places.T
        order = values.argsort(dim=1, descending=True, stable=True)[:, :COUNT]
        self.values, self.images, self.places = (
            each.gather(1, order) for each in (values, images, places)
        )


def layers_with_units(network: LoadedNetwork) -> list[str]:
    """The layers that learned what to look for: convolutions and dense layers."""
    learned = (Conv2dKind, LinearKind)
    return [each.name for each in network.outline.layers if isinstance(each.explained_by, learned)]


def find_patches(network: LoadedNetwork, dataset: Dataset) -> Patches:
    """For each unit the nine images that excite it most, and where; at most one place an image."""
    names = layers_with_units(network)
    best = {name: _Best() for name in names}
    normalization = network.architecture.normalization
    first = 0
    with torch.inference_mode():
        for images, _ in ordered_batches(dataset, BATCH_SIZE, normalization, network.device):
            for name, activation in network.graph.run(images, keep=names).items():
                best[name].add(activation.float().cpu(), first)
            first += len(images)
    found = {name: (each.values, each.images, each.places) for name, each in best.items()}
    return _kept(network, dataset, found)


def find_in_photographs(network: LoadedNetwork, dataset: Dataset, titles: Sequence[str]) -> Patches:
    """For each unit up to nine places in a few photographs that excite it most.

    A photograph may have several, where what the unit sees there overlaps by less than half.
    """
    names = layers_with_units(network)
    found: dict[str, Strongest] = {}
    with torch.inference_mode():
        ((images, _),) = ordered_batches(
            dataset, len(dataset), network.architecture.normalization, network.device
        )
        for name, activation in network.graph.run(images, keep=names).items():
            maps = activation.float().cpu()
            field = network.layer(name).receptive_field
            apart = [
                ceil(size / (2 * stride)) if stride else max(maps.shape)
                for size, stride in zip(field.size, field.stride, strict=True)
            ]
            found[name] = strongest_apart(maps[..., None, None] if maps.dim() == 2 else maps, apart)
    return replace(_kept(network, dataset, found), titles=tuple(titles))


def strongest_apart(maps: Tensor, apart: Sequence[int]) -> Strongest:
    """Of each unit up to nine places in all images, the strongest first; of equals the earlier one.

    Args:
        apart: how many rows, or how many columns, lie at least between two places of one image.

    Shape: (N, units, H, W) → values, images and places, each (units, 9); NaN where there are fewer
    """
    _, units, rows, columns = maps.shape
    left = maps.transpose(0, 1).clone()  # (units, N, H, W)
    picked = []
    for _ in range(COUNT):
        values, places = left.flatten(1).max(dim=1)
        image, place = places // (rows * columns), places % (rows * columns)
        picked.append((values.masked_fill(values.isneginf(), nan), image, place))
        is_near = [
            (torch.arange(size) - at[:, None]).abs() < distance
            for size, at, distance in zip(
                (rows, columns), (place // columns, place % columns), apart, strict=True
            )
        ]
        taken = left[torch.arange(units), image]
        near = is_near[0][:, :, None] & is_near[1][:, None, :]
        left[torch.arange(units), image] = taken.masked_fill(near, -inf)
    values, image, place = (torch.stack(each, dim=1) for each in zip(*picked, strict=True))
    return values, image, place


def _kept(network: LoadedNetwork, dataset: Dataset, found: Mapping[str, Strongest]) -> Patches:
    """What was found, with the images that it was found in."""
    kept, numbers = np.unique(
        np.concatenate([images.numpy().ravel() for _, images, _ in found.values()]),
        return_inverse=True,
    )
    layers, start = {}, 0
    for name, (values, images, places) in found.items():
        end = start + images.numel()
        shape = network.layer(name).output_shape
        columns = shape[-1] if len(shape) == 3 else 1
        lines = torch.stack([places // columns, places % columns], dim=2)
        layers[name] = Found(
            numbers[start:end].reshape(images.shape).astype(np.uint16),
            lines.numpy().astype(np.uint16),
            values.numpy().astype(np.float32),
        )
        start = end
    shown = dataset.images[kept].numpy()
    return Patches(
        shown[:, 0] if shown.shape[1] == 1 else shown,
        dataset.labels[kept].numpy().astype(np.uint8),
        layers,
    )


def make_patches(
    architecture: Architecture, device: torch.device, data_dir: Path, models_dir: Path
) -> dict[str, Any]:
    """Find the patches of a network, write them beside its weights, and return their card.

    Raises: CheckpointError, GraphError, DataError, PhotographsDamaged.
    """
    card_file, model = patches_card(architecture, models_dir), architecture.build()
    card = load_checkpoint(card_file.parent, model)
    network = LoadedNetwork(architecture, model, card, device)
    if architecture.preparation == "photo":
        dataset = photographs_for(architecture)
        found = find_in_photographs(network, dataset, [caption(name).title for name in names()])
        credit, of = {"credit": "models/photographs/card.json"}, "photographs"
    else:
        _, dataset = load_dataset(architecture.dataset, data_dir, models_dir)
        found = find_patches(network, dataset)
        credit, of = credit_of(dataset.name), "test images"
    document = {
        "network": architecture.name,
        "weights_sha256": card["weights"]["sha256"],
        "data": {"name": dataset.name, "sha256": dataset.sha256, **credit},
        "changes": f"of {len(dataset):,} {of} the {len(found.images):,} that are shown",
        "units": sum(len(each.values) for each in found.layers.values()),
        "command": f"python -m app patches {architecture.name}",
    }
    return save_patches(card_file, found, document)
