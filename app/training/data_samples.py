"""A look at a data set: how many pictures each class has, and some of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.imaging import subset as imaging_subset
from app.networks.architectures.fashion_mycnn import CLOTHES
from app.networks.registry import DIGITS
from app.training.mnist import COLLECTIONS, FASHION, Collection, DataError, parse_idx
from app.training.pictures.picture_set import PictureSet
from app.training.subset import SUBSET_NAME

IMAGES_HEADER_BYTES = 16


@dataclass(frozen=True, eq=False)
class LabelledPictures:
    """The part of a data set that is learned from.

    Args:
        test: how many pictures more there are to test with.

    Shape: images (N, H, W) or (N, 3, H, W) uint8, maybe still on the disk; labels (N,).
    """

    classes: tuple[str, ...]
    images: NDArray[np.uint8]
    labels: NDArray[Any]
    test: int

    @property
    def counts(self) -> dict[str, int]:
        """How many pictures each class has."""
        numbers = np.bincount(self.labels, minlength=len(self.classes)).tolist()
        return dict(zip(self.classes, numbers, strict=True))

    def sample(self, per_class: int) -> NDArray[np.int64]:
        """The indices of the first pictures of each class, class after class."""
        found = [
            np.flatnonzero(self.labels == each)[:per_class] for each in range(len(self.classes))
        ]
        return np.concatenate([*found, np.zeros(0, np.int64)])


def shipped_pictures(models_dir: Path) -> LabelledPictures:
    """The digits that ship. Raises: Unavailable."""
    digits = imaging_subset.load_subset(models_dir / SUBSET_NAME)
    images, labels = digits.train_images, digits.train_labels
    return LabelledPictures(DIGITS, images, labels, len(digits.test_labels))


def collection_pictures(collection: Collection, data_dir: Path) -> LabelledPictures:
    """A data set that is here; of its images only what is looked at is read.

    Raises: DataError when a file is missing or damaged.
    """
    folder, files = collection.directory(data_dir), collection.files
    images = files["train_images"]
    try:
        labels = parse_idx(
            (folder / files["train_labels"].name).read_bytes(), files["train_labels"]
        )
        pixels = np.memmap(
            folder / images.name, np.uint8, "r", IMAGES_HEADER_BYTES, shape=images.shape
        )
    except (OSError, ValueError) as error:
        reason = str(error) if isinstance(error, DataError) else "a file is missing or too short."
        raise DataError(f"{collection.title} is not complete: {reason}") from None
    return LabelledPictures(
        classes_of(collection), pixels, labels.numpy(), files["test_labels"].shape[0]
    )


def classes_of(collection: Collection) -> tuple[str, ...]:
    """What the classes of a data set are called."""
    assert collection.name in COLLECTIONS
    return CLOTHES if collection is FASHION else DIGITS


def own_pictures(pictures: PictureSet) -> LabelledPictures:
    """A set of the user's own; none of it is kept apart."""
    return LabelledPictures(pictures.classes, pictures.images, pictures.labels, 0)
