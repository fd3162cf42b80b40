"""One row an operation: its parameters, an example, and the type of its answer."""

from collections.abc import Mapping

from app.web.openapi import about_schemas, schemas
from app.web.openapi import network_schemas as of_networks
from app.web.openapi.operation_rows import ROWS
from app.web.openapi.row import Operation
from app.web.wire.queries import (
    ForwardQuery,
    PositionQuery,
    PrepareQuery,
    SampleQuery,
    WeightsQuery,
)

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
    **ROWS,
    "list_samples": Operation(schemas.SampleList),
    "sample": Operation(
        schemas.SampleAnswer, SampleQuery, {"name": "digit-7-0"}, gives_tensors=True
    ),
    "health": Operation(about_schemas.Health),
    "ready": Operation(about_schemas.Ready),
    "version": Operation(about_schemas.Version),
    "limits": Operation(about_schemas.Limits),
    "device": Operation(about_schemas.Device),
    "metrics": Operation(about_schemas.Text, is_text=True),
}
