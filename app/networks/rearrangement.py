"""Layers that put values in another order, or take some of them: found out by trying.

What is given numbers instead of values, each its own place, tells where each value comes from. That
it moves them and does nothing else is proved with other numbers.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from app.mechanics.rearrangement import tables_of
from app.networks.proof import NOT_ACCEPTED


class Rearrange(nn.Module):
    """A layer that only moves values.

    Args:
        op: what does it.
        title: what PyTorch calls that.
        tables: for each axis of what it gives, what each index adds to the place in the input.
    """

    takes_batches = False

    def __init__(self, op: nn.Module, title: str, tables: tuple[tuple[int, ...], ...]) -> None:
        super().__init__()
        self.op, self.title, self.tables = op, title, tables

    def forward(self, x: Tensor) -> Tensor:
        """Shape: as the layer has it."""
        moved: Tensor = self.op(x)
        return moved

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"{self.title}, {'×'.join(str(len(table)) for table in self.tables)}"


def rearranged(op: nn.Module, title: str, given: Tensor) -> Rearrange | None:
    """The layer as one that only moves values, or None where it is none.

    Args:
        given: what it was given, a batch of one: its shape counts.
    """
    numbers = torch.arange(given.numel(), dtype=torch.float64, device=given.device)
    drawn = torch.randn(
        given.numel(), dtype=torch.float64, generator=torch.Generator().manual_seed(0)
    ).to(given.device)
    try:
        found, moved = (op(each.reshape(given.shape)) for each in (numbers, drawn))
    except NOT_ACCEPTED:
        return None
    if not isinstance(found, Tensor) or found.dtype != numbers.dtype or not found.numel():
        return None
    sources = found[0].detach().nan_to_num(-1).long()
    if not bool(((sources >= 0) & (sources < given.numel())).all()):
        return None
    if not torch.equal(drawn[sources], moved[0]):
        return None
    tables = tables_of(sources)
    return None if tables is None else Rearrange(op, title, tables)
