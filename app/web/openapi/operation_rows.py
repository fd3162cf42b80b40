"""The rows of the table for single operations, each with a body that is answered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.web.api.operations import bodies
from app.web.openapi import operation_schemas as schemas
from app.web.openapi.row import Operation
from app.web.wire.queries import TensorQuery

RAMP = [[float(row + column) for column in range(6)] for row in range(5)]
SMALL = [[1.0, 2.0], [3.0, 4.0]]
SOBEL = {"input": RAMP, "weight": {"kernel": "sobel_x"}, "padding": 1}
STAMPED = {"input": SMALL, "weight": [[1.0, 2.0, 1.0]] * 3, "stride": 2, "padding": 1}
POOLED = {"input": RAMP, "kind": "max", "kernel_size": 2, "ceil_mode": True}
AT = {"position": {"channel": 0, "row": 1, "column": 2}}
SWEPT = {
    "operation": "conv2d",
    "input": RAMP,
    "kernel_size": [3, 5],
    "stride": [1, 2],
    "padding": [0, 1, "same"],
    "dilation": [1, 2],
    "include_outputs": True,
}


def _row(answer: type, body: type[bodies.Members], example: Mapping[str, Any]) -> Operation:
    """An operation with a body in JSON."""
    return Operation(answer, TensorQuery, gives_tensors=True, body=body, body_example=dict(example))


ROWS: Mapping[str, Operation] = {
    "conv2d": _row(schemas.Conv2dAnswer, bodies.Conv2dBody, SOBEL),
    "conv2d_trace": _row(schemas.Conv2dTraceAnswer, bodies.Conv2dTraceBody, SOBEL | AT),
    "conv2d_gradients": _row(schemas.GradientsAnswer, bodies.Conv2dGradientsBody, SOBEL),
    "conv_transpose2d": _row(
        schemas.ConvTranspose2dAnswer, bodies.ConvTranspose2dBody, STAMPED | {"output_padding": 1}
    ),
    "conv_transpose2d_trace": _row(
        schemas.ConvTranspose2dTraceAnswer, bodies.ConvTranspose2dTraceBody, STAMPED | AT
    ),
    "pool2d": _row(schemas.Pool2dAnswer, bodies.Pool2dBody, POOLED),
    "pool2d_trace": _row(schemas.Pool2dTraceAnswer, bodies.Pool2dTraceBody, POOLED | AT),
    "sweep": replace(_row(schemas.SweepAnswer, bodies.SweepBody, SWEPT), has_main_tensor=False),
    "list_kernels": Operation(schemas.KernelList),
}
