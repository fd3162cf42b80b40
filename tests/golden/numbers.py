"""Numbers without a pattern that are always the same."""

from __future__ import annotations

from math import prod

import torch
from torch import Tensor


def numbers(shape: list[int], step: int) -> Tensor:
    """A float64 tensor of multiples of 1/8 from -2.5 to 2.5, without a pattern, always the same."""
    index = torch.arange(prod(shape))
    return ((index * index * step + 7 * index + step) % 41 - 20).double().reshape(shape) / 8
