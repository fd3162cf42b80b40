"""What is measured of an experiment's runs, and how such numbers are told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.training.number_text import number_text


@dataclass(frozen=True)
class Measured:
    """A run that has ended, in the numbers that are compared.

    Args:
        state, reason: how it ended.
        epochs: what it told of each epoch.
        step: how many batches it learned from.
        trainable, parameters: how many numbers learn, of how many.

    Shape: labels, predictions (n,): of validation images at its last moment; none where that reads
        no image.
    """

    state: str
    reason: str | None
    epochs: Sequence[Mapping[str, Any]]
    step: int
    trainable: int
    parameters: int
    labels: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    predictions: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def share_right(self, classes: Sequence[int]) -> float:
        """The share of the images of these classes that is named rightly; NaN without any."""
        among = np.isin(self.labels, classes)
        right = self.labels == self.predictions
        return float(right[among].mean()) if among.any() else math.nan

    def last(self, name: str) -> float:
        """A number of its last epoch; NaN where none ended."""
        return float(self.epochs[-1][name]) if self.epochs else math.nan

    def first(self, name: str) -> float:
        """A number of its first epoch; NaN where none ended."""
        return float(self.epochs[0][name]) if self.epochs else math.nan

    def epochs_to(self, accuracy: float) -> int | None:
        """After how many epochs the validation accuracy was so high; None: never."""
        reached = (each["epoch"] for each in self.epochs if each["val_accuracy"] >= accuracy)
        return next(reached, None)


def known(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """Numbers under their names, None where nothing was measured."""
    return {
        name: None if value is None or math.isnan(value) else value
        for name, value in values.items()
    }


def lack_of(has: Sequence[bool], what: str) -> str | None:
    """That there is nothing to compare, since a run has not what would be; None: all have."""
    count = has.count(False)
    which = "One of the runs" if count == 1 else f"{count} of the runs"
    return f"{which} {what}: there is nothing to compare." if count else None


def lack_of_epochs(runs: Sequence[Measured]) -> str | None:
    """That there is nothing to compare, since a run has not one epoch; None: all have."""
    return lack_of([bool(each.epochs) for each in runs], "ended within the first epoch")


def percent_text(share: float) -> str:
    """One decimal, a half rounded up: as the pages write it."""
    return f"{Decimal(100 * share).quantize(Decimal('0.1'), ROUND_HALF_UP)} %"


def loss_text(loss: float) -> str:
    """Four decimals; in words where it is no number.

    Example:
        >>> loss_text(0.12345), loss_text(float("nan"))
        ('0.1235', 'not a number')
    """
    return f"{loss:.4f}" if math.isfinite(loss) else number_text(loss)


def count_text(count: int, noun: str) -> str:
    """So many of something.

    Example:
        >>> count_text(1, "epoch"), count_text(1200, "step")
        ('1 epoch', '1,200 steps')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def compared(one: str, other: str, difference: float, words: tuple[str, str, str]) -> str:
    """What is said of the other: less, as much or more than the one.

    Args:
        one, other: both as they are written: what reads the same is as much.
        difference: by how much the other is more.
        words: for less, as much, and more.

    Example:
        >>> compared("0.5", "0.6", 0.1, ("less", "as much", "more"))
        'more'
    """
    if one == other:
        return words[1]
    return words[2] if difference > 0 else words[0]
