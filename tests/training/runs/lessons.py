"""A run that takes a tenth of a second: a tiny network, tiny pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from app.networks.architecture import Architecture
from app.networks.normalization import Normalization
from app.training.datasets import Dataset, split
from app.training.recipe import OptimizerRecipe, Recipe
from app.training.runs.conductor import Lesson
from app.training.runs.run import Run
from app.training.runs.store import RunStore

CPU = torch.device("cpu")
RECIPE = Recipe(
    network="tiny",
    dataset="halves",
    epochs=6,
    batch_size=16,
    initialization="default",
    optimizer=OptimizerRecipe(lr=0.02),
)
TINY = Architecture(
    name="tiny",
    title="Tiny",
    source="these tests",
    dataset="halves",
    classes=("above", "below"),
    input_shape=(1, 2, 2),
    normalization=Normalization((0.5,), (0.5,)),
    preparation="digit",
    build=lambda: nn.Sequential(nn.Flatten(), nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)),
    initialize=lambda _: None,
)


def halves(count: int = 400) -> Dataset:
    """Tiny pictures, bright above or bright below: a class each."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(0, 2, (count,), generator=generator)
    images = torch.randint(0, 100, (count, 1, 2, 2), generator=generator, dtype=torch.uint8)
    images[torch.arange(count), 0, labels] += 120
    return Dataset("halves", images, labels, "")


def lesson(**changes: object) -> Lesson:
    """What is learned, by the recipe with these changes."""
    recipe = replace(RECIPE, **changes)  # type: ignore[arg-type]  # fields of the recipe
    return Lesson(TINY, recipe, *split(halves(), recipe.split, recipe.split_seed))


def queued(folder: Path, taught: Lesson) -> tuple[RunStore, Run]:
    """A store with one run in it."""
    store = RunStore(folder)
    return store, store.create(taught.recipe.as_dict())
