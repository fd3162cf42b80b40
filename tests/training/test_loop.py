from __future__ import annotations

import io
import itertools
import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
import torch
from torch import nn

from app.networks.checkpoint import copy_weights
from app.networks.normalization import Normalization
from app.networks.registry import ARCHITECTURES
from app.training.candidates import build_model
from app.training.datasets import Dataset, shuffled_batches, split
from app.training.evaluation import evaluate
from app.training.events import CheckpointEvent, EpochEvent, Event, StateEvent, StepEvent
from app.training.loop import Training, train
from app.training.recipe import (
    AugmentationRecipe,
    EarlyStoppingRecipe,
    OneCycleRecipe,
    OptimizerRecipe,
    Recipe,
    SchedulerRecipe,
)
from app.training.runs.state_file import pack, unpack

CPU = torch.device("cpu")
E = TypeVar("E", StepEvent, EpochEvent, CheckpointEvent, StateEvent)
PLAIN = Normalization(mean=(0.5,), std=(0.5,))
SMALL = Recipe(epochs=3, batch_size=16, optimizer=OptimizerRecipe(lr=0.05))


def halves(count: int = 96) -> tuple[Dataset, Dataset]:
    """Tiny pictures, bright above or bright below: a class each."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(0, 2, (count,), generator=generator)
    images = torch.randint(0, 100, (count, 1, 2, 2), generator=generator, dtype=torch.uint8)
    images[torch.arange(count), 0, labels] += 120
    return split(Dataset("halves", images, labels, ""), 2 / 3, seed=0)


def small_model(seed: int = 0) -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return nn.Sequential(nn.Flatten(), nn.Linear(4, 2))


def events_of(
    recipe: Recipe = SMALL,
    model: nn.Module | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Event]:
    training, validation = halves()
    return list(train(model or small_model(), recipe, training, validation, PLAIN, CPU, cancelled))


def of(events: list[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def test_a_run_tells_every_step_epoch_and_checkpoint_and_ends_with_a_state() -> None:
    events = events_of()
    one_epoch = ["step"] * 4 + ["epoch", "checkpoint"]
    assert [event.kind for event in events] == ["state", *one_epoch * 3, "state"]
    assert [event.state for event in of(events, StateEvent)] == ["running", "finished"]
    steps = of(events, StepEvent)
    assert [event.step for event in steps] == list(range(1, 13))
    assert {event.steps for event in steps} == {12}
    assert [event.epoch for event in steps] == [1] * 4 + [2] * 4 + [3] * 4
    for epoch, members in itertools.groupby(steps, key=lambda event: event.epoch):
        losses = [event.loss for event in members]
        told = of(events, EpochEvent)[epoch - 1]
        assert told.train_loss == pytest.approx(sum(losses) / len(losses))
    assert of(events, EpochEvent)[-1].val_accuracy == 1.0
    assert all(event.samples_per_second > 0 for event in steps)


def test_a_step_is_torchs_own_training_step() -> None:
    """Losses, gradient norms and weights of an epoch against the plain loop of any tutorial."""
    recipe = replace(SMALL, epochs=1)
    training, _ = halves()
    model, optimizer_of = small_model(), torch.optim.Adam
    optimizer = optimizer_of(model.parameters(), lr=0.05, weight_decay=1e-5, amsgrad=True)
    losses, norms = [], []
    order = torch.Generator().manual_seed(recipe.seed)
    for images, labels in shuffled_batches(training, 16, PLAIN, order, CPU):
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(model(images), labels)
        loss.backward()
        squares = [p.grad.square().sum() for p in model.parameters() if p.grad is not None]
        norms.append(math.sqrt(sum(square.item() for square in squares)))
        optimizer.step()
        losses.append(loss.item())
    events = events_of(recipe)
    assert [event.loss for event in of(events, StepEvent)] == pytest.approx(losses, rel=1e-5)
    assert [e.gradient_norm for e in of(events, StepEvent)] == pytest.approx(norms, rel=1e-4)
    (checkpoint,) = of(events, CheckpointEvent)
    for name, value in model.state_dict().items():
        torch.testing.assert_close(checkpoint.weights[name], value)


def test_the_same_seed_gives_the_same_curve_and_another_one_another() -> None:
    def curve(seed: int) -> list[float]:
        return [event.loss for event in of(events_of(replace(SMALL, seed=seed)), StepEvent)]

    assert curve(1) == curve(1)
    assert curve(1) != curve(2)


def test_a_run_with_convolutions_goes_on_to_the_same_weights() -> None:
    """What the optimizer remembers has to lie in memory as the weights do: a fused step looks."""
    generator = torch.Generator().manual_seed(0)
    images = torch.randint(0, 256, (96, 1, 6, 6), generator=generator, dtype=torch.uint8)
    data = Dataset("noise", images, torch.arange(96) % 2, "")

    def training() -> Training:
        with torch.random.fork_rng():
            torch.manual_seed(0)
            layers = (nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 8, 3), nn.Flatten())
            model = nn.Sequential(*layers, nn.Linear(32, 2))
        return Training(model, SMALL, data, data, PLAIN, CPU)

    whole, begun, resumed = training(), training(), training()
    losses = [event.loss for event in of(list(whole.events()), StepEvent)]
    events = begun.events()
    while begun.step < 8:
        next(events)
    resumed.load_state_dict(unpack(pack(begun.state_dict())))
    rest = [event.loss for event in of(list(resumed.events()), StepEvent)]
    assert losses[8:] == rest
    for name, value in whole.model.state_dict().items():
        assert resumed.model.state_dict()[name].equal(value)


def test_a_checkpoint_is_a_copy_that_later_steps_leave_alone() -> None:
    training, validation = halves()
    model = small_model()
    first: CheckpointEvent | None = None
    for event in train(model, SMALL, training, validation, PLAIN, CPU):
        if isinstance(event, CheckpointEvent) and first is None:
            first = event
            copied = {name: value.clone() for name, value in event.weights.items()}
    assert first is not None
    assert all(torch.equal(first.weights[name], copied[name]) for name in copied)
    assert not torch.equal(first.weights["1.weight"], model.state_dict()["1.weight"])
    again = small_model()
    again.load_state_dict(first.weights)
    judged = evaluate(again, validation, PLAIN, CPU)
    assert judged.loss == pytest.approx(first.val_loss)
    assert judged.accuracy == first.val_accuracy


def test_validation_changes_nothing_and_runs_in_evaluation_mode() -> None:
    modes = []

    class Watching(nn.Linear):
        def forward(self, input: torch.Tensor) -> torch.Tensor:
            modes.append((self.training, torch.is_grad_enabled()))
            return super().forward(input)

    events_of(replace(SMALL, epochs=2), nn.Sequential(nn.Flatten(), Watching(4, 2)))
    one_epoch = [(True, True)] * 4 + [(False, False)]
    assert modes == one_epoch * 2


def test_one_cycle_rises_to_the_optimizers_rate_and_falls_to_nearly_nothing() -> None:
    events = events_of(replace(SMALL, scheduler=OneCycleRecipe(rise=0.25)))
    rates = [event.lr for event in of(events, StepEvent)]
    top = rates.index(max(rates))
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert 0.9 * 0.05 < rates[top] <= 0.05
    assert rates[0] == pytest.approx(0.05 / 25)
    assert rates[-1] < 0.1 * 0.05
    without = events_of(replace(SMALL, scheduler=None))
    assert {event.lr for event in of(without, StepEvent)} == {0.05}


def test_what_drops_out_follows_the_seed_and_not_what_others_draw() -> None:
    def curve(seed: int, others: int) -> list[float]:
        model = nn.Sequential(nn.Flatten(), nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 2))
        for index, parameter in enumerate(model.parameters()):
            torch.nn.init.constant_(parameter, 0.1 * index)
        torch.manual_seed(others)
        return [event.loss for event in of(events_of(replace(SMALL, seed=seed), model), StepEvent)]

    assert curve(1, others=1) == curve(1, others=2)
    assert curve(1, others=1) != curve(2, others=1)


def test_a_checkpoint_has_what_batch_normalization_counted() -> None:
    model = nn.Sequential(nn.BatchNorm2d(1), nn.Flatten(), nn.Linear(4, 2))
    *_, last = of(events_of(model=model), CheckpointEvent)
    assert last.weights["0.running_mean"].any()
    assert int(last.weights["0.num_batches_tracked"]) == 12


def test_augmentation_moves_the_training_images_alone() -> None:
    seen: dict[bool, list[torch.Tensor]] = {True: [], False: []}

    class Watching(nn.Flatten):
        def forward(self, input: torch.Tensor) -> torch.Tensor:
            seen[self.training].append(input.detach().clone())
            return super().forward(input)

    def run(recipe: Recipe) -> dict[bool, torch.Tensor]:
        for images in seen.values():
            images.clear()
        events_of(recipe, nn.Sequential(Watching(), nn.Linear(4, 2)))
        return {mode: torch.cat(images) for mode, images in seen.items()}

    plain, moved = run(SMALL), run(replace(SMALL, augmentation=AugmentationRecipe(shift=1)))
    assert torch.equal(plain[False], moved[False])
    assert not torch.equal(plain[True], moved[True])


def test_bfloat16_learns_the_same_and_keeps_float32_weights() -> None:
    events = events_of(replace(SMALL, precision="bfloat16"))
    *_, last = of(events, CheckpointEvent)
    assert {value.dtype for value in last.weights.values()} == {torch.float32}
    exact = [event.loss for event in of(events_of(), StepEvent)]
    rounded = [event.loss for event in of(events, StepEvent)]
    assert rounded != exact
    assert rounded == pytest.approx(exact, rel=0.05)


class Stuck(nn.Module):
    """A model whose answer never changes, so that no epoch after the first is better."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return torch.zeros(len(images), 2) * self.weight


