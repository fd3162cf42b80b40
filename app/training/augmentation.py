"""Training images moved by chance, so that a network learns what a move does not change."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from app.training.recipe import AugmentationRecipe


def augment(images: Tensor, recipe: AugmentationRecipe, chance: torch.Generator) -> Tensor:
    """Each image turned, scaled, shifted and mirrored by numbers of its own, black around it.

    Values between pixels are found bilinearly, all moves in one step.

    Args:
        images: values in [0, 1].
        chance: a generator on the CPU, which every number is drawn from.

    Shape: (N, C, H, W) → the same.
    """
    moves = draw_moves(len(images), images.shape[-2], images.shape[-1], recipe, chance)
    grid = functional.affine_grid(moves.to(images.device), list(images.shape), align_corners=False)
    return functional.grid_sample(images, grid, align_corners=False)


def draw_moves(
    count: int, height: int, width: int, recipe: AugmentationRecipe, chance: torch.Generator
) -> Tensor:
    """For each image the matrix that takes a place in the new picture to one in the old.

    Places are counted as `affine_grid` counts them: -1 to 1 across and down.

    Shape: (count, 2, 3).
    """
    angle, scale, right, down, mirror = (
        torch.rand(5, count, generator=chance) * 2 - 1  # each in (-1, 1)
    )
    angle = angle * math.radians(recipe.rotation_degrees)
    shrink = 1 / (1 + scale * recipe.scale)
    sign = torch.where(mirror < 0, -1.0, 1.0) if recipe.flip else torch.ones(count)
    cosine, sine = angle.cos() * shrink, angle.sin() * shrink
    across = torch.stack(
        [cosine * sign, sine * sign * height / width, right * recipe.shift * 2 / width], dim=1
    )
    along = torch.stack([-sine * width / height, cosine, down * recipe.shift * 2 / height], dim=1)
    return torch.stack([across, along], dim=1)
