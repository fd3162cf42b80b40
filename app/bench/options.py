"""How thoroughly to measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What the command line said.

    Args:
        quick: fewer repetitions: a first look, not a result to quote.
    """

    quick: bool = False

    def count(self, thorough: int, quick: int) -> int:
        """One of two numbers of repetitions."""
        return quick if self.quick else thorough
