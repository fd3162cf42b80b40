"""The images that ship with the program."""

from typing import Any, Literal

from pydantic import Field, RootModel

from app.imaging import samples, thumbnail
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.queries import Query
from app.web.wire.schemas import Schema, Tensor
from app.web.wire.tensors import Answer, DType, named


class SampleQuery(Query):
    """How a sample is carried."""

    dtype: DType = Field("float32", description="The type of the pixels.")
    side: int | None = Field(
        None, ge=1, le=512, description="Reduced to so many pixels on the longer side."
    )


class SampleRow(Schema):
    """A sample in the list.

    Of a photograph also its title, whose it is under which licence, and the classes of ImageNet
    that it shows.
    """

    name: str
    kind: Literal["digit", "clothes", "pattern", "photograph"]
    label: int | None
    title: str | None
    credit: str | None
    imagenet: list[str] | None


class SampleList(RootModel[list[SampleRow]]):
    """Every sample."""


class SampleAnswer(SampleRow):
    """A sample with its pixels."""

    image: Tensor


def list_samples(asked: Asked[Any, Any]) -> Answer:
    """Every sample: its name, its kind, and its label where it has one."""
    return Answer([_row(sample) for sample in samples.list_samples()])


def sample(asked: Asked[SampleQuery, Any]) -> Answer:
    """One sample with its pixels."""
    found, dtype = samples.get_sample(asked.names["name"]), asked.query.dtype
    side = asked.query.side
    image = named("image", thumbnail(found.image, side) if side else found.image, dtype)
    return Answer({**_row(found), "image": image}, image, is_in_bytes=dtype == "uint8")


def _row(sample: samples.Sample) -> dict[str, Any]:
    """A sample in the list."""
    caption = sample.caption
    return {
        "name": sample.name,
        "kind": sample.kind,
        "label": sample.label,
        "title": caption and caption.title,
        "credit": caption and caption.credit,
        "imagenet": caption and list(caption.imagenet),
    }


ENDPOINTS = (
    Endpoint(
        "GET",
        "/samples/{name}",
        sample,
        SampleAnswer,
        query=SampleQuery,
        example={"name": "digit-7-0"},
        offers=TENSORS,
    ),
    Endpoint("GET", "/samples", list_samples, SampleList),
)
