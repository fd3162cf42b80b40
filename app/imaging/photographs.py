"""The photographs that ship with the program."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.imaging.decode import decode
from app.imaging.decoded_image import Image, ImageRefused
from app.refusals import Unavailable

FOLDER = Path(__file__).resolve().parents[2] / "models" / "photographs"
_CARD = "card.json"


class PhotographsDamaged(Unavailable):
    """A shipped photograph is missing or not the one that the card describes."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What a photograph shows, and whose it is under which licence.

    `imagenet`: the classes of ImageNet that it shows; some show none, for it has no class for
    everything.
    """

    title: str
    credit: str
    imagenet: tuple[str, ...]


@lru_cache(maxsize=2)
def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """What the photographs are called, in the card's order.

    Raises: PhotographsDamaged.
    """
    return tuple(_rows(folder))


def caption(name: str, folder: Path = FOLDER) -> Caption:
    """What the card says of one photograph.

    Raises: PhotographsDamaged; KeyError where the card has no such name.
    """
    return _rows(folder)[name][1]


@lru_cache(maxsize=8)
def photograph(name: str, folder: Path = FOLDER) -> Image:
    """One photograph, held to the SHA-256 of its card and decoded once.

    Shape: (3, H, W) in [0, 1]; H and W at most 512, not writable

    Raises: PhotographsDamaged; KeyError where the card has no such name.
    """
    sha256, _ = _rows(folder)[name]
    file = f"{name}.jpg"
    try:
        data = (folder / file).read_bytes()
    except OSError:
        raise PhotographsDamaged(f"The photograph {file} is missing or cannot be read.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise PhotographsDamaged(f"{file} does not have the SHA-256 that its {_CARD} gives.")
    try:
        image = decode(data).image
    except ImageRefused as refused:
        raise PhotographsDamaged(f"{file} cannot be decoded: {refused}") from None
    image.flags.writeable = False
    return image


@lru_cache(maxsize=2)
def _rows(folder: Path) -> dict[str, tuple[str, Caption]]:
    """The SHA-256 and the caption of every photograph under its name."""
    try:
        rows = json.loads((folder / _CARD).read_bytes())["photographs"]
        return {str(row["name"]): (str(row["sha256"]), _caption(row)) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        raise PhotographsDamaged(f"The photographs' {_CARD} is missing or damaged.") from None


def _caption(row: dict[str, Any]) -> Caption:
    """What one row of the card says. Raises: KeyError, TypeError."""
    credit = f"{row['author']}, {row['license']}"
    return Caption(str(row["title"]), credit, tuple(map(str, row["imagenet"])))
