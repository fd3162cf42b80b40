"""A set of one's own as something to learn from: whether there is enough, and how fast to go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import torch

from app.training.datasets import OWN, Dataset, load_dataset, share_of, training_images
from app.training.mnist import DataError
from app.training.pictures.picture_set import PictureSet
from app.training.pictures.store import FOLDER, PictureStore, SetError
from app.training.recipe import OptimizerRecipe, OwnData, Recipe
from app.training.variant import RecipeError

FEWEST_CLASSES = 2
FEWEST_PICTURES = 5
SMALL_SET, LARGE_SET = 100, 1_000


def find(store: PictureStore, dataset: str) -> PictureSet:
    """The set that a recipe names. Raises: SetError."""
    return store.get(dataset.removeprefix(OWN))


def settle_data(recipe: Recipe, store: PictureStore, *, is_rate_given: bool) -> Recipe:
    """The recipe with what it has to know of a set of one's own, and a rate that fits its size.

    Args:
        is_rate_given: whether the learning rate was chosen; otherwise it follows the set's size.

    Raises: RecipeError when there is no such set, or too little in it.
    """
    if not recipe.dataset.startswith(OWN):
        return replace(recipe, data=None)
    try:
        pictures = find(store, recipe.dataset)
    except SetError as error:
        raise RecipeError(str(error), "dataset") from None
    _check(pictures)
    data = OwnData(pictures.classes, pictures.kind, pictures.sha256)
    if is_rate_given:
        return replace(recipe, data=data)
    rate = usual_rate(len(pictures), is_frozen=recipe.is_frozen)
    return replace(recipe, data=data, optimizer=replace(recipe.optimizer, lr=rate))


def _check(pictures: PictureSet) -> None:
    """Raises: RecipeError when there is too little to learn from."""
    if len(pictures.classes) < FEWEST_CLASSES:
        raise RecipeError(
            f"{pictures.title} has {len(pictures.classes)} of the {FEWEST_CLASSES} labels that "
            "there have to be at least to tell apart: collect pictures under another label.",
            "dataset",
        )
    for label, count in pictures.counts.items():
        if count < FEWEST_PICTURES:
            raise RecipeError(
                f"“{label}” has {count} of the {FEWEST_PICTURES} pictures that a label needs at "
                f"least: collect {FEWEST_PICTURES - count} more.",
                "dataset",
            )


def usual_rate(pictures: int, *, is_frozen: bool) -> float:
    """The learning rate that suits a set of so many pictures.

    Few pictures are few steps an epoch. With 8 to 40 drawings of each of five digits, after thirty
    epochs, a new last layer alone was right of 29 % by the article's rate and of 86 % by ten times
    that; a whole network of 89 % by the article's and of 93 % by three times that.
    """
    usual = OptimizerRecipe.lr
    if is_frozen and pictures < LARGE_SET:
        return 10 * usual
    return 3 * usual if pictures < SMALL_SET else usual


class Parts(NamedTuple):
    """How many images are trained on, and how many validate."""

    training: int
    validation: int


def parts_of(recipe: Recipe, data_dir: Path, models_dir: Path) -> Parts:
    """The sizes of both parts, as `split` cuts them, without an image being read.

    Raises: SetError when a set of one's own is not there.
    """
    if recipe.dataset.startswith(OWN):
        pictures = find(PictureStore(data_dir / FOLDER), recipe.dataset)
        training = sum(share_of(count, recipe.split) for count in pictures.counts.values())
        return Parts(training, len(pictures) - training)
    images = training_images(recipe.dataset, models_dir)
    training = round(images * recipe.split)
    return Parts(training, images - training)


def images_of(recipe: Recipe, data_dir: Path, models_dir: Path) -> Dataset:
    """What a recipe's run learns from and is validated with.

    Raises: DataError when it is not there, or is not what it was when the run was begun.
    """
    if recipe.dataset.startswith(OWN):
        return own_dataset(PictureStore(data_dir / FOLDER), recipe)
    return load_dataset(recipe.dataset, data_dir, models_dir)[0]


def own_dataset(store: PictureStore, recipe: Recipe) -> Dataset:
    """The pictures of a recipe's set.

    Raises: DataError when the set is not there, or is not what it was when the run was begun.
    """
    try:
        pictures = find(store, recipe.dataset)
    except SetError as error:
        raise DataError(str(error)) from None
    digest = pictures.sha256
    if recipe.data is not None and recipe.data.sha256 != digest:
        raise DataError(
            f"The pictures of {pictures.title} have changed since this run was begun; "
            "begin a new one with them."
        )
    images = torch.from_numpy(pictures.images.copy())
    images = images.unsqueeze(1) if images.ndim == 3 else images
    return Dataset(recipe.dataset, images, torch.from_numpy(pictures.labels.copy()), digest)
