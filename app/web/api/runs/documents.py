"""What is told of a run."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, RootModel

from app.web.wire.schemas import Index, Json, Number, Schema

if TYPE_CHECKING:
    from app.training.runs.run import Checkpoint, Run
    from app.training.runs.store import RunStore

HISTORY = ("train_loss", "val_loss", "val_accuracy", "gradient_norm", "lr")


State = Literal[
    "queued",
    "running",
    "paused",
    "finished",
    "stopped_early",
    "cancelled",
    "diverged",
    "failed",
]


class Outcome(Schema):
    """What a run came to, at the end of the epoch that validated best."""

    epoch: Index
    val_loss: Number
    val_accuracy: Number


class RunRow(Schema):
    """A run in the list."""

    id: str
    state: State
    reason: str | None = Field(description="Why it is in that state, where there is a why.")
    recipe: Json
    created: float = Field(description="In seconds since 1970.")
    epoch: Index = Field(description="The one that it is in, counted from 1; 0 before the first.")
    step: Index = Field(description="How many batches it has learned from.")
    steps: Index = Field(description="How many there can be.")
    samples_per_second: float
    title: str | None = Field(description="Under which it is kept, where it was given one.")
    best: Outcome | None = Field(description="None before its first epoch has ended.")


class RunList(RootModel[list[RunRow]]):
    """Every run, the newest first."""


class History(Schema):
    """A number an epoch of each curve."""

    train_loss: list[Number]
    val_loss: list[Number]
    val_accuracy: list[Number]
    gradient_norm: list[Number]
    lr: list[Number]


class CheckpointRow(Schema):
    """Weights of one moment that are kept; within the first epoch nothing was validated."""

    step: Index
    epoch: Index
    sha256: str
    bytes: Index
    val_loss: Number | None
    val_accuracy: Number | None
    best: bool
    finite: bool = Field(
        description="Whether all its weights are finite numbers: by others nothing is computed."
    )


class RunAnswer(RunRow):
    """One run, its curves, and the moments whose weights are kept."""

    history: History
    checkpoints: list[CheckpointRow]


def row_of(run: Run, best: Checkpoint | None) -> dict[str, Any]:
    """A run in the list, as plain values.

    Args:
        best: the moment of it that validated best.
    """
    values = asdict(run)
    del values["process"]
    outcome = {name: getattr(best, name) for name in Outcome.model_fields} if best else None
    return {**values, "best": outcome}


def rows_of(store: RunStore) -> list[dict[str, Any]]:
    """Every run as the list has it, the newest first."""
    best = store.best_checkpoints()
    return [row_of(run, best.get(run.id)) for run in store.runs()]


def document_of(store: RunStore, run: Run) -> dict[str, Any]:
    """A run with its curves, as plain values."""
    epochs = store.documents(run.id, "epoch")
    kept = store.checkpoints(run.id)
    best = next((each for each in reversed(kept) if each.best), None)
    checkpoints = [asdict(each) for each in kept]
    for checkpoint in checkpoints:
        del checkpoint["file"]
    return {
        **row_of(run, best),
        "history": {name: [epoch[name] for epoch in epochs] for name in HISTORY},
        "checkpoints": checkpoints,
    }
