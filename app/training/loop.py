"""Training as a generator of events: each `next` does one batch's work and tells about it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from app.networks.checkpoint import copy_weights
from app.networks.head import begin_learning
from app.networks.normalization import Normalization
from app.training.answer import answer
from app.training.augmentation import augment
from app.training.datasets import Dataset, shuffled_batches
from app.training.divergence import Divergence
from app.training.epoch import EpochBegun
from app.training.evaluation import Evaluation, evaluate
from app.training.events import CheckpointEvent, Event, StateEvent, StepEvent
from app.training.frozen_part import DROPOUTS, read_apart
from app.training.gradient_norms import StepMeasures, measure_step
from app.training.number_text import number_text
from app.training.optimizers import Schedule, build_optimizer, load_optimizer
from app.training.recipe import Recipe
from app.training.stopping import EarlyStopping


class _Cancelled(Exception):
    """Somebody asked the run to end."""


def train(
    model: nn.Module,
    recipe: Recipe,
    training: Dataset,
    validation: Dataset,
    normalization: Normalization,
    device: torch.device,
    cancelled: Callable[[], bool] = lambda: False,
) -> Generator[Event, None, None]:
    """Teach `model` from `training`, telling every step, epoch, checkpoint and state.

    The model, initialized before, is changed in place. The last event is always a state: finished,
    stopped_early, diverged (the loss is no number, or as `Divergence` has it) or
    cancelled. Closing the generator ends it too.

    Args:
        cancelled: asked before every batch, of training and of validation.
    """
    return Training(model, recipe, training, validation, normalization, device, cancelled).events()


class Training:
    """One run: what it keeps between its batches, to be written down and taken up again."""

    def __init__(
        self,
        model: nn.Module,
        recipe: Recipe,
        training: Dataset,
        validation: Dataset,
        normalization: Normalization,
        device: torch.device,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.model, self.recipe, self.device = model.to(device), recipe, device
        self.training, self.validation = training, validation
        self.normalization, self.cancelled = normalization, cancelled
        self.learning: nn.Module = model
        self.optimizer = build_optimizer(model, recipe.optimizer)
        self.stopping = EarlyStopping(
            recipe.early_stopping.patience if recipe.early_stopping else recipe.epochs + 1
        )
        labels = torch.cat([training.labels, validation.labels])
        self.divergence = Divergence(int(labels.max()) + 1)
        self.drops = any(isinstance(module, DROPOUTS) for module in model.modules())
        # The layout that poolings, and products in bfloat16, are quickest in: a fifth of a step.
        if recipe.precision == "bfloat16" or device.type == "cpu":
            model.to(memory_format=torch.channels_last)
        self.order = torch.Generator().manual_seed(recipe.seed)
        self.chance = torch.Generator().manual_seed(recipe.seed)
        self.steps = recipe.epochs * math.ceil(len(training) / recipe.batch_size)
        self.schedule = Schedule(self.optimizer, recipe.scheduler, self.steps)
        self.epochs_done = self.step = 0
        self.begun = EpochBegun(self.order.get_state(), self.lr)

    @property
    def epoch(self) -> int:
        """The epoch at hand, counted from 1."""
        return self.epochs_done + 1

    @property
    def lr(self) -> float:
        """The learning rate in force."""
        return float(self.optimizer.param_groups[0]["lr"])

    def state_dict(self) -> dict[str, Any]:
        """Everything that the rest of the run depends on, as tensors and plain values.

        Asked for between two events; a run that takes it up gives the numbers of the whole run.
        """
        return {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "stopping": self.stopping.state_dict(),
            "divergence": self.divergence.state_dict(),
            "chance": self.chance.get_state(),
            "epochs_done": self.epochs_done,
            "step": self.step,
            "begun": self.begun.state_dict(),
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take up a run of the same recipe and data where `state_dict` was asked for."""
        self.model.load_state_dict(state["model"])
        load_optimizer(self.optimizer, state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.stopping.load_state_dict(state["stopping"])
        if "divergence" in state:  # not of an earlier version
            self.divergence.load_state_dict(state["divergence"])
        self.chance.set_state(state["chance"])
        self.epochs_done, self.step = state["epochs_done"], state["step"]
        self.begun = EpochBegun(**state["begun"])

    def events(self) -> Generator[Event, None, None]:
        """What happens from here on; the last event is a state."""
        yield StateEvent("running")
        try:
            if self.recipe.reads_once:
                self.read_frozen()
            yield from self._epochs()
        except _Cancelled:
            yield StateEvent("cancelled", f"Cancelled in epoch {self.epoch}.")

    def read_frozen(self) -> None:
        """What stays the same in all epochs is computed once, where it can be told apart."""
        started = time.perf_counter()
        read = partial(read_apart, self.model, self.training, self.validation)
        size, check = self.recipe.batch_size, self._check_cancelled
        apart = read(size, self.normalization, self.device, check)
        if apart is not None:
            self.learning, self.training, self.validation = apart
        self.begun.seconds += time.perf_counter() - started

    def _epochs(self) -> Generator[Event, None, None]:
        """All epochs, until the recipe's end, the patience's end, or the loss's."""
        while not self.stopping.is_over and self.epochs_done < self.recipe.epochs:
            begun, started = self.begun, time.perf_counter()
            for event in self._one_epoch():
                now = time.perf_counter()
                begun.seconds, started = begun.seconds + now - started, now
                yield event
                if not math.isfinite(event.loss):
                    yield self._diverged(
                        f"The loss of step {event.step} is {number_text(event.loss)}."
                    )
                    return
            judged = evaluate(
                self.learning,
                self.validation,
                self.normalization,
                self.device,
                self._check_cancelled,
            )
            told = begun.event(
                self.epoch, judged, len(self.training), judged.loss < self.stopping.lowest
            )
            yield told
            if astray := self.divergence.after_epoch(begun.losses, judged.loss):
                yield self._diverged(astray)
                return
            self._end_epoch(judged)
            weights = copy_weights(self.model)
            yield CheckpointEvent(told.epoch, judged.loss, judged.accuracy, told.best, weights)
        if not self.stopping.is_over:
            yield StateEvent("finished")
            return
        reason = f"The validation loss has not fallen for {self.stopping.patience} epochs."
        yield StateEvent("stopped_early", reason)

    def _diverged(self, reason: str) -> StateEvent:
        """The state of a run that went astray, with the number to change."""
        rate = number_text(self.recipe.optimizer.lr, digits=6)
        return StateEvent("diverged", f"{reason} A smaller learning rate than {rate} may help.")

    def _end_epoch(self, judged: Evaluation) -> None:
        """What an epoch's verdict changes, and the beginning of the next."""
        self.schedule.after_epoch(judged.loss)
        self.stopping.update(judged.loss)
        self.epochs_done += 1
        self.begun = EpochBegun(self.order.get_state(), self.lr)

    def _one_epoch(self) -> Generator[StepEvent, None, None]:
        """Every training image once, in a new order; what was taken before is not taken again."""
        begin_learning(self.model)
        for images, labels in self._batches():
            self._check_cancelled()
            started, lr = time.perf_counter(), self.lr
            measured = self.learn(images, labels)
            self.step += 1
            self.begun.add(measured)
            yield StepEvent(
                epoch=self.epoch,
                step=self.step,
                steps=self.steps,
                **vars(measured),
                lr=lr,
                samples_per_second=len(labels) / (time.perf_counter() - started),
            )

    def _batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Every training image once, in a new order, moved by chance where the recipe says so."""
        moves = self.recipe.augmentation
        change = partial(augment, recipe=moves, chance=self.chance) if moves else None
        self.order.set_state(self.begun.order)
        return shuffled_batches(
            self.training,
            self.recipe.batch_size,
            self.normalization,
            self.order,
            self.device,
            change,
            skip=len(self.begun.losses),
        )

    def learn(self, images: Tensor, labels: Tensor) -> StepMeasures:
        """One batch: gradients to zero, forward, loss, backward, step."""
        self.optimizer.zero_grad()
        loss = nn.functional.cross_entropy(self._logits(images), labels)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward untyped
        measured = measure_step(self.model, loss)
        self.optimizer.step()
        self.schedule.after_step()
        return measured

    def _logits(self, images: Tensor) -> Tensor:
        """The model's answer to a batch, in the recipe's precision."""
        chance = self.chance if self.drops else None
        return answer(self.learning, images, self.recipe.precision, chance)

    def _check_cancelled(self) -> None:
        """Leave the loop at once when somebody asked for it."""
        if self.cancelled():
            raise _Cancelled
