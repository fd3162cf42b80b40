"""The images that ship with the program."""

from typing import Any, Literal

from pydantic import Field, RootModel

from app.imaging import samples, thumbnail
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.negotiation import JSON, SAFETENSORS
from app.web.wire.queries import Query
from app.web.wire.schemas import Schema, Tensor
from app.web.wire.tensors import Answer, DType, NamedTensor, named


class SampleQuery(Query):
    """How a sample is carried."""

    dtype: DType = Field("float32", description="The type of the pixels.")
    side: int | None = Field(
        None, ge=1, le=512, description="Reduced to so many pixels on the longer side."
    )


class PicturesQuery(SampleQuery):
    """Which samples, and how they are carried."""

    names: str = Field(
        min_length=1, max_length=2_000, description="Their names, with commas between them."
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


class SamplePictures(Schema):
    """Some samples with their pixels, in the order that they were named in, each once."""

    samples: list[SampleAnswer]


def list_samples(asked: Asked[Any, Any]) -> Answer:
    """Every sample: its name, its kind, and its label where it has one."""
    return Answer([_row(sample) for sample in samples.list_samples()])


def sample(asked: Asked[SampleQuery, Any]) -> Answer:
    """One sample with its pixels."""
    found, query = samples.get_sample(asked.names["name"]), asked.query
    image = _image("image", found, query)
    return Answer({**_row(found), "image": image}, image, is_in_bytes=query.dtype == "uint8")


def sample_pictures(asked: Asked[PicturesQuery, Any]) -> Answer:
    """Several samples with their pixels, each a tensor under its sample's name."""
    query = asked.query
    found = [samples.get_sample(name) for name in dict.fromkeys(query.names.split(","))]
    rows = [{**_row(each), "image": _image(each.name, each, query)} for each in found]
    return Answer({"samples": rows}, is_in_bytes=query.dtype == "uint8")


def _image(name: str, sample: samples.Sample, query: SampleQuery) -> NamedTensor:
    """The pixels of a sample, as large as they are wanted."""
    image = thumbnail(sample.image, query.side) if query.side else sample.image
    return named(name, image, query.dtype)


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
        "/samples/pictures",
        sample_pictures,
        SamplePictures,
        query=PicturesQuery,
        example={"names": "digit-7-0,clothes-0-0"},
        offers=(JSON, SAFETENSORS),
    ),
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
