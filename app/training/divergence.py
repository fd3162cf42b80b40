"""When a training has gone astray: its steps leap further and further, and nothing is learned."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.training.number_text import number_text

# How many times the loss of the beginning, as a mean over so many steps at least.
FACTOR = 10.0
STEPS = 50


class Divergence:
    """Holds the loss of some epochs against that of the beginning.

    A run has diverged when both are so at an epoch's end: the mean training loss since it was last
    asked is over ten times what it was before the first step, or what guessing among the classes
    has, ln K, where that is more; and the validation loss is no better than guessing. The first
    alone may be a leap that it recovers from; the second alone has learned nothing yet.
    Of MyCNN's and LeNet-5's recipes that learn none came to 1.4 times, starting weights that are
    far too large included; rates from which nothing is learned any more begin at thirty times.

    Args:
        classes: K, among which there is to guess.
    """

    def __init__(self, classes: int) -> None:
        self.guessing = math.log(classes)
        self._first: float | None = None
        self._total, self._steps = 0.0, 0

    def after_epoch(self, losses: Sequence[float], validation_loss: float) -> str | None:
        """Takes in the losses of one more epoch; a sentence where the run has diverged by then."""
        if not math.isfinite(validation_loss):
            return f"The validation loss is {number_text(validation_loss)}."
        if self._first is None:
            self._first = losses[0]
        self._total, self._steps = self._total + sum(losses), self._steps + len(losses)
        if self._steps < STEPS:
            return None
        mean = self._total / self._steps
        self._total, self._steps = 0.0, 0
        start = max(self._first, self.guessing)
        if mean <= FACTOR * start or validation_loss < self.guessing:
            return None
        return (
            f"The training loss has risen from {number_text(self._first)} at the first step to a "
            f"mean of {number_text(mean)}, and the network is no better than guessing."
        )

    def state_dict(self) -> dict[str, Any]:
        """What it has taken in so far, as plain values."""
        return {"first": self._first, "total": self._total, "steps": self._steps}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from what `state_dict` gave."""
        self._first = state["first"]
        self._total, self._steps = state["total"], state["steps"]
