"""Pooling of every kind by its name: the one door to max, average, Lp, adaptive and global."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from torch import Tensor

from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.average_pooling import AvgPool2dTrace, avg_pool2d, trace_avg_pool2d
from app.mechanics.errors import MechanicsError
from app.mechanics.lp_pooling import LPPool2dTrace, lp_pool2d, trace_lp_pool2d
from app.mechanics.max_pooling import MaxPool2dTrace, max_pool2d, trace_max_pool2d
from app.mechanics.padding import PaddingLike, PairLike
from app.mechanics.pooled import PoolSpec
from app.mechanics.spec import Pool2dSpec

__all__ = [
    "PoolKind", "PoolSpec", "Pooled", "avg_pool2d", "is_native", "lp_pool2d", "max_pool2d",
    "pool2d", "pool_spec", "trace_avg_pool2d", "trace_lp_pool2d", "trace_max_pool2d",
    "trace_pool2d",
]  # fmt: skip

PoolKind = Literal[
    "max", "average", "lp", "adaptive_max", "adaptive_average", "global_max", "global_average"
]


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled map; `indices` say where each value came from, for the max kinds only."""

    output: Tensor
    indices: Tensor | None


def pool_spec(
    kind: str,
    kernel_size: PairLike | None = None,
    stride: PairLike | None = None,
    padding: PaddingLike = 0,
    dilation: PairLike = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    norm_type: float = 2.0,
    output_size: int | Sequence[int | None] | None = None,
) -> PoolSpec:
    """The settings of a pooling of this kind; those that the kind does not have are not looked at.

    Raises:
        MechanicsError: another kind, or the one setting that the kind cannot do without is missing.

    Example:
        >>> pool_spec("global_max").as_dict()
        {'output_size': [1, 1]}
    """
    if kind not in get_args(PoolKind):
        raise MechanicsError(f"kind is one of {', '.join(get_args(PoolKind))}.", "kind")
    if kind.startswith("global"):
        return AdaptivePool2dSpec((1, 1))
    if kind.startswith("adaptive"):
        if output_size is None:
            raise MechanicsError(
                "An adaptive pooling needs an output_size: the windows follow from it.",
                "output_size",
            )
        return AdaptivePool2dSpec.of(output_size)
    if kernel_size is None:
        raise MechanicsError(
            "A pooling needs a kernel_size; only the adaptive and global kinds do without.",
            "kernel_size",
        )
    return Pool2dSpec.of(
        kernel_size,
        stride,
        padding,
        dilation,
        ceil_mode,
        count_include_pad,
        divisor_override,
        norm_type,
    )


def is_native(kind: PoolKind, spec: Pool2dSpec) -> bool:
    """Whether PyTorch's operator of this kind takes the settings, and means the same by them."""
    pad = spec.padding
    halves = (spec.kernel_size[0] // 2, spec.kernel_size[1] // 2)
    if not pad.is_symmetric or pad.top > halves[0] or pad.left > halves[1]:
        return False
    if kind == "lp":
        has_padding = pad.top > 0 or pad.left > 0
        return not has_padding and not spec.ceil_mode and spec.dilation == (1, 1)
    return kind == "max" or spec.dilation == (1, 1)


def pool2d(input: Tensor, kind: PoolKind, spec: PoolSpec) -> Pooled:
    """The input pooled: each window of each map becomes one value.

    Shape:
        input: (..., H, W); returned: output and indices (..., H_out, W_out)

    Raises:
        MechanicsError: an input too small for the settings.
    """
    if kind.endswith("max"):
        return Pooled(*max_pool2d(input, spec))
    if kind == "lp" and isinstance(spec, Pool2dSpec):
        return Pooled(lp_pool2d(input, spec), None)
    return Pooled(avg_pool2d(input, spec), None)


def trace_pool2d(
    input: Tensor, kind: PoolKind, spec: PoolSpec, channel: int, row: int, column: int
) -> MaxPool2dTrace | AvgPool2dTrace | LPPool2dTrace:
    """What one pooled value is made of.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: as `pool2d`, and a position that the output does not have.
    """
    if kind.endswith("max"):
        return trace_max_pool2d(input, spec, channel, row, column)
    if kind == "lp" and isinstance(spec, Pool2dSpec):
        return trace_lp_pool2d(input, spec, channel, row, column)
    return trace_avg_pool2d(input, spec, channel, row, column)
