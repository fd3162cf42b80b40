"""The operands of a transposed convolution, and what is computed of them."""

from dataclasses import dataclass
from typing import Self

from torch import Tensor

from app.code.text import Program
from app.code.texts import TEXTS, texts_of
from app.mechanics.checks import check_operands
from app.mechanics.cost import ParameterCount, conv_transpose2d_parameters, multiply_accumulates
from app.mechanics.gradients import Gradients, conv_transpose2d_gradients
from app.mechanics.operation import Operands
from app.mechanics.operators import conv_transpose2d_by_torch
from app.mechanics.transposed import conv_transpose2d
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.settings import Settings
from app.web.api.operations import caps
from app.web.api.operations.bodies import ConvTranspose2dBody
from app.web.api.operations.operands import Input, read_bias, read_input, read_weight


@dataclass(frozen=True, slots=True)
class TransposedConvolution:
    """The operands of a transposed convolution that can be computed, and its settings."""

    input: Input
    weight: Tensor
    bias: Tensor | None
    spec: ConvTranspose2dSpec
    output_shape: tuple[int, int, int]
    multiply_accumulates: int

    @classmethod
    def of(cls, body: ConvTranspose2dBody, settings: Settings, passes: int = 1) -> Self:
        """The transposed convolution of a body, possible and within its caps.

        Args:
            passes: how often its multiplications are done.

        Raises: Problem 422, MechanicsError.
        """
        input = read_input(body.input, body.dtype, settings)
        weight = read_weight(body.weight, body.dtype, settings)
        bias = read_bias(body.bias, body.dtype, settings)
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
        outputs = input.samples * spec.out_channels * written
        caps.check_work(outputs, work * passes, settings)
        shape = (spec.out_channels, height.output, width.output)
        return cls(input, weight, bias, spec, shape, work)

    @property
    def unfolds_too_much(self) -> bool:
        """Whether PyTorch's operator would need too much memory."""
        unfolded = self.multiply_accumulates // self.spec.in_channels
        return caps.unfolds_too_much(self.weight.dtype, unfolded)

    def output(self, image: Tensor) -> Tensor:
        """The output for an image, by PyTorch's operator unless that needs too much memory."""
        operator = conv_transpose2d if self.unfolds_too_much else conv_transpose2d_by_torch
        return operator(image, self.weight, self.bias, self.spec)

    @property
    def operands(self) -> Operands:
        """The tensors."""
        return Operands(self.input.tensor, self.weight, self.bias)

    @property
    def parameters(self) -> ParameterCount:
        """How many numbers a layer of it would learn."""
        return conv_transpose2d_parameters(self.spec, self.bias is not None)

    def program(self) -> Program:
        """The text in PyTorch."""
        return TEXTS["conv_transpose2d"].program(self.operands, self.spec)

    def texts(self) -> dict[str, str]:
        """The texts to run, each of which gives the same numbers."""
        return texts_of("conv_transpose2d", self.operands, self.spec)

    def gradients(self, by_output: Tensor) -> Gradients:
        """The gradients of the operands. Raises: MechanicsError for one of another shape."""
        return conv_transpose2d_gradients(self.input.tensor, self.weight, self.spec, by_output)
