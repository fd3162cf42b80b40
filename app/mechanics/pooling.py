"""Pooling of every kind by its name: the one door to max, average, Lp, adaptive and global."""

from torch import Tensor

from app.mechanics.average_pooling import ADAPTIVE_MEAN, MEAN
from app.mechanics.checks import check_output_gradient
from app.mechanics.lp_pooling import NORM
from app.mechanics.max_pooling import ADAPTIVE_MAXIMUM, MAXIMUM
from app.mechanics.operands import to_float64
from app.mechanics.operation import Output
from app.mechanics.pool_kinds import POOL_KINDS, PoolKind, PoolRule, PoolSpec
from app.mechanics.reduction import Reduction, pooled_axes
from app.mechanics.trace import Trace

REDUCTIONS: dict[PoolRule, Reduction] = {"maximum": MAXIMUM, "mean": MEAN, "norm": NORM}
ADAPTIVE: dict[PoolRule, Reduction] = {"maximum": ADAPTIVE_MAXIMUM, "mean": ADAPTIVE_MEAN}
"""The same for windows that are laid out to a number."""


def reduction_of(kind: PoolKind) -> Reduction:
    """What a kind of pooling makes of a window, in every way it is asked for."""
    settings = POOL_KINDS[kind]
    return (ADAPTIVE if settings.is_adaptive else REDUCTIONS)[settings.rule]


def pool2d(input: Tensor, kind: PoolKind, spec: PoolSpec) -> Output:
    """The input pooled: each window of each map becomes one value.

    Shape:
        input: (..., H, W); returned: output and indices (..., H_out, W_out)

    Raises:
        MechanicsError: an input too small for the settings.
    """
    return reduction_of(kind).pool(input, spec)


def pool2d_by_torch(input: Tensor, kind: PoolKind, spec: PoolSpec) -> Tensor:
    """A pooling by PyTorch's operator where it has one that means the same, else by ours.

    Shape:
        as `pool2d`
    """
    return reduction_of(kind).by_torch(input, spec)


def trace_pool2d(
    input: Tensor, kind: PoolKind, spec: PoolSpec, channel: int, row: int, column: int
) -> Trace:
    """What one pooled value is made of.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: as `pool2d`, and a position that the output does not have.
    """
    return reduction_of(kind).trace(input, spec, channel, row, column)


def pool2d_gradient(
    input: Tensor, kind: PoolKind, spec: PoolSpec, output_gradient: Tensor
) -> Tensor:
    """The gradient with respect to the input of a pooling.

    Of a maximum the winner gets all; of a mean every cell gets an equal share; of a p-norm a cell
    gets more, the larger it is.

    Shape:
        input: (..., H, W); output_gradient: (..., H_out, W_out)
        returned: as input, in its dtype, summed in float64

    Raises:
        MechanicsError: as the pooling, or an output_gradient of another shape.
    """
    height, width = pooled_axes(input, spec)
    check_output_gradient(output_gradient, (*input.shape[:-2], height.output, width.output))
    found = reduction_of(kind).gradient(input, spec, to_float64(output_gradient))
    return found.to(input.dtype)
