"""A picture made ready for a network, and the steps on the way as a document has them."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from app.digit_normalization import MEAN, STD
from app.imaging import (
    DIGIT,
    Crop,
    DigitOptions,
    Image,
    NoSuchPiece,
    Piece,
    Prepared,
    Step,
    Subject,
    prepare_digit,
    thumbnail,
)
from app.imaging.decoded_image import Decoded, Source
from app.settings import Settings
from app.web.wire.negotiation import JSON
from app.web.wire.problems import Place, Problem
from app.web.wire.queries import Query
from app.web.wire.schemas import Schema, Tensor
from app.web.wire.tensors import DType, named

THUMBNAIL_SIDE_PX = 64
MNIST = (MEAN, STD)
Detail = Literal["full", "thumbnail", "none"]
STEPS = (
    "The picture after each step: whole (in JSON, as long as all of them have at most 125,000 "
    "values), reduced to 64 pixels, or left out."
)


class DigitQuery(Query):
    """How a picture becomes the digit that a network sees."""

    crop: bool = Field(True, description="Cut away the empty border.")
    box: bool = Field(True, description="Scale what is left into a box of 20 pixels.")
    centre: bool = Field(True, description="Move the centre of mass to the middle.")
    invert: Literal["auto", "always", "never"] = Field(
        "auto", description="Exchange ink and paper; `auto` where the background is bright."
    )
    border: bool = Field(True, description="Take lines along the picture's edge for no ink.")
    piece: int | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="Which piece of ink to read by itself, as `pieces` has them, counted from 0; "
        "left out, all ink is read as one digit.",
    )


class PictureQuery(DigitQuery):
    """How a picture becomes a digit or a photograph of a network's size."""

    crop_x: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Where the part of a photograph lies that is read: 0 at the left, 1 at the "
        "right.",
    )
    crop_y: float = Field(0.5, ge=0, le=1, description="The same: 0 at the top, 1 at the bottom.")
    crop_size: float = Field(
        1,
        ge=0.01,
        le=1,
        description="Its share of the largest part that has the shape of the network's input.",
    )


class PreparationStep(Schema):
    """One step of the preparation."""

    name: str
    detail: str
    image: Tensor


class MappingAxis(Schema):
    """source = scale · prepared + offset, in pixels."""

    scale: float
    offset: float


class Mapping(Schema):
    """Where a place of the prepared image is in the picture."""

    x: MappingAxis
    y: MappingAxis


class Box(Schema):
    """A part of a picture in its own pixels, up to and without `bottom` and `right`."""

    top: int
    left: int
    bottom: int
    right: int


class PieceOfInk(Schema):
    """One of the pieces of ink that lie beside each other, and its share of all ink."""

    box: Box
    ink: float


class Ready(NamedTuple):
    """What goes into a network: the image, and how it was made of the picture.

    Shape: image (C, H, W) in [0, 1]
    """

    image: NDArray[np.float32]
    prepared: Prepared | None
    source: Source

    @property
    def normalized(self) -> NDArray[np.float32] | None:
        """The last step of the preparation, what the network sees; None where there was none."""
        return None if self.prepared is None else self.prepared.steps[-1].image

    def as_dict(self, detail: Detail, dtype: DType, max_values: int | None) -> dict[str, Any]:
        """The members of a document that tell of the preparation."""
        return {
            "steps": steps_of(self.prepared, detail, dtype, max_values),
            **findings_of(self.prepared, self.source),
        }


def crop_of(query: PictureQuery, usual: float = 1.0) -> Crop:
    """The part of a photograph that a query names.

    Args:
        usual: the size where it names none.
    """
    size = query.crop_size if "crop_size" in query.model_fields_set else usual
    return Crop(query.crop_x, query.crop_y, size)


def prepare_as_digit(
    picture: Decoded,
    query: DigitQuery,
    normalization: tuple[float, float] = MNIST,
    subject: Subject = DIGIT,
) -> Prepared:
    """The picture as an MNIST digit, or what else was made so, by the switches of a query.

    Raises: Problem 422, where the picture has no such piece.
    """
    switches = (query.crop, query.box, query.centre, query.invert, query.border, query.piece)
    options = DigitOptions(*switches, subject)
    mean, std = normalization
    try:
        return prepare_digit(picture.image, options, mean=mean, std=std, source=picture.source)
    except NoSuchPiece as refused:
        raise Problem(422, str(refused), errors=[Place("?piece", str(refused))]) from None


def findings_of(prepared: Prepared | None, source: Source) -> dict[str, Any]:
    """The members that tell of a picture: where its pixels come from, its ink, and remarks."""
    pieces = () if prepared is None else prepared.pieces
    return {
        "mapping": None if prepared is None else prepared.mapping,
        "source": source.as_dict(),
        "pieces": [{"box": _box(found, source.reduction), "ink": found.ink} for found in pieces],
        "remarks": [] if prepared is None else [r.as_dict() for r in prepared.remarks],
    }


def _box(piece: Piece, reduction: int) -> dict[str, int]:
    """The part of a piece in the source's own pixels."""
    return {side: reduction * line for side, line in piece.box._asdict().items()}


def max_step_values(media_type: str, settings: Settings) -> int | None:
    """How many values all steps may have together: in JSON, half of what an answer may."""
    return settings.max_output_values_json // 2 if media_type == JSON else None


def steps_of(
    prepared: Prepared | None, detail: Detail, dtype: DType, max_values: int | None
) -> Sequence[dict[str, Any]]:
    """Each step with its name, what it did, and its picture.

    Args:
        max_values: how many values all pictures may have together before they are reduced to
            thumbnails; JSON has such a limit, a binary answer has none.
    """
    if prepared is None or detail == "none":
        return []
    values = sum(step.image.size for step in prepared.steps)
    is_reduced = detail == "thumbnail" or (max_values is not None and values > max_values)
    images = _thumbnails(prepared.steps) if is_reduced else [step.image for step in prepared.steps]
    return [
        {
            "name": step.name,
            "detail": step.detail,
            "image": named(f"steps.{step.name}", image, dtype),
        }
        for step, image in zip(prepared.steps, images, strict=True)
    ]


def _thumbnails(steps: Sequence[Step]) -> list[Image]:
    """The picture of each step made small; a step that changed nothing shares the one before."""
    small: dict[int, Image] = {}
    for step in steps:
        if id(step.image) not in small:
            small[id(step.image)] = thumbnail(step.image, THUMBNAIL_SIDE_PX)
    return [small[id(step.image)] for step in steps]
