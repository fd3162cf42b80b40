"""What a recipe comes to, told before anything is begun."""

from __future__ import annotations

import math
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pydantic import Field

from app.web.api.runs.recipe_body import RecipeBody
from app.web.api.runs.recipe_settlement import recipe_refusals, settled_recipe
from app.web.endpoint import Asked, Endpoint
from app.web.wire.schemas import Index, Json, Schema, Shape
from app.web.wire.tensors import Answer

if TYPE_CHECKING:
    from app.training.forecast import Pace
    from app.training.recipe import Recipe
    from app.training.runs.store import RunStore

RUNS_LOOKED_AT = 100


class PlannedLayer(Schema):
    """A layer of what would be trained, with its formula as the outline of a network has it."""

    name: str
    kind: str
    settings: Json
    inputs: list[str]
    input_shape: Shape
    output_shape: Shape
    output_size: Json | None
    parameters: Index
    expression: str
    macs: Index
    trainable: bool = Field(description="Whether it learns; false also where it has no parameters.")


class RunPlan(Schema):
    """What a recipe comes to."""

    recipe: Json = Field(description="The recipe, complete.")
    layers: list[PlannedLayer]
    parameters: Index
    trainable: Index = Field(description="How many of the parameters learn.")
    macs: Index = Field(description="Multiply-accumulates of one image.")
    training_images: Index
    validation_images: Index
    steps_per_epoch: Index
    steps: Index = Field(description="At most: early stopping may end it before.")
    seconds_estimated: float | None = Field(
        description="By the pace of the run that is known whose network is nearest in "
        "multiply-accumulates, all epochs; null without one."
    )
    remarks: list[str]


def plan_run(asked: Asked[Any, RecipeBody]) -> Answer:
    """What a recipe comes to: layers with their sizes, steps and time; nothing is begun.

    A recipe that cannot be carried out is refused as `POST /runs` would refuse it.
    """
    recipe = settled_recipe(asked, asked.body)
    asked.services.runs.supervisor().spare.expect()  # who plans a run will begin one
    return Answer({"recipe": recipe.as_dict(), **forecast_of(asked, recipe)})


def forecast_of(asked: Asked[Any, Any], recipe: Recipe) -> dict[str, Any]:
    """What a settled recipe comes to. Raises: Problem 422 where it cannot be carried out."""
    from app.training.forecast import forecast
    from app.training.pictures.lesson import parts_of

    settings = asked.settings
    parts = parts_of(recipe, settings.data_dir, settings.models_dir)
    with recipe_refusals():
        pace = _pace(asked.services.runs.supervisor().store, recipe)
        return forecast(recipe, parts, settings.max_multiply_accumulates, pace)


def _pace(store: RunStore, recipe: Recipe) -> Pace | None:
    """How fast a run was that ended an epoch in the same precision.

    That whose network multiplies and adds nearest as often, and of several alike the newest: the
    smaller a network, the fewer of its multiply-accumulates are done in a second.
    """
    from app.training.forecast import Pace, outline_of
    from app.training.recipe import Recipe
    from app.training.variant import RecipeError

    size = outline_of(recipe).multiply_accumulates
    known: list[tuple[float, str, Recipe]] = []
    for run in store.runs()[:RUNS_LOOKED_AT]:
        other = Recipe.from_dict(run.recipe)
        if other.precision != recipe.precision or other.reads_once:  # work of another kind
            continue
        try:
            apart = abs(math.log(outline_of(other).multiply_accumulates / size))
        except RecipeError:  # a network that is not registered any more
            continue
        known.append((apart, run.id, other))
    for _, name, other in sorted(known, key=itemgetter(0)):
        if epochs := store.documents(name, "epoch"):
            speed = sum(epoch["samples_per_second"] for epoch in epochs) / len(epochs)
            return Pace(other, speed)
    return None


ENDPOINTS = (
    Endpoint(
        "POST",
        "/runs/plan",
        plan_run,
        RunPlan,
        body=RecipeBody,
        body_example={"layers": {"conv1": {"channels": 16, "kernel_size": 5, "padding": 2}}},
    ),
)
