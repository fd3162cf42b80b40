"""What augmentation makes of the images that a run would learn from first."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from app.web.api.runs.recipe_body import RecipeBody
from app.web.api.runs.recipe_settlement import settled_recipe
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.queries import Query
from app.web.wire.schemas import Schema, Tensor
from app.web.wire.tensors import Answer, named

if TYPE_CHECKING:
    from app.training.datasets import Dataset
    from app.training.recipe import Recipe


class AugmentedQuery(Query):
    """How many are shown."""

    count: int = Field(16, ge=1, le=64, description="So many images at most.")


class AugmentedAnswer(Schema):
    """The first images of the run's first batch, as they are and as they are learned from."""

    classes: list[str]
    labels: Tensor = Field(description="(n), indices into `classes`.")
    originals: Tensor = Field(description="(n, C, H, W), 0 to 255.")
    images: Tensor = Field(description="(n, C, H, W), moved by chance, 0 to 255.")


def augmented(asked: Asked[AugmentedQuery, RecipeBody]) -> Answer:
    """The first images that a run of this recipe learns from, moved as it will move them."""
    import torch

    from app.training.augmentation import augment
    from app.training.mnist import DataError
    from app.training.variant import architecture_of
    from app.web.wire.problems import Place, Problem

    recipe = settled_recipe(asked, asked.body)
    settings = asked.settings
    try:
        training = _training_part(_data_alone(recipe), settings.data_dir, settings.models_dir)
    except DataError as error:
        raise Problem(422, str(error), errors=[Place("#/dataset", str(error))]) from None
    order = torch.randperm(len(training), generator=torch.Generator().manual_seed(recipe.seed))
    first = training.subset(order[: recipe.batch_size])
    images = first.images.float().div_(255)
    if recipe.augmentation is not None:
        chance = torch.Generator().manual_seed(recipe.seed)
        images = augment(images, recipe.augmentation, chance)
    count = asked.query.count
    moved = (images[:count] * 255).round().byte().numpy()
    main = named("images", moved)
    document = {
        "classes": list(architecture_of(recipe).classes),
        "labels": named("labels", first.labels[:count].numpy()),
        "originals": named("originals", first.images[:count].numpy()),
        "images": main,
    }
    return Answer(document, main, is_in_bytes=True)


def _data_alone(recipe: Recipe) -> Recipe:
    """What of a recipe decides which images are trained on."""
    from app.training.recipe import Recipe

    names = ("dataset", "split", "split_seed", "data")
    return Recipe(**{name: getattr(recipe, name) for name in names})


@lru_cache(maxsize=2)
def _training_part(recipe: Recipe, data_dir: Path, models_dir: Path) -> Dataset:
    """The images that a run trains on; a slider that is moved asks for them again and again."""
    from app.training.datasets import split
    from app.training.pictures.lesson import images_of

    return split(images_of(recipe, data_dir, models_dir), recipe.split, recipe.split_seed)[0]


ENDPOINTS = (
    Endpoint(
        "POST",
        "/augmented",
        augmented,
        AugmentedAnswer,
        query=AugmentedQuery,
        body=RecipeBody,
        body_example={"augmentation": {"flip": True, "rotation_degrees": 10}},
        example={"count": 4},
        offers=TENSORS,
    ),
)
