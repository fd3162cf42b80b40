"""What a training run tells while it goes: steps, epochs, checkpoints and changes of state."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

from torch import Tensor

from app.json_number import plain

RunState = Literal["running", "finished", "stopped_early", "cancelled", "diverged", "failed"]


@dataclass(frozen=True)
class _Event:
    """Common to all: a name on the wire, and values that fit into JSON."""

    kind: ClassVar[str]

    def as_dict(self) -> dict[str, Any]:
        """The event as plain values; a number that is not finite becomes its name, as a string."""
        named = {field.name: plain(getattr(self, field.name)) for field in fields(self)}
        return {"kind": self.kind, **named}


@dataclass(frozen=True)
class StepEvent(_Event):
    """One batch has been learned from.

    Args:
        epoch: counted from 1.
        step: counted from 1 over the whole run; `steps` is how many there can be.
        gradient_norm: L2 norm of all gradients together, before the optimizer's step;
            layer_gradient_norms: of each layer's, by its name.
    """

    kind: ClassVar[str] = "step"
    epoch: int
    step: int
    steps: int
    loss: float
    gradient_norm: float
    layer_gradient_norms: dict[str, float]
    lr: float
    samples_per_second: float


@dataclass(frozen=True)
class EpochEvent(_Event):
    """Every training image has been seen once more, and the validation images judged.

    Args:
        train_loss, gradient_norm, layer_gradient_norms: means over the epoch's batches.
        lr: the learning rate this epoch was trained with.
        best: whether the validation loss is the lowest so far.
    """

    kind: ClassVar[str] = "epoch"
    epoch: int
    train_loss: float
    val_loss: float
    val_accuracy: float
    gradient_norm: float
    layer_gradient_norms: dict[str, float]
    lr: float
    seconds: float
    samples_per_second: float
    best: bool


@dataclass(frozen=True)
class CheckpointEvent(_Event):
    """The weights after an epoch: a copy on the CPU that later steps do not change."""

    kind: ClassVar[str] = "checkpoint"
    epoch: int
    val_loss: float
    val_accuracy: float
    best: bool
    weights: dict[str, Tensor]

    def as_dict(self) -> dict[str, Any]:
        """The event without its tensors."""
        document = super().as_dict()
        del document["weights"]
        return document


@dataclass(frozen=True)
class StateEvent(_Event):
    """The run is now in `state`; `reason` says why, in a sentence, where there is a why."""

    kind: ClassVar[str] = "state"
    state: RunState
    reason: str | None = None


Event = StepEvent | EpochEvent | CheckpointEvent | StateEvent
