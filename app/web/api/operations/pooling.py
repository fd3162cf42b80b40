"""The input of a pooling, and what is computed of it."""

from dataclasses import dataclass
from math import prod
from typing import Self

from torch import Tensor

from app.code.text import Program
from app.code.texts import TEXTS, texts_of
from app.mechanics.operation import Operands
from app.mechanics.pool_kinds import POOL_KINDS, PoolKind, PoolSpec, pool_spec
from app.mechanics.pooling import pool2d, pool2d_by_torch, pool2d_gradient, reduction_of
from app.mechanics.spec import Pool2dSpec
from app.settings import Settings
from app.web.api.operations import caps
from app.web.api.operations.bodies import Pool2dBody
from app.web.api.operations.operands import Input, read_input


@dataclass(frozen=True, slots=True)
class Pooling:
    """The input of a pooling that can be computed, and its settings."""

    input: Input
    kind: PoolKind
    spec: PoolSpec
    output_shape: tuple[int, int, int]

    @classmethod
    def of(cls, body: Pool2dBody, settings: Settings, passes: int = 1) -> Self:
        """The pooling of a body, possible and within its caps.

        Args:
            passes: how often its windows are read.

        Raises: Problem 422, MechanicsError.
        """
        input = read_input(body.input, body.dtype, settings)
        given = {name: getattr(body, name) for name in POOL_KINDS[body.kind].defaults}
        spec = pool_spec(body.kind, **given)
        rows, columns = (axis.output for axis in spec.axes(*input.size))
        caps.check_settings(spec, settings)
        outputs = prod(input.tensor.shape[:-2]) * rows * columns
        caps.check_work(outputs, outputs * _window(spec, input.size) * passes, settings)
        return cls(input, body.kind, spec, (input.tensor.shape[-3], rows, columns))

    def output(self, image: Tensor) -> tuple[Tensor, Tensor | None]:
        """The pooled maps and, for the max kinds, where each value came from."""
        if isinstance(self.spec, Pool2dSpec) and not reduction_of(self.kind).takes_maximum:
            return pool2d_by_torch(image, self.kind, self.spec), None
        pooled = pool2d(image, self.kind, self.spec)
        return pooled.output, pooled.indices

    def program(self) -> Program:
        """The text in PyTorch."""
        return TEXTS[f"{self.kind}_pool2d"].program(Operands(self.input.tensor), self.spec)

    def texts(self) -> dict[str, str]:
        """The texts to run, each of which gives the same numbers."""
        return texts_of(f"{self.kind}_pool2d", Operands(self.input.tensor), self.spec)

    def gradient(self, by_output: Tensor) -> Tensor:
        """The gradient of the input. Raises: MechanicsError for one of another shape."""
        return pool2d_gradient(self.input.tensor, self.kind, self.spec, by_output)


def _window(spec: PoolSpec, size: tuple[int, int]) -> int:
    """How many values the largest window reads."""
    if isinstance(spec, Pool2dSpec):
        return prod(spec.kernel_size)
    return prod(-(-axis.input // axis.output) + 1 for axis in spec.axes(*size))
