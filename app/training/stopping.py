"""When to stop: the validation loss has not fallen for a while."""

from __future__ import annotations

import math


class EarlyStopping:
    """Counts the epochs since the lowest validation loss, and says when they are too many.

    Args:
        patience: how many epochs in a row may bring no new lowest loss.
    """

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.lowest = math.inf
        self.epochs_without_gain = 0

    def update(self, loss: float) -> bool:
        """Take the loss of one more epoch; true when training should end."""
        if loss < self.lowest:
            self.lowest = loss
            self.epochs_without_gain = 0
        else:
            self.epochs_without_gain += 1
        return self.epochs_without_gain >= self.patience
