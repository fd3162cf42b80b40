"""The networks there are, the layers of one, and what its layers have learned."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field, RootModel

from app.mechanics.cost import ParameterCount
from app.mechanics.receptive_field import ReceptiveField
from app.web.api.networks.input import is_at_hand, network_of
from app.web.api.networks.unit_patches import patched_layers
from app.web.api.sizes import AdaptiveSize, OutputSize
from app.web.endpoint import TENSORS, UNKNOWN_COST, Asked, Endpoint, Work
from app.web.wire.queries import Query
from app.web.wire.schemas import Index, Schema, Shape, Tensor
from app.web.wire.tensors import Answer, DType, named


class WeightsQuery(Query):
    """Which of the weights, and how they are carried."""

    unit: Index | None = Field(
        None,
        description="The unit of a one-dimensional layer whose weights to give, and no others'; "
        "they come as the only ones along their first axis.",
    )
    dtype: DType = Field("float32", description="The type of the weights.")


class OutlineQuery(Query):
    """Which way of a network that decides by what it sees."""

    path: Index = Field(
        0, description="The number of a way, as a forward pass tells that of its image."
    )


class NetworkRow(Schema):
    """A network in the list."""

    name: str
    title: str
    source: str
    dataset: str
    classes: list[str]
    input_shape: Shape
    parameters: Index
    multiply_accumulates: Index
    weights: Literal["ready", "downloadable", "untrained", "unavailable"]
    accuracy: float | None
    reason: str | None


class NetworkList(RootModel[list[NetworkRow]]):
    """Every network."""


class Encoding(Schema):
    """What an activation is that is shown as real numbers of at most three axes and is none.

    `shape` is its own, without the batch axis; `note` says how it is shown. Integers and truth
    values are shown as numbers. All axes but the last two are laid end to end as channels. Of
    complex numbers channel 2k is the real part and 2k + 1 the imaginary part of the k-th.
    """

    dtype: str
    shape: Shape
    note: str


class LayerOutline(Schema):
    """One layer in the order data flows; null multiply-accumulates are known to nobody.

    `extent`: over how many places, (height, width), its units are spread: of a flattened layer over
    those of its maps, (1, 1) where all see the same. `encoding`: what its activation is, where
    `output_shape` and the values show it as something else.
    """

    name: str
    kind: str
    settings: dict[str, Any]
    inputs: list[str]
    input_shape: Shape
    input_shapes: list[Shape]
    output_shape: Shape
    parameters: ParameterCount
    multiply_accumulates: Index | None
    receptive_field: ReceptiveField
    extent: tuple[int, int]
    output_size: OutputSize | AdaptiveSize | None
    note: str | None
    encoding: Encoding | None


class Normalization(Schema):
    """(image − mean) / std, channel by channel."""

    mean: list[float]
    std: list[float]


class Outline(NetworkRow):
    """A network with its layers and its card; `patches`: the layers that have such parts.

    `outputs`: the layers whose values it gives; `decides`: whether another image may go another
    way than the one numbered `path`.
    """

    path: Index
    outputs: list[str]
    decides: bool
    normalization: Normalization
    preparation: Literal["digit", "clothes", "photo"]
    layers: list[LayerOutline]
    patches: list[str]
    card: dict[str, Any]


class WeightsAnswer(Schema):
    """What one layer has learned, under PyTorch's names: a weight and a bias, most often.

    `unit`: the only one whose weights these are; null where they are all of them.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Tensor]

    layer: str
    unit: Index | None = None
    weight: Tensor | None = None
    bias: Tensor | None = None


def list_networks(asked: Asked[Any, Any]) -> Answer:
    """Every network, one row each, whether its weights are there or not."""
    return Answer(asked.services.loading.loaded().library.summaries())


def outline(asked: Asked[OutlineQuery, Any]) -> Work:
    """The layers of a network in the order data flows: settings, shapes, formulas and costs."""
    return Work(0 if is_at_hand(asked) else UNKNOWN_COST, lambda: _outline(asked))


def _outline(asked: Asked[OutlineQuery, Any]) -> Answer:
    """The document of a network's outline."""
    network = network_of(asked)
    patches = patched_layers(network, asked.settings.models_dir)
    path = network.paths.numbered(asked.query.path)
    told = {**network.summary, "path": path.number, **path.outline.as_dict()}
    return Answer({**told, "patches": patches, "card": network.card})


def weights(asked: Asked[WeightsQuery, Any]) -> Answer:
    """What one layer has learned: its weight and its bias, most often."""
    from app.networks.statistics import as_array
    from app.networks.unit_parameters import parameters_of_unit

    layer, unit, dtype = asked.names["layer"], asked.query.unit, asked.query.dtype
    network = network_of(asked)
    parameters = network.weights(layer)
    if unit is not None:
        parameters = parameters_of_unit(parameters, network.layer(layer), unit)
    tensors = {name: named(name, as_array(value), dtype) for name, value in parameters.items()}
    return Answer({"layer": layer, "unit": unit, **tensors}, next(iter(tensors.values())))


ENDPOINTS = (
    Endpoint(
        "GET",
        "/networks/{name}/layers/{layer}/weights",
        weights,
        WeightsAnswer,
        query=WeightsQuery,
        example={"name": "mycnn", "layer": "conv1"},
        offers=TENSORS,
    ),
    Endpoint(
        "GET",
        "/networks/{name}",
        outline,
        Outline,
        query=OutlineQuery,
        example={"name": "mycnn"},
        tells_cost=True,
    ),
    Endpoint("GET", "/networks", list_networks, NetworkList, is_instant=True),
)
