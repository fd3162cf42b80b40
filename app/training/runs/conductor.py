"""One run from its first step, or where it was left, to its end; everything it tells is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import torch
from safetensors.torch import save
from torch import Tensor

from app.networks.architecture import Architecture
from app.networks.checkpoint import copy_weights, is_finite, sha256, write_atomically
from app.training.candidates import build_model
from app.training.datasets import Dataset
from app.training.events import CheckpointEvent, Event, StateEvent, StepEvent
from app.training.loop import Training
from app.training.recipe import Recipe
from app.training.runs.moments import moments
from app.training.runs.run import Checkpoint, Run, RunError
from app.training.runs.state_file import pack, unpack
from app.training.runs.store import RunStore

Wish = Literal["pause", "abandon", "cancel"]
# What is told within this time is told together.
TELL_EVERY_SECONDS = 0.03
PAUSED = "It goes on from here when it is resumed."
# What a run says that pauses, by why it does: it was wished for, or its server is gone.
PAUSES = {"pause": PAUSED, "abandon": f"Its server ended without a word. {PAUSED}"}
NOTHING_INTACT = "Nothing that this run has written down is undamaged; begin a new one."


@dataclass(frozen=True)
class Lesson:
    """What a run learns: which network, from which images, judged by which others.

    Args:
        weights: of the trained network that it goes on with.
    """

    architecture: Architecture
    recipe: Recipe
    training: Dataset
    validation: Dataset
    weights: Mapping[str, Tensor] | None = None


class Conductor:
    """Trains, and writes into the store what happens.

    Args:
        wish: asked before every batch; anything but None ends the run there.
        announce: called after something was written.
    """

    def __init__(
        self,
        store: RunStore,
        run: Run,
        lesson: Lesson,
        device: torch.device,
        wish: Callable[[], Wish | None] = lambda: None,
        announce: Callable[[], None] = lambda: None,
    ) -> None:
        self.store, self.run, self.wish, self.announce = store, run, wish, announce
        self.training = Training(
            build_model(lesson.architecture, lesson.recipe, lesson.weights),
            lesson.recipe,
            lesson.training,
            lesson.validation,
            lesson.architecture.normalization,
            device,
            lambda: wish() is not None,
        )
        self.steps_per_epoch = self.training.steps // lesson.recipe.epochs
        self.moments = moments(self.steps_per_epoch)
        self.untold: list[dict[str, Any]] = []
        self.told_at = 0.0

    def conduct(self, process: int | None = None) -> None:
        """The whole run, or the rest of it.

        Raises: RunError when it cannot be taken up; OSError or sqlite3.Error for a full disk.
        """
        reason = self.take_up()
        self.store.set_state(self.run.id, "running", reason, process)
        self.announce()
        if self.training.step == 0:
            self.keep_weights(0, None)
        for event in self.training.events():
            self.hear(event)

    def take_up(self) -> str | None:
        """Goes to where the run wrote itself down last; what was damaged is told in a sentence.

        Raises: RunError when it has written itself down, and nothing of it is undamaged.
        """
        states = self.store.states(self.run.id)
        for step, file, digest in states:
            state = self._read(file, digest)
            if state is None:
                continue
            self.training.load_state_dict(state)
            self.store.forget_after(self.run.id, step)
            if (step, file, digest) == states[0]:
                return None
            return f"What was kept last is damaged; training goes on from step {step}."
        if states:
            raise RunError(NOTHING_INTACT)
        self.store.forget_after(self.run.id, -1)
        return None

    def _read(self, file: str, digest: str) -> dict[str, Any] | None:
        """What a run wrote down; None where it is not what was written."""
        try:
            data = (self.store.folder_of(self.run.id) / file).read_bytes()
        except FileNotFoundError:
            return None
        return unpack(data) if sha256(data) == digest else None

    def hear(self, event: Event) -> None:
        """Keeps one event, and the weights where they belong to it."""
        match event:
            case StateEvent(state="running"):
                pass
            case StateEvent():
                self.tell()
                self.end(event)
            case CheckpointEvent():
                self.keep_weights(event.epoch, event)
                self.keep_state()
            case StepEvent():
                self.untold.append(event.as_dict())
                if event.step in self.moments and event.epoch == 1:
                    self.keep_weights(0, None)
                elif self.is_to_be_told(event):
                    self.tell()
            case _:
                self.untold.append(event.as_dict())

    def is_to_be_told(self, event: StepEvent) -> bool:
        """Whether a step, and what was not told before it, is told at once.

        The last of an epoch is: what comes next, its validation, takes as long as many steps.
        """
        is_due = time.monotonic() - self.told_at > TELL_EVERY_SECONDS
        return is_due or event.step % self.steps_per_epoch == 0

    def end(self, event: StateEvent) -> None:
        """The state in which the run ends here."""
        state, reason = event.state, event.reason
        paused = PAUSES.get(self.wish() or "") if state == "cancelled" else None
        if paused:
            self.keep_state()
            self.store.set_state(self.run.id, "paused", paused)
        else:
            self.store.set_state(self.run.id, state, reason)
        self.announce()

    def tell(self) -> None:
        """Writes down what has not been told yet."""
        if self.untold:
            self.store.tell(self.run.id, self.training.step, self.untold)
            self.untold = []
            self.announce()
        self.told_at = time.monotonic()

    def keep_weights(self, epoch: int, event: CheckpointEvent | None) -> None:
        """Keeps the weights as they are now: the file first, then that it is there."""
        step = self.training.step
        weights = event.weights if event else copy_weights(self.training.model)
        data = save({name: tensor.contiguous() for name, tensor in weights.items()})
        checkpoint = Checkpoint(
            step=step,
            epoch=epoch,
            file=f"weights-{step:07}.safetensors",
            sha256=sha256(data),
            bytes=len(data),
            val_loss=event.val_loss if event else None,
            val_accuracy=event.val_accuracy if event else None,
            best=bool(event and event.best),
            finite=all(map(is_finite, weights.values())),
        )
        write_atomically(self.store.folder_of(self.run.id) / checkpoint.file, data)
        self.store.add_checkpoint(self.run.id, checkpoint)
        document = {
            "kind": "checkpoint",
            "step": step,
            "epoch": epoch,
            "val_loss": checkpoint.val_loss,
            "val_accuracy": checkpoint.val_accuracy,
            "best": checkpoint.best,
            "finite": checkpoint.finite,
        }
        self.untold.append(document)
        self.tell()

    def keep_state(self) -> None:
        """Writes down everything that the rest of the run depends on."""
        self.tell()
        step = self.training.step
        data, file = pack(self.training.state_dict()), f"state-{step:07}.safetensors"
        write_atomically(self.store.folder_of(self.run.id) / file, data)
        self.store.add_state(self.run.id, step, file, sha256(data))
