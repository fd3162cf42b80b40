"""The digits and clothes that ship with the program, as arrays."""

import hashlib
import io
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.refusals import Unavailable

MODELS = Path(__file__).resolve().parents[2] / "models"
FOLDER = MODELS / "mnist-subset"
CLOTHES = MODELS / "fashion-mnist-subset"
_FILES = {"mnist-subset": "digits.npz", "fashion-mnist-subset": "clothes.npz"}
_CARD = "card.json"


class SubsetDamaged(Unavailable):
    """The shipped images are missing or not those that their card describes."""


@dataclass(frozen=True, slots=True, eq=False)
class Subset:
    """Training and test images of MNIST or Fashion-MNIST, as many of each class.

    Shape: images (N, 28, 28), labels (N,); all uint8 and not writable

    Source: MNIST by LeCun, Cortes and Burges, CC BY-SA 3.0; Fashion-MNIST by Xiao, Rasul and
    Vollgraf, MIT.
    """

    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.uint8]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.uint8]


@lru_cache(maxsize=2)
def load_subset(folder: Path = FOLDER) -> Subset:
    """The shipped images of a folder, read once and held to the SHA-256 of their card.

    Raises: SubsetDamaged.
    """
    file = _FILES.get(folder.name, "digits.npz")
    try:
        data = (folder / file).read_bytes()
        card = json.loads((folder / _CARD).read_bytes())
    except (OSError, ValueError):
        raise SubsetDamaged(f"{file} or its {_CARD} is missing or cannot be read.") from None
    if not isinstance(card, dict) or card.get("sha256") != hashlib.sha256(data).hexdigest():
        raise SubsetDamaged(f"{file} does not have the SHA-256 that its {_CARD} gives.")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        subset = Subset(**{name: arrays[name] for name in Subset.__dataclass_fields__})
    for name in Subset.__dataclass_fields__:
        getattr(subset, name).flags.writeable = False
    return subset