def test_the_learning_rate_falls_and_the_run_stops_early_when_nothing_gets_better() -> None:
    recipe = Recipe(
        epochs=30,
        batch_size=64,
        scheduler=SchedulerRecipe(patience=1, factor=0.5),
        early_stopping=EarlyStoppingRecipe(patience=5),
    )
    events = events_of(recipe, Stuck())
    epochs = of(events, EpochEvent)
    assert [event.best for event in epochs] == [True] + [False] * 5
    assert [event.lr for event in epochs] == [1e-3, 1e-3, 1e-3, 5e-4, 5e-4, 2.5e-4]
    last = events[-1]
    assert isinstance(last, StateEvent)
    assert last.state == "stopped_early"
    assert last.reason == "The validation loss has not fallen for 5 epochs."


def test_without_a_schedule_or_a_patience_it_runs_to_its_end() -> None:
    recipe = replace(SMALL, epochs=12, scheduler=None, early_stopping=None)
    epochs = of(events_of(recipe, Stuck()), EpochEvent)
    assert len(epochs) == 12
    assert {event.lr for event in epochs} == {0.05}


@pytest.mark.parametrize("name", ["sgd", "adam"])
def test_a_loss_that_is_no_number_ends_the_run_as_diverged(name: str) -> None:
    lr = 1e38 if name == "sgd" else 1e30
    recipe = replace(SMALL, optimizer=OptimizerRecipe(name=name, lr=lr))  # type: ignore[arg-type]  # parametrized
    events = events_of(recipe)
    last = events[-1]
    assert isinstance(last, StateEvent)
    assert last.state == "diverged"
    assert last.reason is not None
    power = {"sgd": "³⁸", "adam": "³⁰"}[name]
    assert last.reason.endswith(f" A smaller learning rate than 10{power} may help.")
    assert re.match("The loss of step \\d+ is (not a number|infinite)\\.", last.reason)
    assert len(events) < 12
    for event in events:
        json.dumps(event.as_dict(), allow_nan=False)
    assert all(
        value.isfinite().all()
        for event in of(events, CheckpointEvent)
        for value in event.weights.values()
    )


