"""The images that one can pick instead of drawing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal

import numpy as np

from app.imaging.byte_values import unit_values
from app.imaging.decoded_image import Image
from app.imaging.patterns import patterns
from app.imaging.photographs import Caption, caption, names, photograph
from app.imaging.subset import CLOTHES, FOLDER, Subset, load_subset
from app.refusals import UnknownName

# Of each class's images in the order of how near they are to the class's mean: the most typical
# one, and two that another hand wrote.
_RANKS = (0, 10, 28)


class UnknownSample(UnknownName):
    """A name that no sample has."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One image with its name.

    `label` is the class it shows, None for all that have none; a photograph has a caption instead.

    Shape: image (1, 28, 28), a photograph's (3, H, W), in [0, 1]
    """

    name: str
    kind: Literal["digit", "clothes", "pattern", "photograph"]
    label: int | None
    load: Callable[[], Image]
    caption: Caption | None = None

    @property
    def image(self) -> Image:
        """The pixels; a photograph is decoded when they are first asked for.

        Raises: PhotographsDamaged.
        """
        return self.load()


def list_samples() -> tuple[Sample, ...]:
    """Every sample, digits 0 to 9 first, then clothes, photographs last.

    Raises: PhotographsDamaged, SubsetDamaged.
    """
    return tuple(_samples().values())


def get_sample(name: str) -> Sample:
    """The sample of a name.

    Raises: UnknownSample.
    """
    found = _samples().get(name)
    if found is None:
        raise UnknownSample("There is no sample of this name; GET /api/v1/samples lists them all.")
    return found


@lru_cache(maxsize=1)
def _samples() -> dict[str, Sample]:
    """Every sample under its name."""
    digits, clothes = _of_classes("digit", FOLDER), _of_classes("clothes", CLOTHES)
    drawn = [Sample(name, "pattern", None, _constant(image)) for name, image in patterns().items()]
    taken = [
        Sample(name, "photograph", None, partial(photograph, name), caption(name))
        for name in names()
    ]
    return {sample.name: sample for sample in (*digits, *clothes, *drawn, *taken)}


def _constant(image: Image) -> Callable[[], Image]:
    """What gives an image that nobody can change."""
    image.flags.writeable = False
    return lambda: image


def _of_classes(kind: Literal["digit", "clothes"], folder: Path) -> list[Sample]:
    """A few test images of each class: none that a network was trained on."""
    return [
        Sample(f"{kind}-{label}-{number}", kind, label, _constant(image))
        for label in range(10)
        for number, image in enumerate(_typical(load_subset(folder), label))
    ]


def _typical(subset: Subset, label: int) -> list[Image]:
    """A few test images of one class.

    Shape: (1, 28, 28) each
    """
    images = unit_values(subset.test_images[subset.test_labels == label])
    distances = ((images - images.mean(axis=0)) ** 2).sum(axis=(1, 2))
    order = np.argsort(distances, kind="stable")
    return [images[order[rank]][np.newaxis] for rank in _RANKS]
