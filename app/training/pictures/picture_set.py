"""Pictures under labels of the user's own, as one value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

Pictures = NDArray[np.uint8]
Kind = Literal["drawings", "photographs"]

SHAPES: dict[Kind, tuple[int, ...]] = {"drawings": (28, 28), "photographs": (3, 224, 224)}
"""Of one picture: as MNIST has digits, and as networks of photographs take them."""

LABEL_CHARACTERS = 40
TITLE_CHARACTERS = 60


@dataclass(frozen=True, eq=False)
class PictureSet:
    """A data set, changed by making another.

    Args:
        title: how its owner calls it.
        classes: the labels that have a picture, in the order in which they came.

    Shape: images (N, H, W), or (N, 3, H, W) of photographs; labels (N,), indices into `classes`.
    """

    title: str
    kind: Kind
    classes: tuple[str, ...]
    images: Pictures
    labels: NDArray[np.int64]

    @classmethod
    def empty(cls, title: str, kind: Kind) -> Self:
        """A set without pictures."""
        images = np.zeros((0, *SHAPES[kind]), np.uint8)
        return cls(title, kind, (), images, np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self.images)

    @property
    def counts(self) -> dict[str, int]:
        """How many pictures each label has."""
        numbers = np.bincount(self.labels, minlength=len(self.classes)).tolist()
        return dict(zip(self.classes, numbers, strict=True))

    @property
    def sha256(self) -> str:
        """Of pictures, labels and classes: two sets with the same teach the same."""
        digest = hashlib.sha256("\n".join((self.kind, *self.classes)).encode())
        digest.update(self.labels.tobytes())
        digest.update(self.images.tobytes())
        return digest.hexdigest()

    def with_picture(self, image: Pictures, label: str, at: int | None = None) -> Self:
        """With one picture more, at a place among the others; the last where none is said."""
        place = len(self) if at is None else min(at, len(self))
        classes = self.classes if label in self.classes else (*self.classes, label)
        labels = np.insert(self.labels, place, classes.index(label))
        images = np.insert(self.images, place, image, axis=0)
        return replace(self, classes=classes, images=images, labels=labels)

    def without_picture(self, index: int) -> Self:
        """Without the picture at `index`, and its label where it had no other."""
        images = np.delete(self.images, index, axis=0)
        labels = np.delete(self.labels, index)
        return replace(self, images=images, labels=labels).tidied()

    def relabelled(self, names: dict[str, str]) -> Self:
        """With other names of labels; two that get the same name become one."""
        named = [names.get(label, label) for label in self.classes]
        classes = tuple(dict.fromkeys(named))
        to = np.array([classes.index(label) for label in named], np.int64)
        return replace(self, classes=classes, labels=to[self.labels] if len(to) else self.labels)

    def tidied(self) -> Self:
        """With each label once, and none that has no picture."""
        names = self.relabelled({})
        kept = [label for label, count in names.counts.items() if count]
        place = {label: index for index, label in enumerate(kept)}
        to = np.array([place.get(label, 0) for label in names.classes], np.int64)
        labels = to[names.labels] if len(to) else names.labels
        return replace(names, classes=tuple(kept), labels=labels)
