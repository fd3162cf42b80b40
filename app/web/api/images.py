"""What the preparation makes of an image, step by step."""

from typing import Literal

from pydantic import Field

from app.imaging import Prepared, Remark, prepare_matrix, prepare_photo
from app.imaging.decoded_image import Decoded, Source
from app.web.api.preparation import (
    STEPS,
    Mapping,
    PictureQuery,
    PieceOfInk,
    PreparationStep,
    crop_of,
    findings_of,
    max_step_values,
    prepare_as_digit,
    steps_of,
)
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.body import Body
from app.web.wire.picture import to_picture
from app.web.wire.schemas import Schema, Tensor
from app.web.wire.tensors import Answer, DType, named


class PrepareQuery(PictureQuery):
    """What a picture is prepared as, and how the answer carries it."""

    as_: Literal["digit", "photo", "matrix"] = Field(
        "digit", alias="as", description="What the image is prepared for."
    )
    size: int = Field(224, ge=1, le=512, description="The side of a prepared photo in pixels.")
    steps: Literal["full", "thumbnail", "none"] = Field("full", description=STEPS)
    dtype: DType = Field("float32", description="The type of the image and the steps.")


class PrepareAnswer(Schema):
    """A prepared image, (C, H, W) in [0, 1], and how it came about."""

    image: Tensor
    steps: list[PreparationStep]
    mapping: Mapping | None
    source: Source
    pieces: list[PieceOfInk]
    remarks: list[Remark]


def prepare(asked: Asked[PrepareQuery, Body]) -> Answer:
    """An image as a network or an operation takes it, with the picture after every step."""
    query, picture = asked.query, to_picture(asked.body, asked.settings)
    prepared = _prepared(picture, query)
    image = named("image", prepared.image, query.dtype)
    max_values = max_step_values(asked.media_type, asked.settings)
    document = {
        "image": image,
        "steps": steps_of(prepared, query.steps, query.dtype, max_values),
        **findings_of(prepared, picture.source),
    }
    return Answer(document, image, is_in_bytes=query.dtype == "uint8")


def _prepared(picture: Decoded, query: PrepareQuery) -> Prepared:
    """The picture prepared as what the query asks for."""
    if query.as_ == "photo":
        return prepare_photo(picture.image, query.size, crop=crop_of(query), source=picture.source)
    if query.as_ == "matrix":
        return prepare_matrix(picture.image, source=picture.source)
    return prepare_as_digit(picture, query)


ENDPOINTS = (
    Endpoint(
        "POST",
        "/images/prepare",
        prepare,
        PrepareAnswer,
        query=PrepareQuery,
        image="required",
        example={"as": "digit", "steps": "thumbnail"},
        offers=TENSORS,
    ),
)
