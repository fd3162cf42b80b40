"""One update of a training, before and after: taken when it is asked for, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from app.json_number import number
from app.web.api.runs.recipe_body import RecipeBody
from app.web.api.runs.recipe_settlement import (
    recipe_refusals,
    settled_recipe,
    transfer_source,
)
from app.web.api.updates.documents import document_of
from app.web.api.updates.schemas import UpdateAnswer
from app.web.endpoint import Asked, Endpoint
from app.web.wire.members import Members
from app.web.wire.negotiation import JSON, SAFETENSORS
from app.web.wire.problems import Place, Problem
from app.web.wire.tensors import Answer
from app.web.workers import stop_if_nobody_waits

if TYPE_CHECKING:
    from torch import nn

    from app.networks.architecture import Architecture
    from app.training.recipe import Recipe
    from app.training.updates.watched_training import WatchedTraining

SCRATCH = "scratch"
MOST_STEPS = 20
# All maps of so many images are held at once: hundreds of megabytes.
MOST_IMAGES = 512
Index = Annotated[int, Field(ge=0, le=1_000_000)]
# What is drawn by chance is drawn from torch's one generator.
_one_at_a_time = Lock()


class UpdateBody(Members):
    """Where the training starts, by which recipe it goes, and which of its steps is looked at.

    Without a recipe it is that of the run or of the network it starts from.
    """

    start: Annotated[str, Field(max_length=200)] = SCRATCH
    recipe: RecipeBody | None = None
    steps: Annotated[int, Field(ge=1, le=MOST_STEPS)] = 1
    layer: Annotated[str, Field(max_length=100)] | None = None
    cell: Annotated[list[Index], Field(min_length=2, max_length=4)] | None = None


def take_update(asked: Asked[Any, UpdateBody]) -> Answer:
    """One step of a training in full: its batch, both passes, and one weight on its way.

    The loop is the training's own, from its first step on; a run's moment and a trained network
    are taken up with their weights, and an optimizer that remembers nothing yet.
    """
    from app.training.updates import update

    body = asked.body
    with _one_at_a_time:
        recipe = _recipe_of(asked)
        training, architecture = _training_of(asked, recipe)
        try:
            found = update.take_update(training, body.steps, body.layer, body.cell)
        except update.UpdateError as error:
            raise _refusal(f"#/{error.member}", str(error)) from None
    document = document_of(found, architecture)
    document |= {
        "step": body.steps,
        "steps": training.steps,
        "recipe": recipe.as_dict(),
        "gradient_norm": number(found.gradient_norm),
        "learning": update.layers_with_weights(training.model),
    }
    return Answer(document)


def _recipe_of(asked: Asked[Any, UpdateBody]) -> Recipe:
    """The recipe that is given, or that of the start. Raises: Problem; UnknownNetwork."""
    from app.training.recipe import Recipe

    body = asked.body
    card = {} if body.start == SCRATCH else asked.services.loading.network(body.start).card
    if body.recipe is None and "run" in card:
        recipe = Recipe.from_dict(card["recipe"])
    else:
        given = body.recipe or RecipeBody(network=_own_network(body.start))
        with _inside_recipe():
            recipe = settled_recipe(asked, given)
    if recipe.batch_size > MOST_IMAGES:
        sentence = (
            f"An update is shown of a batch of at most {MOST_IMAGES:,} images; "
            f"this recipe's has {recipe.batch_size:,}."
        )
        raise _refusal("#/recipe/batch_size", sentence, MOST_IMAGES, recipe.batch_size)
    return recipe


def _own_network(start: str) -> str:
    """Which network learns where no recipe says so."""
    return RecipeBody().network if start == SCRATCH else start


@contextmanager
def _inside_recipe() -> Iterator[None]:
    """What is wrong with a recipe is wrong within the body's member of that name."""
    try:
        yield
    except Problem as problem:
        problem.errors = [
            Place(each.pointer.replace("#", "#/recipe", 1), each.detail) for each in problem.errors
        ]
        raise


def _training_of(
    asked: Asked[Any, UpdateBody], recipe: Recipe
) -> tuple[WatchedTraining, Architecture]:
    """A training that has not begun, and of what.

    Raises: Problem 422 where the recipe cannot be carried out.
    """
    from app.training.candidates import build_model
    from app.training.datasets import split
    from app.training.mnist import DataError
    from app.training.pictures.lesson import images_of
    from app.training.updates.watched_training import WatchedTraining
    from app.training.variant import architecture_of

    settings, device = asked.settings, asked.services.loading.loaded().device
    with _inside_recipe(), recipe_refusals():
        architecture, weights = architecture_of(recipe), None
        if recipe.transfer is not None:
            weights = transfer_source(asked).weights(recipe.transfer)
    try:
        images = images_of(recipe, settings.data_dir, settings.models_dir)
    except DataError as error:
        raise _refusal("#/recipe/dataset", str(error)) from None
    model = build_model(architecture, recipe, weights)
    if asked.body.start != SCRATCH:
        _take_weights(asked, model)
    parts = split(images, recipe.split, recipe.split_seed)
    normalization = architecture.normalization
    training = WatchedTraining(model, recipe, *parts, normalization, device, _is_left)
    return training, architecture


def _is_left() -> bool:
    """Asked between two batches: never, but by an exception. Raises: NobodyWaits."""
    stop_if_nobody_waits()
    return False


def _take_weights(asked: Asked[Any, UpdateBody], model: nn.Module) -> None:
    """The starting weights are those of a network. Raises: Problem 422 where they do not fit."""
    weights = asked.services.loading.network(asked.body.start).model.state_dict()
    try:
        model.load_state_dict(weights)
    except RuntimeError:
        sentence = "The weights to start from are of another network than the recipe's."
        raise _refusal("#/start", sentence) from None


def _refusal(
    pointer: str, sentence: str, limit: int | None = None, requested: int | None = None
) -> Problem:
    """A 422 that says what to change."""
    errors = [Place(pointer, sentence)]
    return Problem(422, sentence, errors=errors, limit=limit, requested=requested)


ENDPOINTS = (
    Endpoint(
        "POST",
        "/updates",
        take_update,
        UpdateAnswer,
        body=UpdateBody,
        body_example={
            "start": SCRATCH,
            "recipe": {"network": "lenet5", "batch_size": 16},
            "steps": 2,
            "layer": "c1",
            "cell": [0, 0, 2, 1],
        },
        offers=(JSON, SAFETENSORS),
    ),
)
