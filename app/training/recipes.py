"""How each network that ships is trained: its recipe, by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.training.recipe import (
    AugmentationRecipe,
    OneCycleRecipe,
    OptimizerRecipe,
    Recipe,
)

_DIGITS_MOVED = AugmentationRecipe(rotation_degrees=10, scale=0.1, shift=2)


def _one_cycle(network: str, epochs: int, lr: float, weight_decay: float = 1e-4) -> Recipe:
    """Digits moved by chance, Adam, one rise and fall of the learning rate, every epoch taken."""
    return Recipe(
        network=network,
        epochs=epochs,
        batch_size=128,
        split=0.9,
        optimizer=OptimizerRecipe(lr=lr, weight_decay=weight_decay, amsgrad=False),
        scheduler=OneCycleRecipe(),
        early_stopping=None,
        augmentation=_DIGITS_MOVED,
        precision="bfloat16",
        weights_dtype="float16",
    )


RECIPES: dict[str, Recipe] = {
    recipe.network: recipe
    for recipe in (
        Recipe(network="mycnn"),
        Recipe(
            network="mycnn_bn_dropout",
            augmentation=AugmentationRecipe(rotation_degrees=10, scale=0.1),
            precision="bfloat16",
            weights_dtype="float16",
        ),
        Recipe(
            network="fashion_mycnn",
            dataset="fashion-mnist",
            epochs=20,
            batch_size=128,
            split=0.9,
            optimizer=OptimizerRecipe(lr=2e-3, weight_decay=1e-4, amsgrad=False),
            scheduler=OneCycleRecipe(),
            early_stopping=None,
            augmentation=AugmentationRecipe(shift=1, flip=True),
            precision="bfloat16",
            weights_dtype="float16",
        ),
        _one_cycle("lenet5", epochs=25, lr=3e-3),
        _one_cycle("vgg_mini", epochs=12, lr=3e-3),
        _one_cycle("resnet20", epochs=15, lr=5e-3),
    )
}
"""A network that is not here has `Recipe`'s own values."""


def recipe_of(network: str, **changes: Any) -> Recipe:
    """The recipe of the network called `network`, with these of its fields changed."""
    return replace(RECIPES.get(network, Recipe(network=network)), **changes)
