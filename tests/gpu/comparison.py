"""A device's numbers beside the CPU's."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Comparison:
    """How far a device's numbers are from the wanted ones, and how far they may be.

    Args:
        deviation: the largest difference, as a share of the largest wanted number; infinite where
            the shapes differ or one side is not a number where the other is.
        tolerance: the most that is right.
    """

    name: str
    deviation: float
    tolerance: float

    @property
    def is_right(self) -> bool:
        """Whether the deviation is as small as it has to be."""
        return self.deviation <= self.tolerance

    def __str__(self) -> str:
        """The comparison as a line."""
        verdict = "right" if self.is_right else "WRONG"
        return (
            f"  {verdict}  {self.name:<58} deviates by {self.deviation:.1e}, "
            f"may by {self.tolerance:.0e}"
        )


def compare(name: str, found: Tensor, wanted: Tensor, tolerance: float) -> Comparison:
    """A tensor of any device beside the wanted one.

    Example:
        >>> compare("sum", torch.tensor([4.0, 2.0]), torch.tensor([4.0, 2.5]), 0.01).deviation
        0.125
    """
    found, wanted = (each.detach().cpu().to(torch.float64) for each in (found, wanted))
    if found.shape != wanted.shape:
        return Comparison(name, float("inf"), tolerance)
    is_equal = (found == wanted) | (found.isnan() & wanted.isnan())
    difference = torch.where(is_equal, 0.0, (found - wanted).abs()).max().item()
    largest = wanted[wanted.isfinite()].abs().max().item() if wanted.isfinite().any() else 1.0
    deviation = difference / largest if largest > 0 else difference
    return Comparison(name, float("inf") if deviation != deviation else deviation, tolerance)
