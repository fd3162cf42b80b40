"""Labelled images in memory, their split, and the batches a run takes from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.imaging import subset as imaging_subset
from app.networks.normalization import Normalization
from app.training.mnist import COLLECTIONS, FASHION, MNIST, Collection, DataError
from app.training.subset import CARD_FILE, SUBSET_NAME

OWN = "own:"
"""What the names of the user's own data sets begin with."""


@dataclass(frozen=True)
class Dataset:
    """Images with their labels, kept as bytes: MNIST is 47 MB this way and 188 MB as floats.

    Shape: images (N, C, H, W) uint8; labels (N,) int64.
    """

    name: str
    images: Tensor
    labels: Tensor
    sha256: str

    def __len__(self) -> int:
        return self.images.shape[0]

    def subset(self, indices: Tensor) -> Dataset:
        """The images and labels at `indices` (n,), under the same name."""
        return Dataset(self.name, self.images[indices], self.labels[indices], self.sha256)

    def batch(
        self,
        indices: Tensor,
        normalization: Normalization,
        device: torch.device,
        change: Callable[[Tensor], Tensor] | None = None,
    ) -> tuple[Tensor, Tensor]:
        """The images at `indices` as normalized floats, with their labels, on the device."""
        images = self.images[indices].to(device).float().div_(255.0)
        if change is not None:
            images = change(images)
        return normalization(images), self.labels[indices].to(device)


def load_collection(collection: Collection, data_dir: Path) -> tuple[Dataset, Dataset]:
    """The 60,000 training and 10,000 test images of MNIST, or of what is made like it.

    Raises: DataError when a file is missing or damaged.
    """
    tensors = collection.read(data_dir)

    def dataset(part: str) -> Dataset:
        images = tensors[f"{part}_images"].unsqueeze(1)  # (N, 1, 28, 28)
        labels = tensors[f"{part}_labels"].long()
        return Dataset(collection.name, images, labels, collection.sha256)

    return dataset("train"), dataset("test")


def load_subset(folder: Path) -> tuple[Dataset, Dataset]:
    """The 6,000 training and 1,000 test digits that ship, from their folder in models/.

    Raises: DataError when they are missing, or their SHA-256 is not the one their card gives.
    """
    try:
        digits = imaging_subset.load_subset(folder)
    except imaging_subset.SubsetDamaged as error:
        raise DataError(f"{error} Make it with: python -m app data subset") from None
    sha256 = json.loads((folder / CARD_FILE).read_bytes())["sha256"]

    def dataset(images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> Dataset:
        return Dataset(
            SUBSET_NAME, torch.tensor(images).unsqueeze(1), torch.tensor(labels).long(), sha256
        )

    return (
        dataset(digits.train_images, digits.train_labels),
        dataset(digits.test_images, digits.test_labels),
    )


def credit_of(name: str) -> dict[str, str]:
    """Whose images the data set called `name` holds, and under which license."""
    return FASHION.credit if name == FASHION.name else MNIST.credit


def load_dataset(name: str, data_dir: Path, models_dir: Path) -> tuple[Dataset, Dataset]:
    """The training and the test part of the data set called `name`.

    Args:
        data_dir: where the full data sets are; models_dir: where the shipped subset is.

    Raises: DataError when there is none of that name, or it is not complete.
    """
    if name in COLLECTIONS:
        return load_collection(COLLECTIONS[name], data_dir)
    if name == SUBSET_NAME:
        return load_subset(models_dir / SUBSET_NAME)
    known = ", ".join([*COLLECTIONS, SUBSET_NAME])
    raise DataError(f"There is no data set called {name!r}; there is {known}.")


def training_images(name: str, models_dir: Path) -> int:
    """How many images of the data set called `name` are there to train and to validate with."""
    if name in COLLECTIONS:
        return COLLECTIONS[name].files["train_images"].shape[0]
    card = json.loads((models_dir / SUBSET_NAME / CARD_FILE).read_bytes())
    count: int = card["arrays"]["train_images"][0]
    return count


def split(dataset: Dataset, share: float, seed: int) -> tuple[Dataset, Dataset]:
    """The data cut in two at random: one part to train on, the other to validate with.

    Of a set of the user's own each class is cut by itself: of a few pictures none may be missing.

    Args:
        share: of the images, how many go into the first part.
        seed: the same seed gives the same cut.
    """
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed))
    if not dataset.name.startswith(OWN):
        count = round(len(dataset) * share)
        return dataset.subset(order[:count]), dataset.subset(order[count:])
    labels = dataset.labels[order]
    is_first = torch.zeros(len(order), dtype=torch.bool)
    for label in set(labels.tolist()):
        places = (labels == label).nonzero()[:, 0]
        is_first[places[: share_of(len(places), share)]] = True
    return dataset.subset(order[is_first]), dataset.subset(order[~is_first])


def share_of(count: int, share: float) -> int:
    """How many of a class's pictures are trained on: at least one, and at least one is not."""
    return max(1, min(count - 1, round(count * share)))


def shuffled_batches(
    dataset: Dataset,
    batch_size: int,
    normalization: Normalization,
    generator: torch.Generator,
    device: torch.device,
    change: Callable[[Tensor], Tensor] | None = None,
    skip: int = 0,
) -> Iterator[tuple[Tensor, Tensor]]:
    """Every image once, in an order drawn from `generator`, as normalized batches.

    Args:
        change: what is done to the images, values in [0, 1], before they are normalized.
        skip: so many batches are left out at the beginning.

    Shape: each batch is images (n, C, H, W) float32 and labels (n,), n ≤ batch_size.
    """
    order = torch.randperm(len(dataset), generator=generator)
    for indices in torch.split(order, batch_size)[skip:]:
        yield dataset.batch(indices, normalization, device, change)


def ordered_batches(
    dataset: Dataset, batch_size: int, normalization: Normalization, device: torch.device
) -> Iterator[tuple[Tensor, Tensor]]:
    """Every image once, in the order of the data set, as normalized batches."""
    for indices in torch.split(torch.arange(len(dataset)), batch_size):
        yield dataset.batch(indices, normalization, device)
