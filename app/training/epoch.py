"""What an epoch that is under way has come to so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from app.training.evaluation import Evaluation
from app.training.events import EpochEvent
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

    def event(self, epoch: int, judged: Evaluation, images: int, best: bool) -> EpochEvent:
        """What it came to: means over its steps, and the verdict of the validation.

        Args:
            epoch: its number, counted from 1; images: how many it learned from.
            best: whether the validation loss is the lowest so far.
        """
        count = len(self.losses)
        return EpochEvent(
            epoch=epoch,
            train_loss=sum(self.losses) / count,
            val_loss=judged.loss,
            val_accuracy=judged.accuracy,
            gradient_norm=sum(self.norms) / count,
            layer_gradient_norms={
                name: norm / count for name, norm in self.layer_norm_sums.items()
            },
            lr=self.lr,
            seconds=self.seconds,
            samples_per_second=images / self.seconds,
            best=best,
        )

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
