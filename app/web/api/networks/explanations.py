"""Which places in a picture made a network decide as it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from app.json_number import number
from app.web.api.networks.input import NetworkQuery, image_tensor, make_ready, network_of
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.body import Body
from app.web.wire.schemas import Index, Number, Schema, Tensor
from app.web.wire.tensors import Answer, named
from app.web.workers import stop_if_nobody_waits

if TYPE_CHECKING:
    from app.networks.attribution import Completeness, Randomized

MAX_CLASS = 1_000_000
MAX_LAYERS = 10_000
MAX_SEED = 2**31 - 1


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
    randomize: int = Field(
        0,
        ge=0,
        le=MAX_LAYERS,
        description="So many of the layers that learn, from the answer backwards, are drawn anew "
        "in a copy: what the method finds there is told beside. 0: none.",
    )
    seed: int = Field(0, ge=0, le=MAX_SEED, description="By which dice they are drawn.")
    ticket: str | None = Field(
        None,
        pattern="^[A-Za-z0-9-]{1,64}$",
        description="A word of your own under which `/progress/{ticket}` tells how far it is.",
    )


class ClassName(Schema):
    """A class by its index and its label."""

    index: Index
    label: str


class CompletenessAnswer(Schema):
    """What all values add up to, beside the difference that they have to add up to."""

    total: Number
    score: Number
    score_of_paper: Number
    difference: Number


class RandomizedAnswer(Schema):
    """What the same method finds once these layers have random weights."""

    layers: list[str]
    seed: int
    attribution: Tensor
    rank_correlation: Number | None


class ExplainAnswer(Schema):
    """How much each place counts; of `grad_cam` the places are those of the layer's maps.

    `learning_layers` are those that can be drawn anew, the one nearest to the answer first.
    """

    method: str
    class_: ClassName = Field(alias="class")
    against: ClassName | None
    layer: str | None
    attribution: Tensor
    note: str
    completeness: CompletenessAnswer | None
    learning_layers: list[str]
    randomized: RandomizedAnswer | None


def explain(asked: Asked[ExplainQuery, Body]) -> Answer:
    """Which places in the picture speak for a class, by one of four methods."""
    from app.networks.attribution import METHODS, Randomization
    from app.networks.attribution import explain as explain_image
    from app.networks.attribution.randomization import learning_layers

    network, query = network_of(asked), asked.query
    image = image_tensor(make_ready(network, query, asked))
    with asked.services.progress.of(query.ticket) as tell_steps:

        def tell(done: int, of: int) -> None:
            stop_if_nobody_waits()
            tell_steps(done, of)

        found = explain_image(
            network,
            image,
            METHODS[query.method],
            query.class_,
            query.against,
            query.layer,
            tell,
            Randomization(query.randomize, query.seed),
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
        "completeness": _complete(attribution.completeness),
        "learning_layers": learning_layers(network.graph),
        "randomized": _beside(found.randomized),
    }
    return Answer(document, values)


def _complete(completeness: Completeness | None) -> dict[str, Any] | None:
    """What all values add up to, as plain values."""
    if completeness is None:
        return None
    return {name: number(getattr(completeness, name)) for name in CompletenessAnswer.model_fields}


def _beside(randomized: Randomized | None) -> dict[str, Any] | None:
    """What is found in the network with random layers; binary, it is the tensor `randomized`."""
    if randomized is None:
        return None
    alike = randomized.rank_correlation
    return {
        "layers": list(randomized.layers),
        "seed": randomized.seed,
        "attribution": named("randomized", randomized.values.numpy()),
        "rank_correlation": None if alike is None else number(alike),
    }


ENDPOINTS = (
    Endpoint(
        "POST",
        "/networks/{name}/explain",
        explain,
        ExplainAnswer,
        query=ExplainQuery,
        image="required",
        example={
            "name": "mycnn",
            "method": "grad_cam",
            "class": 7,
            "against": 1,
            "layer": "relu2",
            "randomize": 1,
        },
        offers=TENSORS,
    ),
)
