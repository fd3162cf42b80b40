"""The network that a recipe asks for: a registered one, as it is or as the recipe changes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.networks.architecture import Architecture
from app.networks.architectures.mycnn import MyCNN
from app.networks.changeable_mycnn import ChangeableMyCNN, LayerError, Layers
from app.networks.head import build_with_head
from app.networks.layer_remedies import remedies
from app.networks.registry import ARCHITECTURES
from app.training.mnist import FASHION
from app.training.recipe import Recipe

# Whose classes, normalization and preparation a network gets that learns other data than its own.
DIGITS_LIKE, CLOTHES_LIKE = "mycnn", "fashion_mycnn"
FEWEST_CLASSES = 2


class RecipeError(ValueError):
    """A recipe that cannot be carried out; the message is a sentence.

    `field` is the member to change, as `layers.pool.stride`.
    """

    def __init__(self, message: str, field: str = "network") -> None:
        super().__init__(message)
        self.field = field


def architecture_of(recipe: Recipe) -> Architecture:
    """What the recipe's run trains: with the classes of its data, and what is put between layers.

    Raises: RecipeError when there is no such network, or it cannot be so.
    """
    base = ARCHITECTURES.get(recipe.network)
    if base is None or (base.preparation == "photo") != _has_photographs(recipe):
        raise RecipeError(_other_networks(recipe))
    return _with_classes(_with_layers(_for_data(base, recipe), recipe), recipe)


def _has_photographs(recipe: Recipe) -> bool:
    return recipe.data is not None and recipe.data.kind == "photographs"


def _other_networks(recipe: Recipe) -> str:
    """Which networks learn from the recipe's data."""
    wanted = _has_photographs(recipe)
    names = [
        name for name, each in ARCHITECTURES.items() if (each.preparation == "photo") == wanted
    ]
    return f"The networks that can be trained are {', '.join(names)}."


def _for_data(base: Architecture, recipe: Recipe) -> Architecture:
    """With the normalization and the preparation of the data."""
    if base.preparation == "photo":
        return replace(base, dataset=recipe.dataset)
    data = ARCHITECTURES[CLOTHES_LIKE if recipe.dataset == FASHION.name else DIGITS_LIKE]
    if data.preparation == base.preparation:
        return base
    return replace(
        base,
        dataset=data.dataset,
        classes=data.classes,
        normalization=data.normalization,
        preparation=data.preparation,
    )


def _with_layers(base: Architecture, recipe: Recipe) -> Architecture:
    """With the layers that the recipe changes or puts between others."""
    layers = recipe.layers or Layers()
    if layers == Layers() and not recipe.batch_norm and recipe.dropout is None:
        return base
    if base.build is not MyCNN:
        raise RecipeError(
            "layers, dropout and batch_norm are MyCNN's; "
            f"{base.title} is trained as it is: leave them out."
        )
    try:
        layers.flat()
    except LayerError as error:
        sentence = f"{error} {remedies(layers)}"
        raise RecipeError(sentence, f"layers.{error.field}") from None
    build = partial(ChangeableMyCNN, layers, recipe.batch_norm, recipe.dropout)
    return replace(base, build=build, costs=None)


def _with_classes(base: Architecture, recipe: Recipe) -> Architecture:
    """With a logit for each class of the user's own."""
    if recipe.data is None:
        return base
    classes = recipe.data.classes
    if len(classes) < FEWEST_CLASSES:
        raise RecipeError(
            f"{recipe.dataset} has {len(classes)} class with pictures, but there have to be at "
            f"least {FEWEST_CLASSES} to tell apart: draw something under another label.",
            "dataset",
        )
    changed = replace(base, dataset=recipe.dataset, classes=classes, costs=None)
    if len(classes) == len(base.classes):
        return changed
    return replace(changed, build=partial(build_with_head, base.build, len(classes)))
