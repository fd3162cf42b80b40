"""What a recipe comes to before it is begun: layers, sizes, steps, time, and remarks."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.networks.head import name_of_head
from app.networks.outline import LayerOutline, Outline, make_outline
from app.networks.tracing import read_graph
from app.training.recipe import Recipe
from app.training.variant import RecipeError, architecture_of

# Forward once, and backward as much again for the weights and for the activations.
LEARNING_COSTS = 3
# An activation is kept for the way back, and its gradient stands beside it.
COPIES, FLOAT_BYTES = 2, 4


@dataclass(frozen=True)
class Pace:
    """How fast a run was that is known.

    Args:
        samples_per_second: that it learned from, the mean of its epochs.
    """

    recipe: Recipe
    samples_per_second: float

    @property
    def work_per_second(self) -> float:
        """In multiply-accumulates."""
        return self.samples_per_second * work_of(self.recipe)


@lru_cache(maxsize=64)
def _outline_of(shape: Recipe) -> Outline:
    """The layers of a recipe's network, read once."""
    architecture = architecture_of(shape)
    return make_outline(architecture, read_graph(architecture.build(), architecture.input_shape))


def outline_of(recipe: Recipe) -> Outline:
    """The layers of what a recipe trains, with their sizes and costs.

    Raises: RecipeError.
    """
    names = ("network", "dataset", "dropout", "batch_norm", "layers", "data")
    return _outline_of(Recipe(**{name: getattr(recipe, name) for name in names}))


def work_of(recipe: Recipe) -> int:
    """How often it multiplies and adds to learn from one image, in an epoch."""
    outline = outline_of(recipe)
    if not recipe.is_frozen:
        return outline.multiply_accumulates * LEARNING_COSTS
    if not recipe.reads_once:
        return outline.multiply_accumulates
    head = name_of_head(outline.architecture.build())
    return sum(_row(each, head)["macs"] for each in outline.layers if each.name == head)


def learning_of(recipe: Recipe) -> tuple[int, int]:
    """How many parameters of a recipe's network learn, of how many."""
    outline = outline_of(recipe)
    head = name_of_head(outline.architecture.build()) if recipe.is_frozen else None
    rows = [_row(layer, head) for layer in outline.layers]
    return sum(row["parameters"] for row in rows if row["trainable"]), outline.parameters


def forecast(
    recipe: Recipe, parts: tuple[int, int], most_multiply_accumulates: int, pace: Pace | None
) -> dict[str, Any]:
    """What the recipe comes to, as plain values.

    Args:
        parts: how many images there are to learn from, and how many to validate with.

    Raises: RecipeError when it cannot be carried out, with the number to change.
    """
    outline = outline_of(recipe)
    head = name_of_head(outline.architecture.build()) if recipe.is_frozen else None
    training, validation = parts
    _check(recipe, outline, parts, most_multiply_accumulates)
    steps_per_epoch = math.ceil(training / recipe.batch_size)
    layers = [_row(layer, head) for layer in outline.layers]
    trainable = sum(row["parameters"] for row in layers if row["trainable"])
    return {
        "layers": layers,
        "parameters": outline.parameters,
        "trainable": trainable,
        "macs": outline.multiply_accumulates,
        "training_images": training,
        "validation_images": validation,
        "steps_per_epoch": steps_per_epoch,
        "steps": steps_per_epoch * recipe.epochs,
        "seconds_estimated": pace and _seconds(recipe, training, validation, pace),
        "remarks": [*_remarks(recipe, outline, training, validation, trainable)],
    }


def _row(layer: LayerOutline, head: str | None) -> dict[str, Any]:
    """A layer of the plan: what the outline knows, and whether it learns."""
    values: Mapping[str, Any] = layer.as_dict()
    parameters = layer.parameters.total
    kept = ("name", "kind", "settings", "inputs", "input_shape", "output_shape", "output_size")
    return {
        **{name: values[name] for name in kept},
        "parameters": parameters,
        "expression": values["parameters"]["expression"],
        "macs": values["multiply_accumulates"] or 0,
        "trainable": parameters > 0 and head in (None, layer.name),
    }


def _seconds(recipe: Recipe, training: int, validation: int, pace: Pace) -> float:
    """How long all epochs take at the pace of a run that is known."""
    whole = outline_of(recipe).multiply_accumulates
    if recipe.reads_once:
        once, epoch = (training + validation) * whole, (training + validation) * work_of(recipe)
    else:
        once, epoch = 0, training * work_of(recipe) + validation * whole
    return round((once + recipe.epochs * epoch) / pace.work_per_second, 1)


def _check(
    recipe: Recipe, outline: Outline, parts: tuple[int, int], most_multiply_accumulates: int
) -> None:
    """Raises: RecipeError for what cannot be carried out."""
    training, validation = parts
    if not (training and validation):
        part = "validate with" if training else "train on"
        raise RecipeError(
            f"split is {recipe.split}: of {training + validation} images that leaves none to "
            f"{part}. Use a split nearer to the middle.",
            "split",
        )
    if (cost := outline.multiply_accumulates) > most_multiply_accumulates:
        raise RecipeError(
            f"One image takes {cost:,} multiply-accumulates, and at most "
            f"{most_multiply_accumulates:,} are carried out here: use fewer channels or a smaller "
            "kernel.",
            "layers",
        )
    values = sum(math.prod(layer.output_shape) for layer in outline.layers)
    one, memory = values * COPIES * FLOAT_BYTES, _memory_bytes()
    if one * (batch := min(recipe.batch_size, training)) > memory:
        raise RecipeError(
            f"batch_size is {recipe.batch_size:,}: a batch takes about "
            f"{one * batch / 1e9:.1f} GB, but this machine has {memory / 1e9:.1f} GB. "
            f"Use a batch_size of at most {memory // one:,}.",
            "batch_size",
        )


def _memory_bytes() -> int:
    """How much memory this machine has; where nobody says so, 16 GB."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 16_000_000_000


def _remarks(
    recipe: Recipe, outline: Outline, training: int, validation: int, trainable: int
) -> list[str]:
    """What is worth knowing before one begins."""
    said = []
    for layer in outline.layers:
        size = layer.as_dict()["output_size"]
        unread = [] if size is None else size["height"].get("unread", [])
        if unread:
            said.append(
                f"{layer.name} reads {size['height']['input'] - len(unread)} of "
                f"{size['height']['input']} rows and columns: no window reaches the last."
            )
    if trainable < outline.parameters:
        said.append(
            f"{trainable:,} of {outline.parameters:,} parameters are trained, "
            f"{outline.parameters - trainable:,} are frozen."
        )
    if training < recipe.batch_size:
        said.append(f"All {training:,} training images fit into one batch: a step is an epoch.")
    if validation < 50:
        said.append(f"{validation} images validate: one of them is {1 / validation:.0%}.")
    stopping = recipe.early_stopping
    if stopping is not None and stopping.patience >= recipe.epochs:
        said.append("Training ends before early stopping could end it.")
    return said
