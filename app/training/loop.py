"""Training as a generator of events: each `next` does one batch's work and tells about it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial

import torch
from torch import Tensor, nn

from app.networks.normalization import Normalization
from app.training.augmentation import augment
from app.training.datasets import Dataset, shuffled_batches
from app.training.evaluation import Evaluation, evaluate
from app.training.events import CheckpointEvent, EpochEvent, Event, StateEvent, StepEvent
from app.training.optimizers import Schedule, build_optimizer
from app.training.recipe import Recipe
from app.training.stopping import EarlyStopping

DROPOUTS = (nn.Dropout, nn.Dropout2d)


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

    The model is changed in place. The last event is always a state: finished, stopped_early,
    diverged (the loss is no longer a number) or cancelled. Closing the generator ends the run too.

    Args:
        model: already initialized.
        cancelled: asked before every batch, of training and of validation.
    """
    run = _Run(model.to(device), recipe, training, validation, normalization, device, cancelled)
    yield StateEvent("running")
    try:
        yield from run.epochs()
    except _Cancelled:
        yield StateEvent("cancelled", f"Cancelled in epoch {run.epoch}.")


class _Run:
    """What one run keeps between its batches."""

    def __init__(
        self,
        model: nn.Module,
        recipe: Recipe,
        training: Dataset,
        validation: Dataset,
        normalization: Normalization,
        device: torch.device,
        cancelled: Callable[[], bool],
    ) -> None:
        self.model, self.recipe, self.device = model, recipe, device
        self.training, self.validation = training, validation
        self.normalization, self.cancelled = normalization, cancelled
        self.optimizer = build_optimizer(model, recipe.optimizer)
        self.stopping = EarlyStopping(
            recipe.early_stopping.patience if recipe.early_stopping else recipe.epochs + 1
        )
        self.drops = any(isinstance(module, DROPOUTS) for module in model.modules())
        if recipe.precision == "bfloat16":  # the layout that its products are quickest in
            model.to(memory_format=torch.channels_last)
        self.order = torch.Generator().manual_seed(recipe.seed)
        self.chance = torch.Generator().manual_seed(recipe.seed)
        self.steps = recipe.epochs * math.ceil(len(training) / recipe.batch_size)
        self.schedule = Schedule(self.optimizer, recipe.scheduler, self.steps)
        self.epoch = self.step = 0

    @property
    def lr(self) -> float:
        """The learning rate in force."""
        return float(self.optimizer.param_groups[0]["lr"])

    def epochs(self) -> Generator[Event, None, None]:
        """All epochs, until the recipe's end, the patience's end, or the loss's."""
        for epoch in range(1, self.recipe.epochs + 1):
            self.epoch = epoch
            lr, started, steps = self.lr, time.perf_counter(), []
            for event in self.one_epoch():
                yield event
                if not math.isfinite(event.loss):
                    yield _diverged(f"The loss of step {event.step} is {event.loss}.")
                    return
                steps.append(event)
            seconds = time.perf_counter() - started
            judged = evaluate(
                self.model, self.validation, self.normalization, self.device, self.check_cancelled
            )
            best = judged.loss < self.stopping.lowest
            yield self.epoch_event(steps, judged, lr, seconds, best)
            if not math.isfinite(judged.loss):
                yield _diverged(f"The validation loss of epoch {self.epoch} is {judged.loss}.")
                return
            yield CheckpointEvent(
                self.epoch, judged.loss, judged.accuracy, best, copy_weights(self.model)
            )
            self.schedule.after_epoch(judged.loss)
            if self.stopping.update(judged.loss):
                yield StateEvent(
                    "stopped_early",
                    f"The validation loss has not fallen for {self.stopping.patience} epochs.",
                )
                return
        yield StateEvent("finished")

    def epoch_event(
        self, steps: list[StepEvent], judged: Evaluation, lr: float, seconds: float, best: bool
    ) -> EpochEvent:
        """What an epoch came to: means over its steps, and the verdict of the validation."""
        return EpochEvent(
            epoch=self.epoch,
            train_loss=sum(step.loss for step in steps) / len(steps),
            val_loss=judged.loss,
            val_accuracy=judged.accuracy,
            gradient_norm=sum(step.gradient_norm for step in steps) / len(steps),
            lr=lr,
            seconds=seconds,
            samples_per_second=len(self.training) / seconds,
            best=best,
        )

    def one_epoch(self) -> Generator[StepEvent, None, None]:
        """Every training image once, in a new order."""
        self.model.train()
        for images, labels in self.batches():
            self.check_cancelled()
            started, lr = time.perf_counter(), self.lr
            loss, gradient_norm = self.learn(images, labels)
            self.step += 1
            yield StepEvent(
                epoch=self.epoch,
                step=self.step,
                steps=self.steps,
                loss=loss,
                gradient_norm=gradient_norm,
                lr=lr,
                samples_per_second=len(labels) / (time.perf_counter() - started),
            )

    def batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Every training image once, in a new order, moved by chance where the recipe says so."""
        change = None
        if (augmentation := self.recipe.augmentation) is not None:
            change = partial(augment, recipe=augmentation, chance=self.chance)
        return shuffled_batches(
            self.training,
            self.recipe.batch_size,
            self.normalization,
            self.order,
            self.device,
            change,
        )

    def learn(self, images: Tensor, labels: Tensor) -> tuple[float, float]:
        """One batch: gradients to zero, forward, loss, backward, step. Returns loss and norm."""
        self.optimizer.zero_grad()
        loss = nn.functional.cross_entropy(self.logits(images), labels)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward untyped
        gradients = [p.grad for p in self.model.parameters() if p.grad is not None]
        norm = nn.utils.get_total_norm(gradients)
        self.optimizer.step()
        self.schedule.after_step()
        return loss.item(), norm.item()

    def logits(self, images: Tensor) -> Tensor:
        """The model's answer to a batch, in the recipe's precision.

        What drops out by chance is drawn from the run's seed, whatever else draws meanwhile.
        """
        half = self.recipe.precision == "bfloat16"
        if half:
            images = images.contiguous(memory_format=torch.channels_last)
        with (
            torch.random.fork_rng(enabled=self.drops),
            torch.autocast(self.device.type, torch.bfloat16, enabled=half),
        ):
            if self.drops:
                torch.manual_seed(int(torch.randint(2**62, (), generator=self.chance)))
            logits: Tensor = self.model(images)
        return logits.float()

    def check_cancelled(self) -> None:
        """Leave the loop at once when somebody asked for it."""
        if self.cancelled():
            raise _Cancelled


def copy_weights(model: nn.Module) -> dict[str, Tensor]:
    """The model's weights as they are now, on the CPU."""
    return {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}


def _diverged(reason: str) -> StateEvent:
    """The state of a run whose loss left the numbers."""
    return StateEvent("diverged", f"{reason} A smaller learning rate may help.")
