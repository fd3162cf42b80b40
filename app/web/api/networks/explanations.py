"""Which places in a picture made a network decide as it did."""

from typing import Literal

from pydantic import Field

from app.web.api.networks.input import NetworkQuery, image_tensor, make_ready, network_of
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.body import Body
from app.web.wire.schemas import Index, Schema, Tensor
from app.web.wire.tensors import Answer, named
from app.web.workers import stop_if_nobody_waits

MAX_CLASS = 1_000_000


class ExplainQuery(NetworkQuery):
    """By which method, for which class, and at which layer."""

    method: Literal["saliency", "grad_cam", "occlusion", "integrated_gradients"] = Field(
        "grad_cam", description="How it is reckoned which places count."
    )
    class_: int | None = Field(
        None,
        alias="class",
        ge=0,
        le=MAX_CLASS,
        description="The class, counted from 0; the one the network names if not given.",
    )
    against: int | None = Field(
        None,
        ge=0,
        le=MAX_CLASS,
        description="Another class: what counts is then by how much the first is above it.",
    )
    layer: str | None = Field(
        None,
        max_length=100,
        description="Whose maps `grad_cam` looks at; the last convolution if not given.",
    )


class ClassName(Schema):
    """A class by its index and its label."""

    index: Index
    label: str


class ExplainAnswer(Schema):
    """How much each place counts; of `grad_cam` the places are those of the layer's maps."""

    method: str
    class_: ClassName = Field(alias="class")
    against: ClassName | None
    layer: str | None
    attribution: Tensor
    note: str


def explain(asked: Asked[ExplainQuery, Body]) -> Answer:
    """Which places in the picture speak for a class, by one of four methods."""
    from app.networks.attribution import METHODS
    from app.networks.attribution import explain as explain_image

    network, query = network_of(asked), asked.query
    image = image_tensor(make_ready(network, query, asked))
    found = explain_image(
        network,
        image,
        METHODS[query.method],
        query.class_,
        query.against,
        query.layer,
        tell=lambda done, of: stop_if_nobody_waits(),
    )
    labels = network.architecture.classes

    def named_class(index: int) -> dict[str, int | str]:
        return {"index": index, "label": labels[index]}

    reason, attribution = found.reason, found.attribution
    values = named("attribution", attribution.values.numpy())
    document = {
        "method": query.method,
        "class": named_class(reason.index),
        "against": None if reason.against is None else named_class(reason.against),
        "layer": attribution.layer,
        "attribution": values,
        "note": attribution.note,
    }
    return Answer(document, values)


ENDPOINTS = (
    Endpoint(
        "POST",
        "/networks/{name}/explain",
        explain,
        ExplainAnswer,
        query=ExplainQuery,
        image="required",
        example={"name": "mycnn", "method": "grad_cam", "layer": "conv2"},
        offers=TENSORS,
    ),
)
