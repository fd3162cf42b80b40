"""How each network that ships is trained: its recipe, by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.training.recipe import Recipe

RECIPES: dict[str, Recipe] = {recipe.network: recipe for recipe in (Recipe(network="mycnn"),)}
"""A network that is not here has `Recipe`'s own values."""


def recipe_of(network: str, **changes: Any) -> Recipe:
    """The recipe of the network called `network`, with these of its fields changed."""
    return replace(RECIPES.get(network, Recipe(network=network)), **changes)
