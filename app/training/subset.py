"""The balanced parts of data sets that ship: digits to learn from, clothes to see."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.networks.checkpoint import sha256, write_atomically
from app.training.mnist import FASHION, MNIST, Collection, DataError

CARD_FILE = "card.json"
SEED = 0


@dataclass(frozen=True)
class SubsetPlan:
    """What of a collection ships: how many images of each class, in which file.

    Args:
        images: what they show, in a word.
        command: what makes it.
        license_file: that lies beside it, where the license asks for its text.
    """

    name: str
    file: str
    collection: Collection
    images: str
    command: str
    train_per_class: int
    test_per_class: int
    license_file: str | None = None

    @property
    def changes(self) -> str:
        """What was done to the collection, in a sentence or two."""
        counts = {"training": self.train_per_class, "test": self.test_per_class}
        words = " and ".join(f"{count} {part}" for part, count in counts.items() if count)
        return (
            f"{words} {self.images} of each class, chosen at random; the pixels are unchanged. "
            "Shared under the same license."
        )


DIGITS = SubsetPlan(
    "mnist-subset", "digits.npz", MNIST, "digits", "python -m app data subset", 600, 100
)
CLOTHES = SubsetPlan(
    "fashion-mnist-subset",
    "clothes.npz",
    FASHION,
    "pictures",
    "python -m app data subset --dataset fashion-mnist",
    0,
    40,
    "LICENSE",
)
SUBSET_NAME = DIGITS.name


def subset_of(dataset: str) -> SubsetPlan:
    """What ships of the data set called `dataset`.

    Raises: DataError when nothing does.
    """
    for plan in (DIGITS, CLOTHES):
        if plan.collection.name == dataset:
            return plan
    raise DataError(f"No part of {dataset!r} ships; of mnist and fashion-mnist one does.")


def balanced_choice(labels: Tensor, per_class: int, seed: int) -> Tensor:
    """Which images to take: the same number of every class, drawn at random, in random order.

    Shape: labels (N,) → (classes · per_class,).
    """
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(labels), generator=generator)
    classes = sorted(set(labels.tolist()))
    chosen = torch.cat([order[labels[order] == label][:per_class] for label in classes])
    return chosen[torch.randperm(len(chosen), generator=generator)]


def make_subset(plan: SubsetPlan, data_dir: Path, folder: Path) -> dict[str, Any]:
    """Choose the images out of the full collection, write them with a card into `folder`.

    The same seed and the same collection give the same bytes.

    Raises: DataError when the collection is not complete.
    """
    tensors = plan.collection.read(data_dir)
    arrays: dict[str, NDArray[np.uint8]] = {}
    for part, per_class in (("train", plan.train_per_class), ("test", plan.test_per_class)):
        labels = tensors[f"{part}_labels"]
        chosen = balanced_choice(labels, per_class, SEED)
        arrays[f"{part}_images"] = tensors[f"{part}_images"][chosen].numpy()
        arrays[f"{part}_labels"] = labels[chosen].numpy()
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    data = buffer.getvalue()
    card = {
        "name": plan.name,
        "file": plan.file,
        "sha256": sha256(data),
        "bytes": len(data),
        "arrays": {name: list(array.shape) for name, array in arrays.items()},
        "origin": {
            **plan.collection.credit,
            "sha256": plan.collection.sha256,
            **({"license_file": plan.license_file} if plan.license_file else {}),
        },
        "changes": plan.changes,
        "seed": SEED,
        "command": plan.command,
    }
    write_atomically(folder / plan.file, data)
    write_atomically(folder / CARD_FILE, json.dumps(card, indent=1).encode() + b"\n")
    return card
