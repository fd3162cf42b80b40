"""Tensors as this package reads them: in float64, at given rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from app.mechanics.axis_map import Source

Lines = tuple[Sequence[tuple[Source, ...]], Sequence[tuple[Source, ...]]]
"""For each kernel row, then for each kernel column: the line of the larger map under it, for each
line of the smaller map (a convolution's output, a transposed one's input)."""


def to_float64(tensor: Tensor) -> Tensor:
    """The same values in float64 on the processor, apart from any gradient.

    Every float32 is a float64 exactly, so nothing is lost; not every device has float64.
    """
    return tensor.detach().cpu().to(torch.float64)


def as_batch(tensor: Tensor) -> Tensor:
    """One image or several as a batch in float64.

    Shape:
        tensor: (C, H, W) or (N, C, H, W); returned: (N, C, H, W)
    """
    return to_float64(tensor).reshape(-1, *tensor.shape[-3:])


def gather(
    input: Tensor,
    rows: Sequence[Source] | None = None,
    columns: Sequence[Source] | None = None,
    fill: float = 0.0,
) -> Tensor:
    """The input at the given rows and columns (None: all), with `fill` where one is padding.

    Shape:
        input: (..., H, W); returned: (..., len(rows), len(columns))

    Example:
        >>> gather(torch.tensor([[1.0, 2.0]]), columns=(None, 0, 1, 1)).tolist()
        [[0.0, 1.0, 2.0, 2.0]]
    """
    for dim, lines in ((-2, rows), (-1, columns)):
        if lines is not None:
            input = take(input, dim, places_of(lines), fill)
    return input


@dataclass(frozen=True, slots=True)
class Places:
    """Where to read along one axis, and where what is read is padding; None where nothing is."""

    index: Tensor
    padding: Tensor | None


def places_of(lines: Sequence[Source]) -> Places:
    """The lines in the form that `take` reads; apart, so that one form serves many reads."""
    index = torch.tensor([-1 if line is None else line for line in lines])
    return Places(index.clamp(min=0), index < 0) if None in lines else Places(index, None)


def take(input: Tensor, dim: int, places: Places, fill: float = 0.0) -> Tensor:
    """The input at some lines along its rows (-2) or columns (-1), with `fill` in the padding."""
    index = places.index.to(input.device)
    taken = input.index_select(dim, index)
    if places.padding is None:
        return taken
    padding = places.padding.to(input.device)
    return taken.masked_fill(padding if dim == -1 else padding[:, None], fill)


def scatter(
    values: Tensor,
    size: tuple[int, int],
    rows: Sequence[Source] | None = None,
    columns: Sequence[Source] | None = None,
) -> Tensor:
    """Zeros of a (height, width) with the values added at the given rows and columns (None: all).

    The way back of `gather`: what meets on one line adds up, what belongs to padding is dropped.

    Shape:
        values: (..., len(rows), len(columns)); returned: (..., *size)

    Example:
        >>> scatter(torch.tensor([[1.0, 2.0, 4.0]]), (1, 2), columns=(None, 0, 0)).tolist()
        [[6.0, 0.0]]
    """
    for dim, lines in ((-2, rows), (-1, columns)):
        if lines is None:
            continue
        kept = [(place, line) for place, line in enumerate(lines) if line is not None]
        places, targets = torch.tensor(kept, dtype=torch.int64).reshape(-1, 2).unbind(1)
        shape = list(values.shape)
        shape[dim] = size[dim]
        values = values.new_zeros(shape).index_add(dim, targets, values.index_select(dim, places))
    return values


def oriented(weight: Tensor, flip_kernel: bool) -> Tensor:
    """The kernels as they are laid on the input: turned by 180° where the settings say so."""
    return weight.flip(-2, -1) if flip_kernel else weight
