"""One value of a network: what it is made of, and what it sees of the picture."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.mechanics.receptive_field import Box, BoxStatus, FieldStatus
from app.web.api.networks.input import NetworkQuery, image_tensor, make_ready, network_of
from app.web.api.trace_documents import any_trace, document_of, main_of
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.body import Body
from app.web.wire.queries import Query
from app.web.wire.schemas import Number, Position, Schema, Tensor
from app.web.wire.tensors import Answer, NamedTensor, named

Index = Annotated[int, Field(ge=0, le=1_000_000)]
CELL = {"name": "mycnn", "layer": "conv2", "channel": 3, "row": 4, "column": 5}


class PositionQuery(NetworkQuery):
    """One value of a network: its layer, and where in it."""

    layer: str = Field(max_length=100, description="The layer's name, as the outline has it.")
    channel: Index = Field(0, description="The map, or the unit of a one-dimensional layer.")
    row: Index = 0
    column: Index = 0


class LayerTrace(Schema):
    """What every trace of a layer has."""

    layer: str
    position: Position
    value: Number
    torch_value: Number
    difference: Number


def trace_answer() -> type[BaseModel]:
    """The trace of any kind of layer that a network may have."""
    from app.networks.kinds import KINDS

    traces = [kind.trace_type for kind in KINDS]
    doc = "What one value is made of, by the kind of its layer."
    return any_trace("TraceAnswer", doc, traces, LayerTrace, "OfLayer")


class ReceptiveFieldAnswer(Schema):
    """What one value sees: by geometry, and by the gradient where an image came along."""

    box: Box
    status: BoxStatus
    effective: Tensor | None


class PixelQuery(Query):
    """One pixel of the network's input."""

    row: Index = 0
    column: Index = 0


class Reached(Schema):
    """Where a layer sees the pixel: places of its maps, of which there are `extent`."""

    name: str
    box: Box
    extent: tuple[int, int]
    status: FieldStatus


class ProjectiveFieldAnswer(Schema):
    """Which values of each layer one pixel of the input can change."""

    row: int
    column: int
    layers: list[Reached]


def trace(asked: Asked[PositionQuery, Body]) -> Answer:
    """What one value of one layer is made of, down to every product."""
    network, query = network_of(asked), asked.query
    image = image_tensor(make_ready(network, query, asked))
    found = network.trace(image, query.layer, query.channel, query.row, query.column)
    document = document_of(found.as_dict())
    return Answer(document, main_of(found.trace, document))


def receptive_field(asked: Asked[PositionQuery, Body]) -> Answer:
    """The part of the input that one value sees, and how much each pixel of it matters."""
    from app.networks.position import Position

    network, query = network_of(asked), asked.query
    at, channel = (query.row, query.column), query.channel
    box = network.receptive_field(query.layer, *at, channel=channel)
    effective: NamedTensor | None = None
    if asked.body.content:
        image = image_tensor(make_ready(network, query, asked))
        gradient = network.effective_receptive_field(image, query.layer, channel, *at)
        effective = named("effective", gradient.numpy())
    status = network.receptive_field_status(query.layer, box, Position(channel, *at))
    return Answer({"box": box.as_dict(), "status": status, "effective": effective}, effective)


def projective_field(asked: Asked[PixelQuery, Body]) -> Answer:
    """Which values of each layer one pixel of the input can change, by geometry."""
    row, column = asked.query.row, asked.query.column
    layers = [
        {
            "name": layer.name,
            "box": box.as_dict(),
            "extent": list(layer.facts.view.extent),
            "status": layer.receptive_field.status,
        }
        for layer, box in network_of(asked).projective_field(row, column)
    ]
    return Answer({"row": row, "column": column, "layers": layers})


ENDPOINTS = (
    Endpoint(
        "POST",
        "/networks/{name}/trace",
        trace,
        trace_answer,
        query=PositionQuery,
        image="required",
        example=CELL,
        offers=TENSORS,
    ),
    Endpoint(
        "POST",
        "/networks/{name}/receptive-field",
        receptive_field,
        ReceptiveFieldAnswer,
        query=PositionQuery,
        image="optional",
        example=CELL,
        offers=TENSORS,
    ),
    Endpoint(
        "GET",
        "/networks/{name}/projective-field",
        projective_field,
        ProjectiveFieldAnswer,
        query=PixelQuery,
        example={"name": "mycnn", "row": 9, "column": 14},
    ),
)
