"""When to stop: the validation loss has not fallen for a while."""

from __future__ import annotations

import math
from collections.abc import Mapping


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
        return self.is_over

    @property
    def is_over(self) -> bool:
        """Whether training should end."""
        return self.epochs_without_gain >= self.patience

    def state_dict(self) -> dict[str, float]:
        """What it has counted so far, as plain values."""
        return {"lowest": self.lowest, "epochs_without_gain": self.epochs_without_gain}

    def load_state_dict(self, state: Mapping[str, float]) -> None:
        """Count on from what `state_dict` gave."""
        self.lowest = state["lowest"]
        self.epochs_without_gain = int(state["epochs_without_gain"])
