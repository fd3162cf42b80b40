"""The network that a recipe asks for: a registered one, as it is or as the recipe changes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.networks.architecture import Architecture
from app.networks.architectures.mycnn import MyCNN
from app.networks.architectures.mycnn_bn_dropout import MyCNNBatchNormDropout
from app.networks.registry import ARCHITECTURES
from app.training.mnist import FASHION
from app.training.recipe import Recipe

# Whose classes, normalization and preparation a network gets that learns other data than its own.
DIGITS_LIKE, CLOTHES_LIKE = "mycnn", "fashion_mycnn"


class RecipeError(ValueError):
    """A recipe that cannot be carried out; the message is a sentence."""


def architecture_of(recipe: Recipe) -> Architecture:
    """What the recipe's run trains: with the classes of its data, and what is put between layers.

    Raises: RecipeError when there is no such network, or it cannot be so.
    """
    base = ARCHITECTURES.get(recipe.network)
    if base is None or base.preparation == "photo":
        known = ", ".join(
            name for name, each in ARCHITECTURES.items() if each.preparation != "photo"
        )
        raise RecipeError(f"The networks that can be trained are {known}.")
    data = ARCHITECTURES[CLOTHES_LIKE if recipe.dataset == FASHION.name else DIGITS_LIKE]
    changed = base
    if data.preparation != base.preparation:
        changed = replace(
            base,
            dataset=data.dataset,
            classes=data.classes,
            normalization=data.normalization,
            preparation=data.preparation,
        )
    if not recipe.batch_norm and recipe.dropout is None:
        return changed
    if base.build is not MyCNN:
        raise RecipeError(
            "dropout and batch_norm are put into MyCNN; "
            f"{base.title} is trained as it is: leave them out."
        )
    build = partial(MyCNNBatchNormDropout, recipe.batch_norm, recipe.dropout)
    return replace(changed, build=build, costs=None)
