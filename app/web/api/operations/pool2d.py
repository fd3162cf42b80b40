"""Poolings of every kind: their outputs, what one value is made of, and their gradients."""

from typing import Any

from pydantic import BaseModel, Field

from app.mechanics.pool_kinds import POOL_KINDS, PoolKind
from app.web.api.operations.answers import (
    Code,
    GradientsCode,
    OperationTrace,
    gradients,
    operation,
    sized,
    tensor,
    value_trace,
)
from app.web.api.operations.bodies import AT, RAMP, AtPosition, OperationBody, Weighed
from app.web.api.operations.setting_types import Padding, Pair, PartialPair
from app.web.api.sizes import AdaptiveSize, OutputSize
from app.web.api.trace_documents import any_trace
from app.web.endpoint import Asked
from app.web.wire.problems import Place, places_problem
from app.web.wire.queries import TensorQuery
from app.web.wire.schemas import Schema, Tensor
from app.web.wire.tensors import Answer

POOLED: dict[str, Any] = {"input": RAMP, "kind": "max", "kernel_size": 2, "ceil_mode": True}

MAX_DIVISOR = 1_000_000_000
POOL_SETTINGS = tuple(dict.fromkeys(name for kind in POOL_KINDS.values() for name in kind.defaults))


class Pool2dBody(OperationBody):
    """A pooling of any kind."""

    kind: PoolKind = "max"
    kernel_size: Pair | None = None
    stride: Pair | None = None
    padding: Padding = 0
    dilation: Pair = 1
    ceil_mode: bool = False
    count_include_pad: bool = True
    divisor_override: int | None = Field(None, ge=-MAX_DIVISOR, le=MAX_DIVISOR)
    norm_type: float = 2.0
    output_size: PartialPair | None = None

    @property
    def operation_name(self) -> str:
        """The one of its kind."""
        return f"{self.kind}_pool2d"


class Pool2dTraceBody(Pool2dBody, AtPosition):
    """A pooling and one place of its output."""


class Pool2dGradientsBody(Pool2dBody, Weighed):
    """A pooling and how much each output value matters; without it, each 1."""


class Pool2dAnswer(Schema):
    """Pooled maps; the indices count along the rows of one map, for the max kinds only.

    The index is -1 where a window sees nothing but padding: there PyTorch gives a place outside of
    the map.
    """

    output: Tensor
    indices: Tensor | None
    output_size: OutputSize | AdaptiveSize
    code: Code


class Pool2dGradientsAnswer(Schema):
    """How the sum of output times output_gradient changes with each input value."""

    input_gradient: Tensor
    code: GradientsCode


def pool2d_trace_answer() -> type[BaseModel]:
    """The trace of any kind of pooling."""
    from app.mechanics.average_pooling import AdaptiveAvgPool2dTrace, AvgPool2dTrace
    from app.mechanics.lp_pooling import LPPool2dTrace
    from app.mechanics.max_pooling import AdaptiveMaxPool2dTrace, MaxPool2dTrace

    doc = "What one pooled value is made of, by the kind of the pooling."
    largest = (MaxPool2dTrace, AdaptiveMaxPool2dTrace)
    others = (AvgPool2dTrace, AdaptiveAvgPool2dTrace, LPPool2dTrace)
    return any_trace("Pool2dTraceAnswer", doc, (*largest, *others), OperationTrace)


def pool2d(asked: Asked[TensorQuery, Pool2dBody]) -> Answer:
    """A pooling of any kind: its output, and for the max kinds where each value came from."""
    from app.web.api.operations.computation import Computation

    check_settings(asked.body)
    made = Computation.of(asked.body, asked.settings)
    found, as_given = made.output(), made.input.as_given
    output = tensor("output", as_given(found.values), asked.query.dtype)
    indices = None if found.indices is None else tensor("indices", as_given(found.indices))
    document = {
        "output": output,
        "indices": indices,
        "output_size": sized(made),
        "code": made.texts(),
    }
    return Answer(document, output)


def pool2d_trace(asked: Asked[TensorQuery, Pool2dTraceBody]) -> Answer:
    """What one pooled value is made of."""
    from app.web.api.operations.computation import Computation

    check_settings(asked.body)
    return value_trace(Computation.of(asked.body, asked.settings), asked.body)


def pool2d_gradients(asked: Asked[TensorQuery, Pool2dGradientsBody]) -> Answer:
    """The gradient of a pooling by its input: what reaches each value through its windows."""
    check_settings(asked.body)
    return gradients(asked)


def check_settings(body: Pool2dBody) -> None:
    """Nothing, where every setting given is one of the kind's; null stands for one not given.

    Raises: Problem 422 with a place for each other one.
    """
    own = POOL_KINDS[body.kind].defaults
    has = f"it has {', '.join(own)}" if own else "it has no settings"
    places = [
        Place(f"#/{name}", f"A pooling of kind {body.kind} has no {name}; {has}.")
        for name in POOL_SETTINGS
        if name not in own and name in body.model_fields_set and getattr(body, name) is not None
    ]
    if places:
        raise places_problem(places, "The body")


ENDPOINTS = (
    operation("/pool2d", pool2d, Pool2dAnswer, Pool2dBody, POOLED),
    operation("/pool2d/trace", pool2d_trace, pool2d_trace_answer, Pool2dTraceBody, POOLED | AT),
    operation(
        "/pool2d/gradients", pool2d_gradients, Pool2dGradientsAnswer, Pool2dGradientsBody, POOLED
    ),
)
