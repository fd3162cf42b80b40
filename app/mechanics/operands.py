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
    input: Tensor, rows: Sequence[Source], columns: Sequence[Source], fill: float = 0.0
) -> Tensor:
    """The input at the given rows and columns, with `fill` wherever one of them is padding.

    Shape:
        input: (..., H, W); returned: (..., len(rows), len(columns))
    """
    for dim, lines in ((-2, rows), (-1, columns)):
        index = torch.tensor([0 if line is None else line for line in lines], device=input.device)
        padding = torch.tensor([line is None for line in lines], device=input.device)
        input = input.index_select(dim, index)
        input = input.masked_fill(padding[:, None] if dim == -2 else padding, fill)
    return input
