"""A picture made ready for a network, and the steps on the way as a document has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.imaging import DigitOptions, Prepared, prepare_digit, thumbnail
from app.web.bodies import Picture
from app.web.queries import DigitQuery
from app.web.tensors import DType, named

THUMBNAIL_SIDE_PX = 64
Detail = Literal["full", "thumbnail", "none"]


@dataclass(frozen=True, slots=True)
class Ready:
    """What goes into a network: the image, and how it was made of the picture.

    Shape: image (C, H, W) in [0, 1]
    """

    image: NDArray[np.float32]
    prepared: Prepared | None
    source: dict[str, Any]

    def as_dict(self, detail: Detail, dtype: DType) -> dict[str, Any]:
        """The members of a document that tell of the preparation."""
        prepared = self.prepared
        return {
            "steps": steps_of(prepared, detail, dtype),
            "mapping": None if prepared is None else prepared.mapping,
            "source": self.source,
        }


def prepare_as_digit(
    picture: Picture, query: DigitQuery, normalization: tuple[float, float] | None = None
) -> Prepared:
    """The picture as an MNIST digit, by the switches of a query."""
    options = DigitOptions(crop=query.crop, box=query.box, centre=query.centre, invert=query.invert)
    if normalization is None:
        return prepare_digit(picture.image, options)
    mean, std = normalization
    return prepare_digit(picture.image, options, mean=mean, std=std)


def steps_of(prepared: Prepared | None, detail: Detail, dtype: DType) -> Sequence[dict[str, Any]]:
    """Each step with its name, what it did, and its picture."""
    if prepared is None or detail == "none":
        return []
    return [
        {
            "name": step.name,
            "detail": step.detail,
            "image": named(
                f"steps.{step.name}",
                thumbnail(step.image, THUMBNAIL_SIDE_PX) if detail == "thumbnail" else step.image,
                dtype,
            ),
        }
        for step in prepared.steps
    ]
