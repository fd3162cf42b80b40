"""The recipe that a request means: complete, of data that are here, of a network that can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app.web.api.runs.recipe_body import RecipeBody
from app.web.endpoint import Asked
from app.web.wire.problems import Place, Problem, places_problem

if TYPE_CHECKING:
    from app.training.recipe import Recipe
    from app.training.runs.transfer_source import TransferSource
    from app.training.variant import RecipeError


def settled_recipe(asked: Asked[Any, Any], body: RecipeBody) -> Recipe:
    """The recipe of a body.

    Raises: Problem 422 for one that cannot be carried out; what is wrong with its data and with its
    layers is told together.
    """
    from dataclasses import replace

    from app.training.pictures.lesson import settle_data
    from app.training.subset import SUBSET_NAME
    from app.training.variant import RecipeError, architecture_of

    refused: list[RecipeError] = []
    is_given = "lr" in body.optimizer.model_fields_set
    with recipe_refusals():
        recipe = transfer_source(asked).settle(body.as_recipe())
    try:
        recipe = settle_data(recipe, asked.services.data.own, is_rate_given=is_given)
    except RecipeError as error:
        refused.append(error)
        recipe = replace(recipe, dataset=SUBSET_NAME, data=None)
    try:
        architecture_of(recipe)
    except RecipeError as error:
        refused.append(error)
    if refused:
        raise _problem(*refused)
    _check_data(asked, body)
    return recipe


def _problem(*errors: RecipeError) -> Problem:
    """What is wrong with a recipe, at each member to change."""
    places = [Place("#/" + error.field.replace(".", "/"), str(error)) for error in errors]
    return places_problem(places, "The recipe")


def _check_data(asked: Asked[Any, Any], body: RecipeBody) -> None:
    """Raises: Problem 422 where the data are not here."""
    from app.training.mnist import COLLECTIONS

    collection = COLLECTIONS.get(body.dataset)
    if collection and not collection.directory(asked.settings.data_dir).is_dir():
        sentence = (
            f"{collection.title} is not here; get it with: {collection.command}, "
            "or learn from mnist-subset, which ships."
        )
        raise Problem(422, sentence, errors=[Place("#/dataset", sentence)])


def transfer_source(asked: Asked[Any, Any]) -> TransferSource:
    """The networks that a run may go on with. Raises: Problem 503."""
    from app.networks.shelf import Places
    from app.training.runs.transfer_source import TransferSource

    settings = asked.settings
    places = Places(settings.models_dir, settings.weights_dir)
    return TransferSource(asked.services.runs.supervisor().store, places)


@contextmanager
def recipe_refusals() -> Iterator[None]:
    """A recipe that cannot be carried out is a problem at the member to change."""
    from app.training.variant import RecipeError

    try:
        yield
    except RecipeError as error:
        raise _problem(error) from None
