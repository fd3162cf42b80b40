"""The balanced part of MNIST that ships with the program: enough to learn from with no network."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.networks.checkpoint import sha256, write_atomically
from app.training.mnist import CREDIT, data_sha256, read_mnist

SUBSET_NAME = "mnist-subset"
SUBSET_FILE = "digits.npz"
CARD_FILE = "card.json"
SEED = 0
TRAIN_PER_CLASS = 600
TEST_PER_CLASS = 100


def balanced_choice(labels: Tensor, per_class: int, seed: int) -> Tensor:
    """Which images to take: the same number of every class, drawn at random, in random order.

    Shape: labels (N,) → (classes · per_class,).
    """
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(labels), generator=generator)
    classes = sorted(set(labels.tolist()))
    chosen = torch.cat([order[labels[order] == label][:per_class] for label in classes])
    return chosen[torch.randperm(len(chosen), generator=generator)]


def make_subset(data_dir: Path, folder: Path) -> dict[str, Any]:
    """Choose the digits out of the full MNIST, write them with a card into `folder`.

    The same seed and the same MNIST give the same bytes.

    Raises: DataError when MNIST is not complete.
    """
    tensors = read_mnist(data_dir)
    arrays: dict[str, NDArray[np.uint8]] = {}
    for part, per_class in (("train", TRAIN_PER_CLASS), ("test", TEST_PER_CLASS)):
        labels = tensors[f"{part}_labels"]
        chosen = balanced_choice(labels, per_class, SEED)
        arrays[f"{part}_images"] = tensors[f"{part}_images"][chosen].numpy()
        arrays[f"{part}_labels"] = labels[chosen].numpy()
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    data = buffer.getvalue()
    card = {
        "name": SUBSET_NAME,
        "file": SUBSET_FILE,
        "sha256": sha256(data),
        "bytes": len(data),
        "arrays": {name: list(array.shape) for name, array in arrays.items()},
        "origin": {**CREDIT, "sha256": data_sha256()},
        "changes": (
            f"{TRAIN_PER_CLASS} training and {TEST_PER_CLASS} test digits of each class, "
            "chosen at random; the pixels are unchanged. Shared under the same license."
        ),
        "seed": SEED,
        "command": "python -m app data subset",
    }
    write_atomically(folder / SUBSET_FILE, data)
    write_atomically(folder / CARD_FILE, json.dumps(card, indent=1).encode() + b"\n")
    return card
