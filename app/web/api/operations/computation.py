"""An operation with its operands, possible and within the caps, and what is computed of it."""

from dataclasses import dataclass, replace
from math import prod
from typing import Any, Self

import torch
from torch import Tensor

from app.mechanics.cost import ParameterCount
from app.mechanics.operation import Operands, Operation, Output
from app.mechanics.operations import OPERATIONS
from app.mechanics.trace import Trace
from app.settings import Settings
from app.take_away.text import Program
from app.take_away.texts import TEXTS, texts_of
from app.web.api.operations import caps
from app.web.api.operations.bodies import OperationBody
from app.web.api.operations.operands import Input, read_bias, read_input, read_weight

# Writing a value as JSON takes as long as so many multiply-accumulates.
WRITING_COST = 100


@dataclass(frozen=True, slots=True)
class Computation:
    """An operation that can be computed, with its operands and its settings.

    Attributes:
        output_shape: channels, rows and columns of one image's output.
        multiply_accumulates: those of all images.
    """

    operation: Operation
    input: Input
    operands: Operands
    spec: Any
    output_shape: tuple[int, int, int]
    multiply_accumulates: int

    @classmethod
    def of(cls, body: OperationBody, settings: Settings, passes: int = 1) -> Self:
        """The operation of a body, possible and within its caps.

        Args:
            passes: how often its multiplications are done, or its windows read.

        Raises: Problem 422, MechanicsError.
        """
        operation = OPERATIONS[body.operation_name]
        input = read_input(body.input, body.dtype, settings)
        operands, weight_shape = _operands(operation, body, input.tensor, settings)
        channels = input.tensor.shape[-3]
        # A kernel_size that a body lacks is that of its weight.
        given = {name: getattr(body, name, None) for name in operation.defaults}
        spec = operation.spec(channels, given, weight_shape)
        operation.check(operands, spec)
        axes = spec.axes(*input.size)
        rows, columns = axes[0].output, axes[1].output
        caps.check_settings(spec, settings)
        out_channels = operation.out_channels(spec, channels)
        caps.check_channels(out_channels, settings, "#/groups")
        work = input.samples * operation.work(spec, channels, axes, (rows, columns))
        written = operation.computed_size(axes, (rows, columns))
        caps.check_work(input.samples * out_channels * prod(written), work * passes, settings)
        products = work if operation.has_weights else 0
        return cls(operation, input, operands, spec, (out_channels, rows, columns), products)

    def output(self) -> Output:
        """The output, by PyTorch's operator unless that tells less or needs too much memory."""
        if self.operation.is_answered_by_torch and not self.unfolds_too_much:
            return Output(self.operation.by_torch(self.operands, self.spec))
        return self.operation.compute(self.operands, self.spec)

    @property
    def cost(self) -> int:
        """What computing and writing out its output takes, in multiply-accumulates."""
        values = self.input.samples * prod(self.output_shape)
        return self.multiply_accumulates + WRITING_COST * values

    @property
    def parameters(self) -> ParameterCount:
        """How many numbers a layer of it would learn."""
        return self.operation.parameters(self.spec, self.operands.bias is not None)

    def program(self) -> Program:
        """The text in PyTorch."""
        return TEXTS[self.operation.name].program(self.operands, self.spec)

    def texts(self) -> dict[str, str]:
        """The texts to run, each of which gives the same numbers."""
        return texts_of(self.operation.name, self.operands, self.spec)

    def sample(self, index: int) -> Self:
        """The same for one of the images. Raises: MechanicsError, there is none of this number."""
        return self._with(input=self.input.sample(index))

    def trace(self, place: tuple[int, int, int]) -> Trace:
        """What one value of one image's output is made of."""
        return self.operation.trace(self.operands, self.spec, *place)

    def value_by_torch(self, trace: Trace, place: tuple[int, int, int]) -> float:
        """The same value by PyTorch's operator, as far as memory allows."""
        if self.unfolds_too_much:
            return self.operation.value_in_little_memory(self.operands, self.spec, trace, place)
        return float(self.operation.by_torch(self.operands, self.spec)[place])

    def gradients(self, by_output: Tensor) -> dict[str, Tensor]:
        """The gradients of the operands. Raises: MechanicsError for one of another shape."""
        return self.operation.gradients(self.operands, self.spec, by_output)

    def gradients_by_torch(self, by_output: Tensor) -> tuple[Tensor, Tensor]:
        """The gradients of one image and of the weight, by autograd."""
        image, weight = (
            each.detach().requires_grad_()
            for each in (self.operands.input, self.operands.weight)
            if each is not None
        )
        output = self._with(input=image, weight=weight).output().values
        by_image, by_weight = torch.autograd.grad(output, (image, weight), by_output)
        return by_image, by_weight

    def _with(self, **operands: Tensor) -> Self:
        """The same with some operands in others' place."""
        return replace(self, operands=replace(self.operands, **operands))

    @property
    def unfolds_too_much(self) -> bool:
        """Whether PyTorch's operator would need too much memory."""
        unfolded = self.operation.unfolded(self.spec, self.multiply_accumulates)
        return caps.unfolds_too_much(self.operands.input.dtype, unfolded)


def _operands(
    operation: Operation, body: Any, input: Tensor, settings: Settings
) -> tuple[Operands, torch.Size | None]:
    """The operands of a body, and the weight's shape where there is a weight. Raises: 422."""
    if not operation.has_weights:
        return Operands(input), None
    weight = read_weight(body.weight, body.dtype, settings)
    return Operands(input, weight, read_bias(body.bias, body.dtype, settings)), weight.shape
