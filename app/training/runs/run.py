"""What is known of one run, and how it can be refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

LIVING = ("queued", "running")
# What can be taken up again where its process wrote itself down.
RESUMABLE = ("paused", "failed")


class RunError(Exception):
    """Something that cannot be done with a run; the message is a sentence."""


class UnknownRun(RunError):
    """There is no run of that name."""


class StoreBusy(RunError):
    """Another server owns the folder of runs."""


class StoreFull(RunError):
    """The runs take up all the room that they may.

    Args:
        used, allowed: bytes.
    """

    def __init__(self, used: int, allowed: int) -> None:
        super().__init__(
            f"The runs that are kept take up {used:,} bytes, and at most {allowed:,} may be used; "
            "delete a run to make room."
        )
        self.used, self.allowed = used, allowed


@dataclass(frozen=True, slots=True)
class Run:
    """One run as it stands.

    Args:
        state: queued, running, paused, finished, stopped_early, cancelled, diverged or failed.
        reason: why it is in that state, where there is a why.
        recipe: as `Recipe.as_dict` gives it.
        created: in seconds since 1970.
        step, steps: how many batches have been learned from, of how many there can be.
        process: the number of its process while it has one.
        title: under which it is kept, where it was given one.
    """

    id: str
    state: str
    reason: str | None
    recipe: dict[str, Any]
    created: float
    epoch: int
    step: int
    steps: int
    samples_per_second: float
    process: int | None
    title: str | None = None

    @classmethod
    def of_row(cls, row: Any) -> Run:
        """The run of a row of the table."""
        values = {name: row[name] for name in cls.__slots__}
        return cls(**{**values, "recipe": json.loads(row["recipe"])})


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The weights of one moment of a run.

    Args:
        epoch: as many are done.
        file: below the run's folder.
        val_loss, val_accuracy: None for a moment within an epoch.
        finite: whether all of the weights are finite numbers.
    """

    step: int
    epoch: int
    file: str
    sha256: str
    bytes: int
    val_loss: float | None
    val_accuracy: float | None
    best: bool
    finite: bool = True

    @classmethod
    def of_row(cls, row: Any) -> Checkpoint:
        """The moment of a row of the table."""
        values = {name: row[name] for name in cls.__slots__}
        return cls(**{**values, **{name: bool(values[name]) for name in ("best", "finite")}})


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is kept: its number, which only rises, its kind and its values as JSON."""

    number: int
    kind: str
    document: str
