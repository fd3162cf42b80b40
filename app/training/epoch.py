"""What an epoch that is under way has come to so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from app.training.gradient_norms import StepMeasures


@dataclass
class EpochBegun:
    """One epoch, from its beginning to the last batch that was learned from.

    Args:
        order: the state of the generator that its order is drawn from, before that was done.
        lr: the learning rate at its beginning.
        seconds: how long it has learned for.
        losses, norms: of each batch so far.
        layer_norm_sums: of each layer's gradient norms so far.
    """

    order: Tensor
    lr: float
    seconds: float = 0.0
    losses: list[float] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)
    layer_norm_sums: dict[str, float] = field(default_factory=dict)

    def add(self, measured: StepMeasures) -> None:
        """One more batch has been learned from."""
        self.losses.append(measured.loss)
        self.norms.append(measured.gradient_norm)
        for layer, norm in measured.layer_gradient_norms.items():
            self.layer_norm_sums[layer] = self.layer_norm_sums.get(layer, 0.0) + norm

    @property
    def layer_norms(self) -> dict[str, float]:
        """The mean of each layer's gradient norms."""
        return {layer: total / len(self.norms) for layer, total in self.layer_norm_sums.items()}

    def state_dict(self) -> dict[str, Any]:
        """The epoch as its own arguments, in copies."""
        return {
            "order": self.order,
            "lr": self.lr,
            "seconds": self.seconds,
            "losses": [*self.losses],
            "norms": [*self.norms],
            "layer_norm_sums": {**self.layer_norm_sums},
        }
