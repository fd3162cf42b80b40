"""Which trainings are told to have diverged: those of far too large steps, and no others."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from app.training.candidates import build_model
from app.training.datasets import Dataset, split
from app.training.divergence import STEPS, Divergence
from app.training.events import EpochEvent, StateEvent
from app.training.loop import train
from app.training.recipe import AugmentationRecipe, OptimizerRecipe, Recipe
from app.training.variant import architecture_of

ARTICLE = Recipe(dataset="mnist-subset", epochs=2, batch_size=8, seed=1)
LENET = replace(ARTICLE, network="lenet5")
SENSIBLE = {
    "the article's": ARTICLE,
    "SGD": replace(LENET, optimizer=OptimizerRecipe("sgd", lr=0.05, momentum=0.9)),
    "small steps": replace(LENET, optimizer=OptimizerRecipe(lr=1e-6)),
    "batch normalization": replace(ARTICLE, batch_norm=True, dropout=0.5),
    "augmentation": replace(LENET, augmentation=AugmentationRecipe(30, 0.2, 4, flip=True)),
    "weights far too large": replace(ARTICLE, initialization="normal", initialization_scale=1.0),
}
TOO_LARGE = {
    "Adam, 1000": OptimizerRecipe(lr=1000.0),
    "Adam, 1": OptimizerRecipe(lr=1.0),
    "SGD, 10": OptimizerRecipe("sgd", lr=10.0),
}


def end_of(recipe: Recipe, digits: Dataset) -> tuple[StateEvent, list[EpochEvent]]:
    """How a training on a few digits ends, and its epochs."""
    architecture = architecture_of(recipe)
    parts = split(digits.subset(torch.arange(600)), recipe.split, recipe.split_seed)
    model, cpu = build_model(architecture, recipe), torch.device("cpu")
    events = list(train(model, recipe, *parts, architecture.normalization, cpu))
    assert isinstance(events[-1], StateEvent)
    return events[-1], [event for event in events if isinstance(event, EpochEvent)]


@pytest.mark.parametrize("name", SENSIBLE)
def test_a_recipe_that_can_learn_does_not_diverge(
    name: str, subset: tuple[Dataset, Dataset]
) -> None:
    end, epochs = end_of(SENSIBLE[name], subset[0])
    assert (end.state, len(epochs)) == ("finished", 2)


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_step_far_too_large_diverges_also_where_the_loss_is_a_number(
    name: str, subset: tuple[Dataset, Dataset]
) -> None:
    optimizer = TOO_LARGE[name]
    end, epochs = end_of(replace(LENET, optimizer=optimizer), subset[0])
    assert end.state == "diverged"
    assert all(math.isfinite(epoch.val_loss) for epoch in epochs)
    assert str(end.reason).endswith(
        "and the network is no better than guessing. "
        f"A smaller learning rate than {optimizer.lr:,.0f} may help."
    )
    assert str(end.reason).startswith("The training loss has risen from 2.3")


def test_it_is_judged_by_fifty_steps_at_least_and_by_both_losses() -> None:
    few = Divergence(10)
    assert few.after_epoch([2.3], 5.0) is None
    for _ in range(STEPS - 2):  # epochs of one step
        assert few.after_epoch([1000.0], 5.0) is None
    assert few.after_epoch([1000.0], 5.0) is not None
    learned, slow = Divergence(10), Divergence(10)
    assert learned.after_epoch([2.3, *[1000.0] * STEPS], 2.2) is None  # it has recovered
    assert slow.after_epoch([2.3] * STEPS, 2.4) is None  # it has learned nothing
    assert slow.after_epoch([23.1] * STEPS, 2.4) is not None
    # What begins high is held against that, what begins low against guessing.
    assert Divergence(10).after_epoch([500.0, *[4_000.0] * STEPS], 3_000.0) is None
    assert Divergence(10).after_epoch([0.001, *[20.0] * STEPS], 9.0) is None
    assert Divergence(10).after_epoch([2.3], math.nan) == "The validation loss is not a number."


def test_a_run_that_goes_on_is_judged_as_if_it_had_not_stopped() -> None:
    one, other = Divergence(10), Divergence(10)
    one.after_epoch([2.3, *[1000.0] * 30], 5.0)
    other.load_state_dict(one.state_dict())
    said = other.after_epoch([1000.0] * 30, 5.0)
    assert said == (
        "The training loss has risen from 2.3 at the first step to a mean of 984, and the network "
        "is no better than guessing."
    )
    assert said == one.after_epoch([1000.0] * 30, 5.0)
