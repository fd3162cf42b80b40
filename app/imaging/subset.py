"""The digits that ship with the program, as arrays."""

import hashlib
import io
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.refusals import Unavailable

FOLDER = Path(__file__).resolve().parents[2] / "models" / "mnist-subset"
_FILE = "digits.npz"
_CARD = "card.json"


class SubsetDamaged(Unavailable):
    """The shipped digits are missing or not those that their card describes."""


@dataclass(frozen=True, slots=True, eq=False)
class Subset:
    """6,000 training and 1,000 test digits of MNIST, as many of each class.

    Shape: images (N, 28, 28), labels (N,); all uint8 and not writable

    Source: MNIST by LeCun, Cortes and Burges, CC BY-SA 3.0.
    """

    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.uint8]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.uint8]


@lru_cache(maxsize=2)
def load_subset(folder: Path = FOLDER) -> Subset:
    """The shipped digits, read once and held to the SHA-256 of their card.

    Raises: SubsetDamaged.
    """
    try:
        data = (folder / _FILE).read_bytes()
        card = json.loads((folder / _CARD).read_bytes())
    except (OSError, ValueError):
        raise SubsetDamaged(f"{_FILE} or its {_CARD} is missing or cannot be read.") from None
    if not isinstance(card, dict) or card.get("sha256") != hashlib.sha256(data).hexdigest():
        raise SubsetDamaged(f"{_FILE} does not have the SHA-256 that its {_CARD} gives.")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        subset = Subset(**{name: arrays[name] for name in Subset.__dataclass_fields__})
    for name in Subset.__dataclass_fields__:
        getattr(subset, name).flags.writeable = False
    return subset
