"""Looking through test images for what excites each unit of a network most."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.networks.checkpoint import load_checkpoint
from app.networks.kinds.convolution import Conv2dKind
from app.networks.kinds.linear import LinearKind
from app.networks.loaded_network import LoadedNetwork
from app.networks.patches import COUNT, Found, Patches, save_patches
from app.networks.registry import Architecture
from app.training.datasets import Dataset, credit_of, load_dataset, ordered_batches

BATCH_SIZE = 250


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
    kept, numbers = np.unique(
        np.concatenate([best[name].images.numpy().ravel() for name in names]), return_inverse=True
    )
    layers, start = {}, 0
    for name in names:
        found = best[name]
        end = start + found.images.numel()
        columns = network.layer(name).output_shape[-1]
        places = torch.stack([found.places // columns, found.places % columns], dim=2)
        if len(network.layer(name).output_shape) == 1:
            places = torch.zeros_like(places)
        layers[name] = Found(
            numbers[start:end].reshape(found.images.shape).astype(np.uint16),
            places.numpy().astype(np.uint16),
            found.values.numpy().astype(np.float32),
        )
        start = end
    return Patches(
        dataset.images[kept, 0].numpy(), dataset.labels[kept].numpy().astype(np.uint8), layers
    )


def make_patches(
    architecture: Architecture, device: torch.device, data_dir: Path, models_dir: Path
) -> dict[str, Any]:
    """Find the patches of a trained network, write them beside its weights, and return their card.

    Raises: CheckpointError, GraphError, DataError.
    """
    folder, model = models_dir / architecture.name, architecture.build()
    card = load_checkpoint(folder, model)
    _, test = load_dataset(architecture.dataset, data_dir, models_dir)
    found = find_patches(LoadedNetwork(architecture, model, card, device), test)
    document = {
        "network": architecture.name,
        "weights_sha256": card["weights"]["sha256"],
        "data": {"name": test.name, "sha256": test.sha256, **credit_of(test.name)},
        "changes": f"of {len(test):,} test images the {len(found.images):,} that are shown",
        "units": sum(len(each.values) for each in found.layers.values()),
        "command": f"python -m app patches {architecture.name}",
    }
    return save_patches(folder, found, document)
