"""Transposed convolutions, and one of their values from both ends."""

from dataclasses import dataclass
from typing import Self

from torch import Tensor

from app.code.texts import texts_of
from app.mechanics.checks import check_operands
from app.mechanics.cost import conv_transpose2d_parameters, multiply_accumulates
from app.mechanics.operation import Operands
from app.mechanics.operators import conv_transpose2d_by_torch
from app.mechanics.trace import check_index
from app.mechanics.transposed import conv_transpose2d, trace_conv_transpose2d, trace_stamp
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.settings import Settings
from app.web.api.operations import caps
from app.web.api.operations.bodies import ConvTranspose2dBody, ConvTranspose2dTraceBody
from app.web.api.operations.convolution import traced
from app.web.api.operations.operands import (
    Input,
    read_bias,
    read_input,
    read_weight,
    refusals_as_problems,
    tensor,
)
from app.web.wire.tensors import Answer, DType


@dataclass(frozen=True, slots=True)
class Transposed:
    """The operands of a transposed convolution that can be computed, and its settings."""

    input: Input
    weight: Tensor
    bias: Tensor | None
    spec: ConvTranspose2dSpec
    multiply_accumulates: int

    @classmethod
    def of(cls, body: ConvTranspose2dBody, settings: Settings) -> Self:
        """The transposed convolution of a body, possible and within its caps.

        Raises: Problem 422.
        """
        input = read_input(body.input, body.dtype, settings)
        weight = read_weight(body.weight, body.dtype, settings)
        bias = read_bias(body.bias, body.dtype, settings)
        with refusals_as_problems():
            spec = ConvTranspose2dSpec.of(
                input.tensor.shape[-3],
                weight.shape[1] * body.groups,
                (weight.shape[2], weight.shape[3]),
                body.stride,
                body.padding,
                body.output_padding,
                body.dilation,
                body.groups,
                body.padding_mode,
                body.flip_kernel,
            )
            check_operands(input.tensor, weight, bias, spec)
            height, width = spec.axes(*input.size)
        caps.check_settings(spec, settings)
        caps.check_channels(spec.out_channels, settings, "#/groups")
        rows, columns = input.size
        work = multiply_accumulates(
            conv_transpose2d_parameters(spec), input.samples * rows * columns
        )
        # PyTorch computes the whole output before padding takes its border away.
        written = height.full_output * width.full_output
        caps.check_work(input.samples * spec.out_channels * written, work, settings)
        return cls(input, weight, bias, spec, work)

    @property
    def unfolds_too_much(self) -> bool:
        """Whether PyTorch's operator would need too much memory."""
        unfolded = self.multiply_accumulates // self.spec.in_channels
        return caps.unfolds_too_much(self.weight.dtype, unfolded)

    def output(self, image: Tensor) -> Tensor:
        """The output for an image, by PyTorch's operator unless that needs too much memory."""
        operator = conv_transpose2d if self.unfolds_too_much else conv_transpose2d_by_torch
        return operator(image, self.weight, self.bias, self.spec)


def outputs(body: ConvTranspose2dBody, settings: Settings, dtype: DType | None) -> Answer:
    """The output, and how its size, its cost and its text come about."""
    made = Transposed.of(body, settings)
    input, spec = made.input, made.spec
    output = tensor("output", input.as_given(made.output(input.tensor)), dtype)
    height, width = spec.output_size(*input.size)
    document = {
        "output": output,
        "output_size": {"height": height.as_dict(), "width": width.as_dict()},
        "parameters": conv_transpose2d_parameters(spec, made.bias is not None).as_dict(),
        "multiply_accumulates": made.multiply_accumulates,
        "code": texts_of("conv_transpose2d", Operands(input.tensor, made.weight, made.bias), spec),
    }
    return Answer(document, output)


def trace(body: ConvTranspose2dTraceBody, settings: Settings, dtype: DType | None) -> Answer:
    """What an output value gathers, or what an input value scatters: the same numbers."""
    made = Transposed.of(body, settings)
    position = body.position
    place = (position.channel, position.row, position.column)
    with refusals_as_problems():
        image = made.input.sample(body.sample)
        if body.view == "scatter":
            for index, size, field in zip(
                place, image.shape, ("channel", "row", "column"), strict=True
            ):
                check_index(index, size, field)
            stamp = trace_stamp(image, made.weight, made.spec, *place)
            document = traced(stamp.as_dict(), body, float(image[place]))
        else:
            found = trace_conv_transpose2d(image, made.weight, made.bias, made.spec, *place)
            document = traced(found.as_dict(), body, float(made.output(image)[place]))
    return Answer({"view": body.view, **document}, document["products"])
