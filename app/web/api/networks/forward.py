"""A forward pass: the prediction, and the activation of every layer that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from app.imaging import Remark
from app.imaging.decoded_image import Source
from app.json_number import number
from app.web.api.networks.input import (
    NetworkQuery,
    as_tensor,
    is_at_hand,
    make_ready,
    network_of,
)
from app.web.api.networks.layer_rows import (
    Extremes,
    Layer,
    add_activations,
    carried_maps,
    layer_rows,
    range_of,
)
from app.web.api.preparation import STEPS, Mapping, PieceOfInk, PreparationStep, max_step_values
from app.web.endpoint import TENSORS, UNKNOWN_COST, Asked, Endpoint, Work
from app.web.wire.body import Body
from app.web.wire.negotiation import JSON, NPY
from app.web.wire.problems import Place, Problem
from app.web.wire.schemas import Index, Number, Schema, Tensor
from app.web.wire.tensors import Answer, Array, DType, NamedTensor, named

if TYPE_CHECKING:
    from app.networks import Forward, LoadedNetwork


class ForwardQuery(NetworkQuery):
    """Which of the activations to give, and how."""

    layers: str = Field(
        "all", max_length=20_000, description="`all`, or names of layers separated by commas."
    )
    thumbnails: str = Field(
        "",
        max_length=40_000,
        description="Names of further layers, whose maps a binary answer carries small.",
    )
    side: int = Field(
        28, ge=1, le=128, description="The most rows and columns of a map that is carried small."
    )
    range: bool = Field(
        False, description="Whether to say from where to where the values of all layers go."
    )
    top: int = Field(5, ge=1, le=1_000, description="How many classes to list, best first.")
    activations: bool = Field(
        False, description="Whether JSON carries the activations; a binary answer always does."
    )
    input: bool = Field(
        True,
        description="Whether JSON carries what the network sees, of a photograph most of the "
        "answer; a binary answer always does.",
    )
    steps: Literal["full", "thumbnail", "none"] = Field("full", description=STEPS)
    dtype: DType = Field("float32", description="The type of the activations and the steps.")


class Class(Schema):
    """A class and how probable the network finds it."""

    index: Index
    label: str
    probability: Number


class ForwardAnswer(Schema):
    """What a network made of an image; one that gives something else than logits names no class.

    `path` is the way that it took, where it decides by what it sees; `outputs` are the layers whose
    values it gives. `input` is what it saw, unless that was not asked for.
    """

    network: str
    path: Index
    prediction: Class | None
    top: list[Class]
    logits: Tensor | None
    probabilities: Tensor | None
    outputs: list[str]
    input: Tensor | None
    steps: list[PreparationStep]
    mapping: Mapping | None
    source: Source
    pieces: list[PieceOfInk]
    remarks: list[Remark]
    range: Extremes | None
    layers: list[Layer]


def forward(asked: Asked[ForwardQuery, Body]) -> Work:
    """What a network makes of an image: the prediction, and the activation of every layer."""
    # What an encoded picture costs to decode, nobody knows before it is done.
    is_known = asked.body.media_type == NPY and is_at_hand(asked)
    cost = network_of(asked).outline.multiply_accumulates if is_known else UNKNOWN_COST
    return Work(cost, lambda: _forward(asked))


def _forward(asked: Asked[ForwardQuery, Body]) -> Answer:
    """The document of a forward pass."""
    network, query = network_of(asked), asked.query
    ready = make_ready(network, query, asked)
    layers = None if query.layers == "all" else _names(query.layers)
    small = _split(query.thumbnails)
    asked_for = None if layers is None or query.range else [*layers, *small]
    keeps = query.activations or asked.media_type != JSON
    seen = ready.normalized
    image = as_tensor(ready.image if seen is None else seen)
    result = network.forward(image, asked_for, keeps=keeps, is_normalized=seen is not None)
    described = every = layer_rows(result)
    if layers is not None and query.range:
        wanted = network.layers_on(result.path, [*layers, *small])
        described = [layer for layer in every if layer["name"] in wanted]
    tensors: list[NamedTensor] = []
    if keeps:
        small_ones = set(small).difference(layers or ())
        carried = carried_maps(described, result, small_ones, query.side)
        tensors = add_activations(described, carried, query.dtype)
    max_steps = max_step_values(asked.media_type, asked.settings)
    told = ready.as_dict(query.steps, query.dtype, max_steps)
    has_input = query.input or asked.media_type != JSON
    document = document_of(network, result, told, query.top, has_input=has_input)
    document |= {"range": range_of(every, result) if query.range else None, "layers": described}
    is_one = bool(layers) and len(tensors) == 1
    main = tensors[0] if is_one else document["logits"] or named("last", result.last)
    return Answer(document, main, is_in_bytes=query.dtype == "uint8")


def document_of(
    network: LoadedNetwork,
    result: Forward,
    told: dict[str, Any],
    top: int,
    *,
    has_input: bool = True,
) -> dict[str, Any]:
    """The members of a forward pass's document but for its layers.

    Args:
        told: those that tell of the preparation.
        top: how many classes are named.
        has_input: whether what the network saw is one of them.
    """
    remarks = told["remarks"]
    if (turn := network.paths.turn(result.path)) is not None:
        remarks = [Remark("path", turn).as_dict(), *remarks]
    return {
        "network": network.name,
        "path": result.path.number,
        **_named_classes(result, network.architecture.classes, top),
        "outputs": list(result.path.outline.outputs),
        "input": named("input", result.array("input")) if has_input else None,
        **told,
        "remarks": remarks,
    }


def _named_classes(result: Forward, classes: Sequence[str], count: int) -> dict[str, Any]:
    """The members that tell what the image is taken for; of nothing where there are no logits."""
    if (ends := result.path.graph.ends) is None:
        return {"prediction": None, "top": [], "logits": None, "probabilities": None}
    probabilities = named("probabilities", result.array(ends[1]))
    top = _top(probabilities.values, classes, count)
    logits = named("logits", result.array(ends[0]))
    return {"prediction": top[0], "top": top, "logits": logits, "probabilities": probabilities}


def _split(layers: str) -> Sequence[str]:
    """The names in a comma-separated list, each once."""
    return list(dict.fromkeys(name.strip() for name in layers.split(",") if name.strip()))


def _names(layers: str) -> Sequence[str]:
    """The layers of a comma-separated list, of which there is one at least."""
    names = _split(layers)
    if not names:
        sentence = "layers: name at least one layer, or all."
        raise Problem(422, sentence, errors=[Place("?layers", sentence)])
    return names


def _top(probabilities: Array, classes: Sequence[str], count: int) -> list[dict[str, Any]]:
    """The most probable classes, best first; of equal ones the first."""
    order, values = (-probabilities).argsort(kind="stable")[:count], probabilities.tolist()
    return [
        {"index": i, "label": classes[i], "probability": number(values[i])} for i in order.tolist()
    ]


ENDPOINTS = (
    Endpoint(
        "POST",
        "/networks/{name}/forward",
        forward,
        ForwardAnswer,
        query=ForwardQuery,
        image="required",
        example={"name": "mycnn", "layers": "conv1,relu1", "top": 3, "steps": "none"},
        offers=TENSORS,
        tells_cost=True,
    ),
)
