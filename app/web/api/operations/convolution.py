"""The operands of a convolution, and what is computed of them."""

from dataclasses import dataclass, replace
from math import prod
from typing import Self

import torch
from torch import Tensor
from torch.nn import functional

from app.code.text import Program
from app.code.texts import TEXTS, texts_of
from app.mechanics.checks import check_operands
from app.mechanics.convolution import conv2d
from app.mechanics.cost import ParameterCount, conv2d_parameters, multiply_accumulates
from app.mechanics.gradients import Gradients, conv2d_gradients
from app.mechanics.operands import oriented
from app.mechanics.operation import Operands
from app.mechanics.operators import conv2d_by_torch
from app.mechanics.spec import Conv2dSpec
from app.settings import Settings
from app.web.api.operations import caps
from app.web.api.operations.bodies import ConvolutionBody
from app.web.api.operations.operands import Input, read_bias, read_input, read_weight

# Writing a value as JSON takes as long as so many multiply-accumulates.
WRITING_COST = 100


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
    def of(cls, body: ConvolutionBody, settings: Settings, passes: int = 1) -> Self:
        """The convolution of a body, possible and within its caps.

        Args:
            passes: how often its multiplications are done.

        Raises: Problem 422, MechanicsError.
        """
        input = read_input(body.input, body.dtype, settings)
        weight = read_weight(body.weight, body.dtype, settings)
        bias = read_bias(body.bias, body.dtype, settings)
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

    def output(self, image: Tensor) -> Tensor:
        """The output for an image, by PyTorch's operator unless that needs too much memory."""
        operator = conv2d if self.unfolds_too_much else conv2d_by_torch
        return operator(image, self.weight, self.bias, self.spec)

    @property
    def cost(self) -> int:
        """What computing and writing out its output takes, in multiply-accumulates."""
        values = self.input.samples * prod(self.output_shape)
        return self.multiply_accumulates + WRITING_COST * values

    @property
    def operands(self) -> Operands:
        """The tensors."""
        return Operands(self.input.tensor, self.weight, self.bias)

    @property
    def parameters(self) -> ParameterCount:
        """How many numbers a layer of it would learn."""
        return conv2d_parameters(self.spec, self.bias is not None)

    def program(self) -> Program:
        """The text in PyTorch."""
        return TEXTS["conv2d"].program(self.operands, self.spec)

    def texts(self) -> dict[str, str]:
        """The texts to run, each of which gives the same numbers."""
        return texts_of("conv2d", self.operands, self.spec)

    def gradients(self, by_output: Tensor) -> Gradients:
        """The gradients of the operands. Raises: MechanicsError for one of another shape."""
        return conv2d_gradients(self.input.tensor, self.weight, self.spec, by_output)

    def gradients_by_torch(self, image: Tensor, by_output: Tensor) -> tuple[Tensor, Tensor]:
        """The gradients of one image and of the weight, by autograd."""
        image, weight = (each.detach().requires_grad_() for each in (image, self.weight))
        output = replace(self, weight=weight).output(image)
        by_image, by_weight = torch.autograd.grad(output, (image, weight), by_output)
        return by_image, by_weight

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
