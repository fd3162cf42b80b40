"""Tensors as this package reads them: in float64, at given rows and columns."""

from collections.abc import Sequence

import torch
from torch import Tensor

from app.mechanics.window import Source


def to_float64(tensor: Tensor) -> Tensor:
    """The same values in float64 on the processor, apart from any gradient.

    Every float32 is a float64 exactly, so nothing is lost; not every device has float64.
    """
    return tensor.detach().cpu().to(torch.float64)


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
    if rows is not None:
        index, padding = _index(rows, input)
        input = input.index_select(-2, index).masked_fill(padding[:, None], fill)
    if columns is not None:
        index, padding = _index(columns, input)
        input = input.index_select(-1, index).masked_fill(padding, fill)
    return input


def _index(lines: Sequence[Source], input: Tensor) -> tuple[Tensor, Tensor]:
    """Where to read, and where what is read is padding."""
    index = torch.tensor([-1 if line is None else line for line in lines], device=input.device)
    return index.clamp(min=0), index < 0
