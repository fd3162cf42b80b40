"""A sweep: one operation under every combination of settings, impossible ones with their reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Literal, NamedTuple, get_args

import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.operators import conv2d_by_torch, conv_transpose2d_by_torch, pool2d_by_torch
from app.mechanics.padding import PaddingLike, Pair, PairLike
from app.mechanics.spec import Conv2dSpec, Pool2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec

Operation = Literal["conv2d", "conv_transpose2d", "max_pool2d", "average_pool2d", "lp_pool2d"]
Spec = Conv2dSpec | ConvTranspose2dSpec | Pool2dSpec


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
    form, None where they are impossible.
    """

    kernel_size: PairLike
    stride: PairLike | None
    padding: PaddingLike
    dilation: PairLike
    ceil_mode: bool
    output_size: Pair | None
    reason: str | None
    multiply_accumulates: int
    spec: Spec | None

    def as_dict(self) -> dict[str, Any]:
        """The row under the names of the API; an output is put beside them."""
        row = self._asdict()
        del row["spec"]
        row["output_size"] = self.output_size and list(self.output_size)
        return row


def sweep_rows(
    operation: str,
    input_shape: Sequence[int],
    ranges: SweepRanges,
    weight_shape: Sequence[int] | None = None,
    settings: Mapping[str, Any] | None = None,
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
    if operation not in get_args(Operation):
        raise MechanicsError(f"operation is one of {', '.join(get_args(Operation))}.", "operation")
    for kernel_size, stride, padding, dilation, ceil_mode in product(
        ranges.kernel_size, ranges.stride, ranges.padding, ranges.dilation, ranges.ceil_mode
    ):
        given = (kernel_size, stride, padding, dilation, ceil_mode)
        size, reason, multiplications, spec = None, None, 0, None
        try:
            made = _spec(operation, input_shape, given, weight_shape, settings or {})
            height, width = made.axes(input_shape[-2], input_shape[-1])
            size = (height.output, width.output)
            multiplications = _multiply_accumulates(made, size, input_shape)
            spec = made
        except MechanicsError as refused:
            reason = str(refused)
        yield SweepRow(*given, size, reason, multiplications, spec)


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
    means: dict[Pair, Tensor] = {}
    for row in rows:
        spec = row.spec
        if spec is None:
            yield row, None
        elif isinstance(spec, Pool2dSpec):
            yield row, pool2d_by_torch(input, operation.removesuffix("_pool2d"), spec)
        else:
            kernels = means.get(spec.kernel_size) if weight is None else weight
            if kernels is None:
                kernels = means[spec.kernel_size] = _mean(spec, input)
            if isinstance(spec, Conv2dSpec):
                yield row, conv2d_by_torch(input, kernels, bias, spec)
            else:
                yield row, conv_transpose2d_by_torch(input, kernels, bias, spec)


def _mean(spec: Conv2dSpec | ConvTranspose2dSpec, input: Tensor) -> Tensor:
    """Kernels that take the mean of all that one output value sees in its group."""
    height, width = spec.kernel_size
    covered = spec.in_channels // spec.groups * height * width
    return torch.full(spec.weight_shape, 1 / covered, dtype=input.dtype)


def _spec(
    operation: str,
    input_shape: Sequence[int],
    given: tuple[PairLike, PairLike | None, PaddingLike, PairLike, bool],
    weight_shape: Sequence[int] | None,
    settings: Mapping[str, Any],
) -> Spec:
    """The settings of one combination.

    Raises:
        MechanicsError: they are impossible.
    """
    kernel_size, stride, padding, dilation, ceil_mode = given
    if operation.endswith("pool2d"):
        return Pool2dSpec.of(kernel_size, stride, padding, dilation, ceil_mode, **settings)
    if ceil_mode:
        raise MechanicsError(
            "A convolution has no ceil_mode; its size is always rounded down.", "ceil_mode"
        )
    steps = 1 if stride is None else stride
    window: dict[str, Any] = {"padding": padding, "dilation": dilation}
    channels = input_shape[0]
    groups = settings.get("groups", 1)
    spec: Conv2dSpec | ConvTranspose2dSpec
    if operation == "conv2d":
        filters = groups if weight_shape is None else weight_shape[0]
        spec = Conv2dSpec.of(channels, filters, kernel_size, steps, **window, **settings)
    else:
        filters = groups if weight_shape is None else weight_shape[1] * groups
        spec = ConvTranspose2dSpec.of(channels, filters, kernel_size, steps, **window, **settings)
    if weight_shape is not None and tuple(weight_shape[2:]) != spec.kernel_size:
        own, wanted = "×".join(map(str, weight_shape[2:])), "×".join(map(str, spec.kernel_size))
        raise MechanicsError(
            f"The weight has kernels of {own}, so there is none of {wanted}.", "kernel_size"
        )
    return spec


def _multiply_accumulates(spec: Spec, size: Pair, input_shape: Sequence[int]) -> int:
    """How often one image needs a multiply-accumulate."""
    if isinstance(spec, Pool2dSpec):
        return 0
    weights = prod(spec.weight_shape)
    rows, columns = size if isinstance(spec, Conv2dSpec) else input_shape[-2:]
    return weights * rows * columns
