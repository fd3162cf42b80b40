"""What an epoch that is under way has come to so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from torch import Tensor


@dataclass
class EpochBegun:
    """One epoch, from its beginning to the last batch that was learned from.

    Args:
        order: the state of the generator that its order is drawn from, before that was done.
        lr: the learning rate at its beginning.
        seconds: how long it has learned for.
        losses, norms: of each batch so far.
    """

    order: Tensor
    lr: float
    seconds: float = 0.0
    losses: list[float] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)

    def state_dict(self) -> dict[str, Any]:
        """The epoch as its own arguments, in copies."""
        return {
            "order": self.order,
            "lr": self.lr,
            "seconds": self.seconds,
            "losses": [*self.losses],
            "norms": [*self.norms],
        }