def test_nan_in_the_weights_is_noticed_at_the_first_step() -> None:
    model = small_model()
    nn.init.constant_(model.get_parameter("1.weight"), math.nan)
    events = events_of(model=model)
    assert [event.kind for event in events] == ["state", "step", "state"]
    assert events[1].as_dict()["loss"] == "NaN"


@pytest.mark.parametrize("asked", [1, 3, 5, 6])
def test_a_run_can_be_cancelled_before_any_batch_of_training_or_validation(asked: int) -> None:
    calls = itertools.count(1)
    events = events_of(cancelled=lambda: next(calls) >= asked)
    last = events[-1]
    assert isinstance(last, StateEvent)
    assert last.state == "cancelled"
    # Four batches of training, one of validation, then the next epoch.
    assert len(of(events, StepEvent)) == min(asked - 1, 4)
    assert len(of(events, EpochEvent)) == (asked > 5)


def test_nothing_is_computed_before_the_first_event_is_asked_for() -> None:
    training, validation = halves()
    model = small_model()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    run = train(model, SMALL, training, validation, PLAIN, CPU)
    assert next(run) == StateEvent("running")
    run.close()
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())


def test_a_short_run_on_the_shipped_digits_really_learns(
    subset: tuple[Dataset, Dataset],
) -> None:
    few, unseen = (
        each.subset(torch.arange(n)) for each, n in zip(subset, (2_000, 500), strict=True)
    )
    architecture = ARCHITECTURES["mycnn"]
    recipe = Recipe(epochs=1, batch_size=32)
    model = build_model(architecture, recipe)
    untrained = evaluate(model, unseen, architecture.normalization, CPU)
    taught, judged = split(few, 0.9, seed=0)
    *_, last = train(model, recipe, taught, judged, architecture.normalization, CPU)
    assert last == StateEvent("finished")
    trained = evaluate(model, unseen, architecture.normalization, CPU)
    assert untrained.accuracy < 0.3
    assert trained.accuracy > 0.8
    assert (trained.count, trained.correct) == (500, round(trained.accuracy * 500))


