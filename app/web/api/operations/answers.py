"""What the answers of several operations have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import BaseModel

from app.json_number import number
from app.mechanics.cost import ParameterCount
from app.web.api.operations.bodies import ValuePosition, Weighed
from app.web.api.trace_documents import main_of, plain
from app.web.endpoint import TENSORS, Endpoint, Work
from app.web.wire.members import Members
from app.web.wire.queries import TensorQuery
from app.web.wire.schemas import Index, Number, Position, Schema
from app.web.wire.schemas import Tensor as TensorSchema
from app.web.wire.tensors import Answer, DType, NamedTensor, named

if TYPE_CHECKING:
    from torch import Tensor

    from app.mechanics.trace import Trace
    from app.settings import Settings
    from app.web.api.operations.convolution import Convolution
    from app.web.api.operations.pooling import Pooling
    from app.web.api.operations.transposed_convolution import TransposedConvolution

Operation: TypeAlias = "Convolution | TransposedConvolution | Pooling"
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


def sized(operation: Operation) -> dict[str, Any]:
    """How the output's height and width come about."""
    height, width = operation.spec.output_size(*operation.input.size)
    return {"height": height.as_dict(), "width": width.as_dict()}


def output_gradient(operation: Operation, body: Weighed, settings: Settings) -> Tensor:
    """How much each output value matters: as the body says, else 1 each."""
    import torch

    from app.web.api.operations.operands import read_input

    if body.output_gradient is not None:
        return read_input(body.output_gradient, body.dtype, settings, "output_gradient").tensor
    given = operation.input
    lead = (given.samples,) if given.rank == 4 else ()
    return torch.ones((*lead, *operation.output_shape), dtype=given.tensor.dtype)


def gradients_text(operation: Operation, body: Weighed, by_output: Tensor) -> dict[str, str]:
    """The text that gives the gradients; it spells out what each output matters where asked to."""
    weights = None if body.output_gradient is None else by_output
    return {"pytorch": operation.program().text_with_gradients(weights)}


def traced(
    trace: Trace, position: ValuePosition, sample: int, theirs: float, **more: str
) -> Answer:
    """The answer of a trace, with PyTorch's value beside ours."""
    document = {
        **more,
        "position": position.model_dump(),
        "sample": sample,
        **plain(trace.as_dict()),
        "torch_value": number(theirs),
        "difference": number(trace.value - theirs),
    }
    return Answer(document, main_of(trace, document))


def convolved(operation: Convolution | TransposedConvolution, dtype: DType | None) -> Answer:
    """The output of either convolution, and how its size, its cost and its text come about."""
    given = operation.input
    output = tensor("output", given.as_given(operation.output(given.tensor)), dtype)
    document = {
        "output": output,
        "output_size": sized(operation),
        "parameters": operation.parameters.as_dict(),
        "multiply_accumulates": operation.multiply_accumulates,
        "code": operation.texts(),
    }
    return Answer(document, output)


def gradients(
    operation: Convolution | TransposedConvolution,
    body: Weighed,
    settings: Settings,
    dtype: DType | None,
) -> Answer:
    """How the output of either convolution, weighed, changes with each operand."""
    by_output = output_gradient(operation, body, settings)
    found = operation.gradients(by_output)
    by_input = tensor("input_gradient", operation.input.as_given(found.input), dtype)
    document = {
        "input_gradient": by_input,
        "weight_gradient": tensor("weight_gradient", found.weight, dtype),
        "bias_gradient": tensor("bias_gradient", found.bias, dtype),
        "code": gradients_text(operation, body, by_output),
    }
    return Answer(document, by_input)
