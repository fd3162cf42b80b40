"""Pooling of every kind, and what one pooled value is made of."""

from dataclasses import dataclass
from math import prod
from typing import Any, Self

from torch import Tensor

from app.code.texts import texts_of
from app.mechanics.operation import Operands
from app.mechanics.pool_kinds import POOL_KINDS, PoolKind, PoolSpec, pool_spec
from app.mechanics.pooling import REDUCTIONS, pool2d, pool2d_by_torch, trace_pool2d
from app.mechanics.spec import Pool2dSpec
from app.settings import Settings
from app.web.api.operations import caps
from app.web.api.operations.bodies import Pool2dBody, Pool2dTraceBody, check_pool_settings
from app.web.api.operations.convolution import traced
from app.web.api.operations.operands import Input, read_input, refusals_as_problems, tensor
from app.web.wire.tensors import Answer, DType


@dataclass(frozen=True, slots=True)
class Pooling:
    """The input of a pooling that can be computed, and its settings."""

    input: Input
    kind: PoolKind
    spec: PoolSpec

    @classmethod
    def of(cls, body: Pool2dBody, settings: Settings) -> Self:
        """The pooling of a body, possible and within its caps. Raises: Problem 422."""
        check_pool_settings(body)
        input = read_input(body.input, body.dtype, settings)
        with refusals_as_problems():
            given = {name: getattr(body, name) for name in POOL_KINDS[body.kind].defaults}
            spec = pool_spec(body.kind, **given)
            rows, columns = (axis.output for axis in spec.axes(*input.size))
        caps.check_settings(spec, settings)
        outputs = prod(input.tensor.shape[:-2]) * rows * columns
        caps.check_work(outputs, outputs * _window(spec, input.size), settings)
        return cls(input, body.kind, spec)

    def output(self, image: Tensor) -> tuple[Tensor, Tensor | None]:
        """The pooled maps and, for the max kinds, where each value came from."""
        if isinstance(self.spec, Pool2dSpec) and not REDUCTIONS[self.kind].takes_maximum:
            return pool2d_by_torch(image, self.kind, self.spec), None
        pooled = pool2d(image, self.kind, self.spec)
        return pooled.output, pooled.indices


def outputs(body: Pool2dBody, settings: Settings, dtype: DType | None) -> Answer:
    """The pooled maps, where their values came from, and how their size comes about."""
    made = Pooling.of(body, settings)
    input, spec = made.input, made.spec
    pooled, indices = made.output(input.tensor)
    output = tensor("output", input.as_given(pooled), dtype)
    height, width = spec.output_size(*input.size)
    document: dict[str, Any] = {
        "output": output,
        "indices": None if indices is None else tensor("indices", input.as_given(indices)),
        "output_size": {"height": height.as_dict(), "width": width.as_dict()},
        "code": texts_of(f"{made.kind}_pool2d", Operands(input.tensor), spec),
    }
    return Answer(document, output)


def trace(body: Pool2dTraceBody, settings: Settings, dtype: DType | None) -> Answer:
    """The window of one pooled value, and what becomes of it."""
    made = Pooling.of(body, settings)
    position = body.position
    place = (position.channel, position.row, position.column)
    with refusals_as_problems():
        image = made.input.sample(body.sample)
        found = trace_pool2d(image, made.kind, made.spec, *place)
    theirs = pool2d_by_torch(image, made.kind, made.spec)[place]
    document = traced(found.as_dict(), body, float(theirs))
    return Answer(document, document["window"])


def _window(spec: PoolSpec, size: tuple[int, int]) -> int:
    """How many values the largest window reads."""
    if isinstance(spec, Pool2dSpec):
        return prod(spec.kernel_size)
    return prod(-(-axis.input // axis.output) + 1 for axis in spec.axes(*size))
