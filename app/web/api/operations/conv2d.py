"""Convolutions: their outputs, and what one value is made of."""

from typing import Any

from pydantic import BaseModel

from app.web.api.operations.answers import (
    Convolved,
    OperationTrace,
    convolved,
    operation,
    value_trace,
)
from app.web.api.operations.bodies import AT, RAMP, AtPosition, ConvolutionBody
from app.web.api.sizes import OutputSize
from app.web.api.trace_documents import trace_schema
from app.web.endpoint import Asked, Work
from app.web.wire.queries import TensorQuery
from app.web.wire.tensors import Answer

SOBEL: dict[str, Any] = {"input": RAMP, "weight": {"kernel": "sobel_x"}, "padding": 1}


class Conv2dBody(ConvolutionBody):
    """A convolution."""

    @property
    def operation_name(self) -> str:
        """A convolution's."""
        return "conv2d"


class Conv2dTraceBody(Conv2dBody, AtPosition):
    """A convolution and one place of its output."""


class Conv2dAnswer(Convolved):
    """The output of a convolution, and what it costs."""

    output_size: OutputSize


def conv2d_trace_answer() -> type[BaseModel]:
    """The trace of one output value."""
    from app.mechanics.convolution import Conv2dTrace

    return trace_schema(Conv2dTrace, OperationTrace)


def conv2d(asked: Asked[TensorQuery, Conv2dBody]) -> Work:
    """A convolution: its output, and where its size, parameters and cost come from."""
    from app.web.api.operations.computation import Computation

    made = Computation.of(asked.body, asked.settings)
    return Work(made.cost, lambda: convolved(made, asked.query.dtype))


def conv2d_trace(asked: Asked[TensorQuery, Conv2dTraceBody]) -> Answer:
    """What one value of a convolution is made of, down to every product."""
    from app.web.api.operations.computation import Computation

    return value_trace(Computation.of(asked.body, asked.settings), asked.body)


ENDPOINTS = (
    operation("/conv2d", conv2d, Conv2dAnswer, Conv2dBody, SOBEL, tells_cost=True),
    operation("/conv2d/trace", conv2d_trace, conv2d_trace_answer, Conv2dTraceBody, SOBEL | AT),
)
