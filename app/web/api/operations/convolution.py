"""Convolutions, what one of their values is made of, and their gradients."""

from dataclasses import dataclass
from typing import Any, Self

import torch
from torch import Tensor
from torch.nn import functional

from app.code.convolution import conv2d_program
from app.code.texts import texts_of
from app.mechanics.checks import check_operands
from app.mechanics.convolution import conv2d, trace_conv2d
from app.mechanics.cost import conv2d_parameters, multiply_accumulates
from app.mechanics.gradients import conv2d_gradients
from app.mechanics.operands import oriented
from app.mechanics.operation import Operands
from app.mechanics.operators import conv2d_by_torch
from app.mechanics.spec import Conv2dSpec
from app.settings import Settings
from app.web.api.operations import caps
from app.web.api.operations.bodies import Conv2dBody, Conv2dGradientsBody, Conv2dTraceBody
from app.web.api.operations.operands import (
    Input,
    plain,
    read_bias,
    read_input,
    read_weight,
    refusals_as_problems,
    tensor,
)
from app.web.wire.tensors import Answer, DType, number

# A gradient by each of the operands reads as much as the output itself.
GRADIENT_PASSES = 2


@dataclass(frozen=True, slots=True)
class Convolution:
    """The operands of a convolution that can be computed, and its settings."""

    input: Input
    weight: Tensor
    bias: Tensor | None
    spec: Conv2dSpec
    output_shape: tuple[int, int, int]
    multiply_accumulates: int

    @classmethod
    def of(cls, body: Conv2dBody, settings: Settings, passes: int = 1) -> Self:
        """The convolution of a body, possible and within its caps.

        Args:
            passes: how often its multiplications are done.

        Raises: Problem 422.
        """
        input = read_input(body.input, body.dtype, settings)
        weight = read_weight(body.weight, body.dtype, settings)
        bias = read_bias(body.bias, body.dtype, settings)
        with refusals_as_problems():
            spec = Conv2dSpec.of(
                input.tensor.shape[-3],
                weight.shape[0],
                (weight.shape[2], weight.shape[3]),
                body.stride,
                body.padding,
                body.dilation,
                body.groups,
                body.padding_mode,
                body.flip_kernel,
            )
            check_operands(input.tensor, weight, bias, spec)
            rows, columns = (axis.output for axis in spec.axes(*input.size))
        caps.check_settings(spec, settings)
        positions = input.samples * rows * columns
        work = multiply_accumulates(conv2d_parameters(spec), positions)
        caps.check_work(positions * spec.out_channels, work * passes, settings)
        shape = (spec.out_channels, rows, columns)
        return cls(input, weight, bias, spec, shape, work)

    def output(self) -> Tensor:
        """Every output value, by PyTorch's operator unless that needs too much memory."""
        operator = conv2d if self.unfolds_too_much else conv2d_by_torch
        return operator(self.input.tensor, self.weight, self.bias, self.spec)

    def value_by_torch(self, image: Tensor, window: Tensor, place: tuple[int, int, int]) -> float:
        """One output value by PyTorch's operator, from its window alone where memory is short."""
        channel = place[0]
        if not self.unfolds_too_much:
            return float(conv2d_by_torch(image, self.weight, self.bias, self.spec)[place])
        weight = oriented(self.weight[channel : channel + 1], self.spec.flip_kernel)
        bias = None if self.bias is None else self.bias[channel : channel + 1]
        return float(functional.conv2d(window.to(weight.dtype), weight, bias))

    @property
    def unfolds_too_much(self) -> bool:
        """Whether PyTorch's operator would need too much memory."""
        unfolded = self.multiply_accumulates // self.spec.out_channels
        return caps.unfolds_too_much(self.weight.dtype, unfolded)


def outputs(body: Conv2dBody, settings: Settings, dtype: DType | None) -> Answer:
    """The output, and how its size, its cost and its text come about."""
    made = Convolution.of(body, settings)
    input, spec = made.input, made.spec
    output = tensor("output", input.as_given(made.output()), dtype)
    height, width = spec.output_size(*input.size)
    document = {
        "output": output,
        "output_size": {"height": height.as_dict(), "width": width.as_dict()},
        "parameters": conv2d_parameters(spec, made.bias is not None).as_dict(),
        "multiply_accumulates": made.multiply_accumulates,
        "code": texts_of("conv2d", Operands(input.tensor, made.weight, made.bias), spec),
    }
    return Answer(document, output)


def trace(body: Conv2dTraceBody, settings: Settings, dtype: DType | None) -> Answer:
    """The window and the filter on it, every product, our sum and PyTorch's."""
    made = Convolution.of(body, settings)
    position = body.position
    place = (position.channel, position.row, position.column)
    with refusals_as_problems():
        image = made.input.sample(body.sample)
        found = trace_conv2d(image, made.weight, made.bias, made.spec, *place)
    theirs = made.value_by_torch(image, found.window, place)
    document = traced(found.as_dict(), body, theirs)
    return Answer(document, document["products"])


def traced(found: dict[str, Any], body: Any, theirs: float) -> dict[str, Any]:
    """The document of a trace, with PyTorch's value beside ours."""
    return {
        "position": body.position.model_dump(),
        "sample": body.sample,
        **plain(found),
        "torch_value": number(theirs),
        "difference": number(found["value"] - theirs),
    }


def gradients(body: Conv2dGradientsBody, settings: Settings, dtype: DType | None) -> Answer:
    """How the output, weighed by output_gradient, changes with each input, weight and bias."""
    made = Convolution.of(body, settings, GRADIENT_PASSES)
    input = made.input
    if body.output_gradient is None:
        lead = (input.samples,) if input.rank == 4 else ()
        by_output = torch.ones((*lead, *made.output_shape), dtype=input.tensor.dtype)
    else:
        by_output = read_input(body.output_gradient, body.dtype, settings, "output_gradient").tensor
    with refusals_as_problems():
        found = conv2d_gradients(input.tensor, made.weight, made.spec, by_output)
    program = conv2d_program(input.tensor, made.weight, made.bias, made.spec)
    by_input = tensor("input_gradient", input.as_given(found.input), dtype)
    document = {
        "input_gradient": by_input,
        "weight_gradient": tensor("weight_gradient", found.weight, dtype),
        "bias_gradient": tensor("bias_gradient", found.bias, dtype),
        "code": {
            "pytorch": program.text_with_gradients(
                None if body.output_gradient is None else by_output
            )
        },
    }
    return Answer(document, by_input)
