"""The gradients of a convolution, and what one of their values is made of."""

from typing import Literal

from pydantic import BaseModel, Field

from app.web.api.operations.answers import (
    GRADIENT_PASSES,
    GradientsAnswer,
    OperationTrace,
    gradients,
    operation,
    output_gradient,
    traced,
)
from app.web.api.operations.bodies import FIRST_PLACE, Index, ValuePosition, Weighed
from app.web.api.operations.conv2d import SOBEL, Conv2dBody
from app.web.api.trace_documents import any_trace
from app.web.endpoint import Asked
from app.web.wire.problems import Place, places_problem
from app.web.wire.queries import TensorQuery
from app.web.wire.schemas import Position
from app.web.wire.tensors import Answer

Operand = Literal["input", "weight"]


class Conv2dGradientsBody(Conv2dBody, Weighed):
    """A convolution and how much each output value matters; without it, each 1."""


class OperandPosition(ValuePosition):
    """Where a weight is, or an input value, which is in no filter; counted from 0."""

    filter: int = Index


class Conv2dGradientTraceBody(Conv2dGradientsBody):
    """A convolution, and one value of its gradient by its weight or by its input."""

    gradient: Operand = "weight"
    position: OperandPosition = Field(OperandPosition(), description=FIRST_PLACE)
    sample: int = Index


class PositionInOperand(Position):
    """Where a weight is, or an input value, which is in no filter."""

    filter: int | None = Field(None, ge=0)


class GradientTrace(OperationTrace):
    """What every trace of a gradient has."""

    gradient: Operand
    position: PositionInOperand


def gradient_trace_answer() -> type[BaseModel]:
    """The trace of a weight's gradient, or of an input value's."""
    from app.mechanics.gradient_traces import InputGradientTrace, WeightGradientTrace

    doc = "What the gradient of one weight, or of one input value, is made of."
    traces = (WeightGradientTrace, InputGradientTrace)
    return any_trace("Conv2dGradientTraceAnswer", doc, traces, GradientTrace)


def conv2d_gradients(asked: Asked[TensorQuery, Conv2dGradientsBody]) -> Answer:
    """The gradients of a convolution by its input, its weight and its bias."""
    return gradients(asked)


def conv2d_gradients_trace(asked: Asked[TensorQuery, Conv2dGradientTraceBody]) -> Answer:
    """What the gradient of one weight, or of one input value, is made of, down to every product.

    Of several samples, the one that is asked for: a weight's gradient is the sum of theirs.
    """
    from app.mechanics.gradient_traces import trace_input_gradient, trace_weight_gradient
    from app.mechanics.weighted_operation import weight_of
    from app.web.api.operations.computation import Computation

    body = asked.body
    made = Computation.of(body, asked.settings, GRADIENT_PASSES)
    one = made.sample(body.sample)
    image = one.operands.input
    by_output = output_gradient(made, body, asked.settings)
    by_output = by_output[body.sample] if made.input.rank == 4 else by_output
    place = body.position.place
    if body.gradient == "weight":
        index = (body.position.filter, *place)
        found = trace_weight_gradient(image, made.spec, by_output, index)
        theirs = float(one.gradients_by_torch(by_output)[1][index])
        return traced(found, body.position, body.sample, theirs, gradient=body.gradient)
    if "filter" in body.position.model_fields_set:
        sentence = "An input value is in no filter; its position is channel, row and column."
        raise places_problem([Place("#/position/filter", sentence)], "The body")
    met = trace_input_gradient(image, weight_of(one.operands), made.spec, by_output, place)
    theirs = float(one.gradients_by_torch(by_output)[0][place])
    position = ValuePosition(**dict(zip(("channel", "row", "column"), place, strict=True)))
    return traced(met, position, body.sample, theirs, gradient=body.gradient)


EXAMPLE = SOBEL | {"position": {"filter": 0, "channel": 0, "row": 1, "column": 2}}
ENDPOINTS = (
    operation("/conv2d/gradients", conv2d_gradients, GradientsAnswer, Conv2dGradientsBody, SOBEL),
    operation(
        "/conv2d/gradients/trace",
        conv2d_gradients_trace,
        gradient_trace_answer,
        Conv2dGradientTraceBody,
        EXAMPLE,
    ),
)
