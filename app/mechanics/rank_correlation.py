"""How alike two arrays of numbers are in the order of their values."""

from __future__ import annotations

import torch
from torch import Tensor


def rank_correlation(first: Tensor, second: Tensor) -> float | None:
    """How alike two arrays order their places: 1 the same way, −1 the opposite, 0 unrelated.

    None where all values of one are alike: they have no order.

    Args:
        first, second: of as many values, none of them NaN.

    Shape: any, alike.

    Source: Spearman, "The Proof and Measurement of Association between Two Things", 1904; values
        that are alike share the mean of their ranks.

    Example:
        >>> round(rank_correlation(torch.tensor([1.0, 2.0]), torch.tensor([10.0, 400.0])), 12)
        1.0
    """
    one, other = (_centred_ranks(values) for values in (first, second))
    lengths = float(one.norm() * other.norm())
    if lengths == 0:
        return None
    # Rounding would else make it 1.0000000000000002 now and then.
    return max(-1.0, min(1.0, float(one @ other) / lengths))


def _centred_ranks(values: Tensor) -> Tensor:
    """The rank of each value, less the mean of all ranks. Shape: any → (n,), float64."""
    _, inverse, counts = torch.unique(values.flatten(), return_inverse=True, return_counts=True)
    ranks: Tensor = (counts.cumsum(0) - (counts - 1) / 2).double()[inverse]
    return ranks - ranks.mean()
