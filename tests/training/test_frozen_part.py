"""Frozen layers that compute once: the losses are those of layers that compute in every epoch."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from app.training.candidates import build_model
from app.training.datasets import Dataset, split
from app.training.events import EpochEvent, StateEvent, StepEvent
from app.training.frozen_part import cut
from app.training.loop import Training
from app.training.recipe import AugmentationRecipe, OptimizerRecipe, OwnData, Recipe, TransferRecipe
from app.training.variant import architecture_of

CPU = torch.device("cpu")
FROZEN = Recipe(dataset="mnist-subset", epochs=3, batch_size=16, optimizer=OptimizerRecipe(lr=0.01))
PHOTOS = OwnData(("cat", "dog", "hen"), "photographs", "")
NETWORKS = ("mycnn", "mycnn_bn_dropout", "lenet5", "resnet20", "squeezenet1_1", "resnet18")
PHOTOGRAPHS = ("squeezenet1_1", "resnet18", "efficientnet_lite0")


class Plainly(Training):
    """The same loop, in which all layers compute in every epoch."""

    def read_frozen(self) -> None:
        """Nothing is read beforehand."""


def recipe_of(network: str) -> Recipe:
    """Only the last layer of a network learns."""
    recipe = replace(FROZEN, network=network, transfer=TransferRecipe(network))
    if network not in PHOTOGRAPHS:
        return recipe
    return replace(recipe, dataset="own:photos", data=PHOTOS, epochs=2, batch_size=4)


def training_of(
    kind: type[Training], recipe: Recipe, data: Dataset
) -> tuple[Training, Counter[str]]:
    """A training, and how many images its first layer has seen."""
    architecture = architecture_of(recipe)
    with torch.random.fork_rng():
        torch.manual_seed(7)
        weights = architecture.build().state_dict()
    model = build_model(architecture, recipe, weights)
    seen: Counter[str] = Counter()
    first = next(each for each in model.modules() if isinstance(each, nn.Conv2d))
    first.register_forward_pre_hook(lambda _, given: seen.update(images=len(given[0])))
    parts = split(data, recipe.split, recipe.split_seed)
    return kind(model, recipe, *parts, architecture.normalization, CPU), seen


def photographs(count: int) -> Dataset:
    """Noise of three classes."""
    generator = torch.Generator().manual_seed(0)
    images = torch.randint(0, 256, (count, 3, 224, 224), generator=generator, dtype=torch.uint8)
    return Dataset("own:photos", images, torch.arange(count) % 3, "")


def numbers(training: Training) -> tuple[list[float], list[float]]:
    """The loss and the gradient's norm of each step, the loss and accuracy of each epoch."""
    events = list(training.events())
    assert events[-1] == StateEvent("finished")
    steps = [event for event in events if isinstance(event, StepEvent)]
    epochs = [event for event in events if isinstance(event, EpochEvent)]
    return (
        [value for each in steps for value in (each.loss, each.gradient_norm)],
        [value for each in epochs for value in (each.val_loss, each.val_accuracy)],
    )


@pytest.mark.parametrize("network", ["mycnn", "mycnn_bn_dropout", "lenet5", *PHOTOGRAPHS[::2]])
def test_what_is_frozen_computes_once_to_the_same_losses(
    network: str, subset: tuple[Dataset, Dataset]
) -> None:
    recipe = recipe_of(network)
    is_photo = recipe.data is not None
    data = photographs(15) if is_photo else subset[0].subset(torch.arange(200))
    (once, seen), (plain, seen_plainly) = (
        training_of(kind, recipe, data) for kind in (Training, Plainly)
    )
    (steps, epochs), (steps_plainly, epochs_plainly) = numbers(once), numbers(plain)
    assert steps == pytest.approx(steps_plainly, rel=2e-4 if is_photo else 1e-5)
    assert epochs == pytest.approx(epochs_plainly, rel=2e-4 if is_photo else 1e-5)
    assert seen["images"] == len(data)
    assert seen_plainly["images"] == recipe.epochs * len(data)
    for name, value in plain.model.state_dict().items():
        torch.testing.assert_close(once.model.state_dict()[name], value, rtol=1e-3, atol=1e-5)


