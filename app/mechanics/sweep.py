"""A sweep: one operation under every combination of settings, impossible ones with their reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, NamedTuple, get_args

import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.operation import Operands, Operation
from app.mechanics.operations import OPERATIONS
from app.mechanics.padding import PaddingLike, Pair, PairLike
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.mechanics.window_spec import SweptOperation

SWEPT: tuple[str, ...] = get_args(SweptOperation)


@dataclass(frozen=True, slots=True)
class SweepRanges:
    """The values that each setting goes through; a sweep is every combination of them."""

    kernel_size: Sequence[PairLike]
    stride: Sequence[PairLike | None] = (1,)
    padding: Sequence[PaddingLike] = (0,)
    dilation: Sequence[PairLike] = (1,)
    ceil_mode: Sequence[bool] = (False,)

    @property
    def count(self) -> int:
        """How many combinations there are."""
        values = (self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode)
        return prod(len(each) for each in values)


class SweepRow(NamedTuple):
    """One combination as it was asked for, and what comes of it: an output size, or a reason.

    `multiply_accumulates` are those of one image; pooling has none. `spec` are the settings in one
    form, None where they are impossible; `work` is what one image needs of products, or for a
    pooling of values read.
    """

    kernel_size: PairLike
    stride: PairLike | None
    padding: PaddingLike
    dilation: PairLike
    ceil_mode: bool
    output_size: Pair | None
    reason: str | None
    multiply_accumulates: int
    spec: Any
    work: int

    def as_dict(self) -> dict[str, Any]:
        """The row under the names of the API; an output is put beside them."""
        row = self._asdict()
        del row["spec"], row["work"]
        row["output_size"] = self.output_size and list(self.output_size)
        return row


def sweep_operation(name: str) -> Operation:
    """The operation of that name, one whose window moves.

    Raises:
        MechanicsError: there is none.
    """
    if name not in SWEPT:
        raise MechanicsError(f"operation is one of {', '.join(SWEPT)}.", "operation")
    return OPERATIONS[name]


def sweep_rows(
    operation: str,
    input_shape: Sequence[int],
    ranges: SweepRanges,
    weight_shape: Sequence[int] | None = None,
    settings: dict[str, Any] | None = None,
) -> Iterator[SweepRow]:
    """One row for each combination, without outputs: sizes, reasons and multiply-accumulates alone.

    The order is kernel_size, stride, padding, dilation, ceil_mode, the last fastest. Nothing but
    integers is worked on, so a whole sweep can be counted before any of it is computed.

    Args:
        input_shape: (C, H, W).
        weight_shape: that of the weight, where there is one: it then decides the channels, and only
            its own kernel_size is possible. Else one filter looks at all channels.
        settings: what all combinations share, as groups or padding_mode, by PyTorch's name.

    Raises:
        MechanicsError: another operation. What is wrong with a combination is in its row.
    """
    swept = sweep_operation(operation)
    channels, *input_size = input_shape
    shared = settings or {}
    for given in product(
        ranges.kernel_size, ranges.stride, ranges.padding, ranges.dilation, ranges.ceil_mode
    ):
        size, reason, work, spec = None, None, 0, None
        try:
            made = swept.spec(channels, _settings(swept, given) | shared, weight_shape)
            axes = made.axes(*input_size)
            size = (axes[0].output, axes[1].output)
            work = swept.work(made, channels, axes, size)
            spec = made
        except MechanicsError as refused:
            reason = str(refused)
        yield SweepRow(*given, size, reason, work if swept.has_weights else 0, spec, work)


def sweep_outputs(
    rows: Iterable[SweepRow],
    operation: str,
    input: Tensor,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
) -> Iterator[tuple[SweepRow, Tensor | None]]:
    """Each row with its output, None where it is impossible; computed as it is asked for.

    Without a weight every kernel is the mean of what it covers.

    Shape:
        input: (C, H, W); weight, bias: as the operation's; outputs: (C_out, H_out, W_out)
    """
    swept = sweep_operation(operation)
    means: dict[Pair, Tensor] = {}
    for row in rows:
        spec = row.spec
        if spec is None:
            yield row, None
            continue
        kernels = weight
        if weight is None and swept.has_weights:
            if spec.kernel_size not in means:
                means[spec.kernel_size] = _mean(spec, input)
            kernels = means[spec.kernel_size]
        yield row, swept.by_torch(Operands(input, kernels, bias), spec)


def _mean(spec: Conv2dSpec | ConvTranspose2dSpec, input: Tensor) -> Tensor:
    """Kernels that take the mean of all that one output value sees in its group."""
    height, width = spec.kernel_size
    covered = spec.in_channels // spec.groups * height * width
    return torch.full(spec.weight_shape, 1 / covered, dtype=input.dtype)


def _settings(
    operation: Operation,
    given: tuple[PairLike, PairLike | None, PaddingLike, PairLike, bool],
) -> dict[str, Any]:
    """The settings of one combination by name, those alone that the operation has.

    Raises:
        MechanicsError: a ceil_mode where there is none.
    """
    kernel_size, stride, padding, dilation, ceil_mode = given
    named = {
        "kernel_size": kernel_size,
        "stride": operation.defaults["stride"] if stride is None else stride,
        "padding": padding,
        "dilation": dilation,
    }
    if "ceil_mode" in operation.defaults:
        return {**named, "ceil_mode": ceil_mode}
    if ceil_mode:
        raise MechanicsError(
            "A convolution has no ceil_mode; its size is always rounded down.", "ceil_mode"
        )
    return named
