"""What the answers of several operations have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from app.json_number import number
from app.mechanics.cost import ParameterCount
from app.web.api.operations.bodies import AtPosition, ValuePosition, Weighed
from app.web.api.trace_documents import document_of, main_of
from app.web.endpoint import TENSORS, Asked, Endpoint, Work
from app.web.wire.members import Members
from app.web.wire.queries import TensorQuery
from app.web.wire.schemas import Index, Number, Position, Schema
from app.web.wire.schemas import Tensor as TensorSchema
from app.web.wire.tensors import Answer, DType, NamedTensor, named

if TYPE_CHECKING:
    from torch import Tensor

    from app.mechanics.trace import Trace
    from app.settings import Settings
    from app.web.api.operations.computation import Computation

# A gradient by each of the operands reads as much as the output itself.
GRADIENT_PASSES = 2


class Code(Schema):
    """Texts to run, each of which gives the same numbers; `autograd` goes on to their gradients."""

    pytorch: str
    autograd: str
    numpy: str


class GradientsCode(Schema):
    """A text to run that gives the same gradients, by autograd."""

    pytorch: str


class Convolved(Schema):
    """What both convolutions answer."""

    output: TensorSchema
    parameters: ParameterCount
    multiply_accumulates: Index
    code: Code


class GradientsAnswer(Schema):
    """How the sum of output times output_gradient changes with each operand."""

    input_gradient: TensorSchema
    weight_gradient: TensorSchema
    bias_gradient: TensorSchema
    code: GradientsCode


class OperationTrace(Schema):
    """What every trace of an operation has."""

    position: Position
    sample: Index
    value: Number
    torch_value: Number
    difference: Number


def operation(
    path: str,
    answer: Callable[[Any], Answer | Work],
    schema: type[BaseModel] | Callable[[], type[BaseModel]],
    body: type[Members],
    example: Mapping[str, Any],
    offers: tuple[str, ...] = TENSORS,
    *,
    tells_cost: bool = False,
) -> Endpoint:
    """The row of an operation: its body is answered, and its tensors travel in any type."""
    return Endpoint(
        "POST",
        path,
        answer,
        schema,
        query=TensorQuery,
        body=body,
        body_example=example,
        offers=offers,
        tells_cost=tells_cost,
    )


def tensor(name: str, value: Tensor, dtype: DType | None = None) -> NamedTensor:
    """A tensor of an answer under its name."""
    return named(name, value.detach().numpy(), dtype)


def sized(made: Computation) -> dict[str, Any]:
    """How the output's height and width come about."""
    height, width = made.spec.output_size(*made.input.size)
    return {"height": height.as_dict(), "width": width.as_dict()}


def output_gradient(made: Computation, body: Weighed, settings: Settings) -> Tensor:
    """How much each output value matters: as the body says, else 1 each."""
    import torch

    from app.web.api.operations.operands import read_input

    if body.output_gradient is not None:
        return read_input(body.output_gradient, body.dtype, settings, "output_gradient").tensor
    given = made.input
    lead = (given.samples,) if given.rank == 4 else ()
    return torch.ones((*lead, *made.output_shape), dtype=given.tensor.dtype)


def traced(
    trace: Trace, position: ValuePosition, sample: int, theirs: float, **more: str
) -> Answer:
    """The answer of a trace, with PyTorch's value beside ours."""
    document = {
        **more,
        "position": position.model_dump(),
        "sample": sample,
        **document_of(trace.as_dict()),
        "torch_value": number(theirs),
        "difference": number(trace.value - theirs),
    }
    return Answer(document, main_of(trace, document))


def value_trace(made: Computation, body: AtPosition, **more: str) -> Answer:
    """What one value of an operation's output is made of."""
    image, place = made.sample(body.sample), body.position.place
    found = image.trace(place)
    return traced(found, body.position, body.sample, image.value_by_torch(found, place), **more)


def convolved(made: Computation, dtype: DType | None) -> Answer:
    """The output of either convolution, and how its size, its cost and its text come about."""
    output = tensor("output", made.input.as_given(made.output().values), dtype)
    document = {
        "output": output,
        "output_size": sized(made),
        "parameters": made.parameters.as_dict(),
        "multiply_accumulates": made.multiply_accumulates,
        "code": made.texts(),
    }
    return Answer(document, output)


def gradients(asked: Asked[TensorQuery, Any]) -> Answer:
    """How the output of an operation, weighed, changes with each operand."""
    from app.web.api.operations.computation import Computation

    body, dtype = asked.body, asked.query.dtype
    made = Computation.of(body, asked.settings, GRADIENT_PASSES)
    by_output = output_gradient(made, body, asked.settings)
    found = made.gradients(by_output)
    found["input_gradient"] = made.input.as_given(found["input_gradient"])
    document: dict[str, Any] = {name: tensor(name, each, dtype) for name, each in found.items()}
    # The text spells out what each output matters where it was asked to.
    weights = None if body.output_gradient is None else by_output
    document["code"] = {"pytorch": made.program().text_with_gradients(weights)}
    return Answer(document, document["input_gradient"])