def test_what_changes_from_epoch_to_epoch_is_computed_in_each(
    subset: tuple[Dataset, Dataset],
) -> None:
    data = subset[0].subset(torch.arange(100))
    for changes in (
        {"augmentation": AugmentationRecipe(shift=1)},
        {"precision": "bfloat16"},
        {"transfer": TransferRecipe("mycnn", freeze=False)},
    ):
        training, seen = training_of(Training, replace(recipe_of("mycnn"), **changes), data)
        numbers(training)
        assert seen["images"] == FROZEN.epochs * len(data)


def test_what_would_take_too_much_room_is_computed_in_each_epoch(
    subset: tuple[Dataset, Dataset], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.training.frozen_part.MOST_BYTES", 100 * 128 * 4 - 1)
    data = subset[0].subset(torch.arange(125))  # 100 to learn from
    training, seen = training_of(Training, recipe_of("mycnn"), data)
    steps, _ = numbers(training)
    assert seen["images"] == 16 + FROZEN.epochs * 125
    plain, _ = training_of(Plainly, recipe_of("mycnn"), data)
    assert steps == numbers(plain)[0]


def test_a_run_that_goes_on_has_the_same_losses_and_one_that_is_ended_reads_no_further(
    subset: tuple[Dataset, Dataset],
) -> None:
    data = subset[0].subset(torch.arange(200))
    whole, _ = training_of(Training, recipe_of("mycnn_bn_dropout"), data)
    begun, _ = training_of(Training, recipe_of("mycnn_bn_dropout"), data)
    losses = [event.loss for event in whole.events() if isinstance(event, StepEvent)]
    events = (event for event in begun.events() if isinstance(event, StepEvent))
    first = [next(events).loss for _ in range(14)]
    other, _ = training_of(Training, recipe_of("mycnn_bn_dropout"), data)
    other.load_state_dict(begun.state_dict())
    rest = [event.loss for event in other.events() if isinstance(event, StepEvent)]
    assert first + rest == losses
    ended, seen = training_of(Training, recipe_of("mycnn"), data)
    ended.cancelled = lambda: True
    assert [event.kind for event in ended.events()] == ["state", "state"]
    assert seen["images"] == 0


@pytest.mark.parametrize("network", [*NETWORKS, "efficientnet_lite0"])
def test_both_halves_together_are_the_network(network: str) -> None:
    recipe = recipe_of(network)
    architecture = architecture_of(recipe)
    model = build_model(architecture, recipe).eval()
    halves = cut(model)
    assert halves is not None
    images = torch.rand(2, *architecture.input_shape)
    with torch.no_grad():
        torch.testing.assert_close(halves.learning(halves.frozen(images)), model(images))
    assert not any(each.requires_grad for each in halves.frozen.parameters())


class Two(nn.Module):
    """What is frozen, and the images themselves, go to what learns."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.other, self.last = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 2)
        self.one.requires_grad_(False)

    def forward(self, images: Tensor) -> Tensor:
        """Both beside each other."""
        logits: Tensor = self.last(self.one(images) + self.other(images))
        return logits


class ByChance(Two):
    """A function drops out what no module does."""

    def forward(self, images: Tensor) -> Tensor:
        """One half of it."""
        some = nn.functional.dropout(self.one(images), 0.5, self.training)
        logits: Tensor = self.last(some)
        return logits


class Undecided(Two):
    """What is computed follows from what is seen."""

    def forward(self, images: Tensor) -> Tensor:
        """One or the other."""
        some: Tensor = self.one(images) if images.sum() > 0 else self.other(images)
        return some


@pytest.mark.parametrize("kind", [Two, ByChance, Undecided])
def test_what_cannot_be_cut_stays_whole(kind: type[Two]) -> None:
    assert cut(kind()) is None
