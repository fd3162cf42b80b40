"""Transposed convolutions: their outputs, one value from both ends, and their gradients."""

from typing import Any, Literal

from pydantic import BaseModel

from app.web.api.operations.answers import (
    Convolved,
    GradientsAnswer,
    OperationTrace,
    convolved,
    gradients,
    operation,
    traced,
    value_trace,
)
from app.web.api.operations.bodies import AT, AtPosition, ConvolutionBody, Weighed
from app.web.api.operations.setting_types import Pair
from app.web.api.sizes import TransposedSize
from app.web.api.trace_documents import any_trace
from app.web.endpoint import Asked
from app.web.wire.queries import TensorQuery
from app.web.wire.tensors import Answer

View = Literal["gather", "scatter"]
STAMPED: dict[str, Any] = {
    "input": [[1.0, 2.0], [3.0, 4.0]],
    "weight": [[1.0, 2.0, 1.0]] * 3,
    "stride": 2,
    "padding": 1,
}


class ConvTranspose2dBody(ConvolutionBody):
    """A transposed convolution."""

    output_padding: Pair = 0

    @property
    def operation_name(self) -> str:
        """A transposed convolution's."""
        return "conv_transpose2d"


class ConvTranspose2dTraceBody(ConvTranspose2dBody, AtPosition):
    """A transposed convolution and one place: of its output, or for ``scatter`` of its input."""

    view: View = "gather"


class ConvTranspose2dGradientsBody(ConvTranspose2dBody, Weighed):
    """A transposed convolution and how much each output value matters; without it, each 1."""


class ConvTranspose2dAnswer(Convolved):
    """The output of a transposed convolution, and what it costs."""

    output_size: TransposedSize


class ViewedTrace(OperationTrace):
    """A trace from one of the two ends."""

    view: View


def conv_transpose2d_trace_answer() -> type[BaseModel]:
    """The trace of an output value, or of an input value."""
    from app.mechanics.transposed import ConvTranspose2dStamp, ConvTranspose2dTrace

    doc = "One value of a transposed convolution, from the side that was asked for."
    kinds = (ConvTranspose2dTrace, ConvTranspose2dStamp)
    return any_trace("ConvTranspose2dTraceAnswer", doc, kinds, ViewedTrace)


def conv_transpose2d(asked: Asked[TensorQuery, ConvTranspose2dBody]) -> Answer:
    """A transposed convolution: its output, and where its size and cost come from."""
    from app.web.api.operations.computation import Computation

    return convolved(Computation.of(asked.body, asked.settings), asked.query.dtype)


def conv_transpose2d_trace(asked: Asked[TensorQuery, ConvTranspose2dTraceBody]) -> Answer:
    """What an output value gathers, or where an input value is scattered to."""
    from app.mechanics.trace import check_index
    from app.mechanics.transposed import trace_stamp
    from app.mechanics.weighted_operation import weight_of
    from app.web.api.operations.computation import Computation

    body = asked.body
    made = Computation.of(body, asked.settings)
    if body.view == "gather":
        return value_trace(made, body, view=body.view)
    operands, place = made.sample(body.sample).operands, body.position.place
    image = operands.input
    for index, size, field in zip(place, image.shape, ("channel", "row", "column"), strict=True):
        check_index(index, size, field)
    stamp = trace_stamp(image, weight_of(operands), made.spec, *place)
    return traced(stamp, body.position, body.sample, float(image[place]), view=body.view)


def conv_transpose2d_gradients(asked: Asked[TensorQuery, ConvTranspose2dGradientsBody]) -> Answer:
    """The gradients of a transposed convolution by its input, its weight and its bias."""
    return gradients(asked)


ENDPOINTS = (
    operation(
        "/conv_transpose2d",
        conv_transpose2d,
        ConvTranspose2dAnswer,
        ConvTranspose2dBody,
        STAMPED | {"output_padding": 1},
    ),
    operation(
        "/conv_transpose2d/trace",
        conv_transpose2d_trace,
        conv_transpose2d_trace_answer,
        ConvTranspose2dTraceBody,
        STAMPED | AT,
    ),
    operation(
        "/conv_transpose2d/gradients",
        conv_transpose2d_gradients,
        GradientsAnswer,
        ConvTranspose2dGradientsBody,
        STAMPED,
    ),
)