@pytest.mark.parametrize(
    "recipe",
    [
        SMALL,
        replace(SMALL, scheduler=OneCycleRecipe(), early_stopping=None),
        replace(SMALL, epochs=9, early_stopping=EarlyStoppingRecipe(patience=1)),
        replace(
            SMALL,
            optimizer=OptimizerRecipe("sgd", lr=0.5, momentum=0.9),
            scheduler=SchedulerRecipe(patience=0),
            augmentation=AugmentationRecipe(rotation_degrees=20, flip=True),
        ),
    ],
    ids=["article", "one cycle", "early stopping", "augmentation"],
)
def test_a_run_that_is_taken_up_anywhere_gives_the_same_numbers(recipe: Recipe) -> None:
    def training_of(seed: int = 0) -> Training:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            model = nn.Sequential(nn.Flatten(), nn.Dropout(0.3), nn.Linear(4, 2))
        return Training(model, recipe, *halves(), PLAIN, CPU)

    def plain(event: Event) -> str:
        timed = ("seconds", "samples_per_second")
        document = {name: value for name, value in event.as_dict().items() if name not in timed}
        return json.dumps(document)

    whole = training_of()
    told, saved = [], []
    for event in whole.events():
        told.append(plain(event))
        kept = io.BytesIO()
        torch.save(whole.state_dict(), kept)
        saved.append(kept)
    weights = copy_weights(whole.model)
    assert len(told) >= 12
    for at, kept in enumerate(saved[:-1]):
        kept.seek(0)
        again = training_of(seed=1)
        again.load_state_dict(torch.load(kept, weights_only=True))
        _, *rest = [plain(event) for event in again.events()]
        # Between an epoch's end and its checkpoint nothing is learned: it is judged once more.
        expected = told[at:] if json.loads(told[at])["kind"] == "epoch" else told[at + 1 :]
        assert rest == expected, at
        for name, value in copy_weights(again.model).items():
            assert value.equal(weights[name])
