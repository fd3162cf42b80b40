"""One row an operation: its parameters, an example, and the type of its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from app.web.openapi import network_schemas as of_networks
from app.web.openapi import schemas
from app.web.queries import (
    ForwardQuery,
    PositionQuery,
    PrepareQuery,
    Query,
    SampleQuery,
    WeightsQuery,
)


@dataclass(frozen=True, slots=True)
class Operation:
    """What the document says of one operation beyond its address and its sentence.

    Args:
        answer: the type of the answer in JSON.
        query: the query parameters it takes.
        example: a value of each parameter of the example.
        takes_image: whether an image is the body, and ``is_image_optional``.
        gives_tensors: whether the answer can be had in binary as well.
        is_text: whether the answer is plain text.
    """

    answer: type[BaseModel]
    query: type[Query] = Query
    example: Mapping[str, Any] = field(default_factory=dict)
    takes_image: bool = False
    is_image_optional: bool = False
    gives_tensors: bool = False
    is_text: bool = False


CELL = {"name": "mycnn", "layer": "conv2", "channel": 3, "row": 4, "column": 5}

OPERATIONS: Mapping[str, Operation] = {
    "list_networks": Operation(of_networks.NetworkList),
    "outline": Operation(of_networks.Outline, example={"name": "mycnn"}),
    "weights": Operation(
        schemas.WeightsAnswer,
        WeightsQuery,
        {"name": "mycnn", "layer": "conv1"},
        gives_tensors=True,
    ),
    "forward": Operation(
        schemas.ForwardAnswer,
        ForwardQuery,
        {"name": "mycnn", "layers": "conv1,relu1", "top": 3, "steps": "none"},
        takes_image=True,
        gives_tensors=True,
    ),
    "trace": Operation(
        of_networks.TraceAnswer, PositionQuery, CELL, takes_image=True, gives_tensors=True
    ),
    "receptive_field": Operation(
        schemas.ReceptiveFieldAnswer,
        PositionQuery,
        CELL,
        takes_image=True,
        is_image_optional=True,
        gives_tensors=True,
    ),
    "prepare": Operation(
        schemas.PrepareAnswer,
        PrepareQuery,
        {"as": "digit", "steps": "thumbnail"},
        takes_image=True,
        gives_tensors=True,
    ),
    "list_samples": Operation(schemas.SampleList),
    "sample": Operation(
        schemas.SampleAnswer, SampleQuery, {"name": "digit-7-0"}, gives_tensors=True
    ),
    "health": Operation(schemas.Health),
    "ready": Operation(schemas.Ready),
    "version": Operation(schemas.Version),
    "limits": Operation(schemas.Limits),
    "device": Operation(schemas.Device),
    "metrics": Operation(schemas.Text, is_text=True),
}
