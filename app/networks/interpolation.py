"""Maps of another size, as a function has them, and the share that each line has in each."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class Interpolate(nn.Module):
    """Maps brought to another size, as `functional.interpolate` is called."""

    def __init__(
        self,
        size: Any = None,
        scale_factor: Any = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
        recompute_scale_factor: bool | None = None,
        antialias: bool = False,
    ) -> None:
        super().__init__()
        self.size, self.scale_factor, self.mode = size, scale_factor, mode
        self.align_corners, self.antialias = align_corners, antialias
        self.recompute_scale_factor = recompute_scale_factor

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (N, C, H, W) → (N, C, H', W')."""
        return functional.interpolate(
            x,
            self.size,
            self.scale_factor,
            self.mode,
            self.align_corners,
            self.recompute_scale_factor,
            self.antialias,
        )

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"size={self.size}, scale_factor={self.scale_factor}, mode={self.mode}"


def shares(module: Interpolate | nn.Upsample, axis: int, lines: int) -> Tensor:
    """The share that each line of the maps has in each line of what is made of them.

    PyTorch is asked: maps of one column, each with a single row of ones.

    Args:
        axis: 0 for rows, 1 for columns.
        lines: how many there are.

    Shape: → (lines given, lines read)
    """
    size, scale = (_only(value, axis) for value in (module.size, module.scale_factor))
    ones = torch.eye(lines, dtype=torch.float64).reshape(1, lines, lines, 1)
    given = functional.interpolate(
        ones,
        None if size is None else (int(size), 1),
        None if scale is None else (float(scale), 1.0),
        module.mode,
        module.align_corners,
        module.recompute_scale_factor,
        getattr(module, "antialias", False),
    )
    return given[0, :, :, 0].T


def _only(setting: Any, axis: int) -> Any:
    """A setting of one axis, where both may have one of their own."""
    return setting[axis] if isinstance(setting, tuple | list) else setting
