from __future__ import annotations

import math

import pytest
import torch

from app.training.augmentation import augment, draw_moves
from app.training.recipe import AugmentationRecipe

COUNT = 400


def chance() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def pictures(count: int = 1) -> torch.Tensor:
    """A bright mark of 4×4 off the middle of 20×20."""
    images = torch.zeros(count, 1, 20, 20)
    images[:, :, 4:8, 6:10] = 1
    return images


def middle(image: torch.Tensor) -> tuple[float, float]:
    """The centre of mass as (row, column)."""
    rows, columns = image.sum(dim=1), image.sum(dim=0)
    places = torch.arange(20.0)
    return float(rows @ places / rows.sum()), float(columns @ places / columns.sum())


def test_a_recipe_that_moves_nothing_changes_nothing() -> None:
    images = pictures(3)
    torch.testing.assert_close(augment(images, AugmentationRecipe(), chance()), images)


def test_every_image_is_shifted_by_numbers_of_its_own_within_the_recipe() -> None:
    moved = augment(pictures(COUNT), AugmentationRecipe(shift=3), chance())[:, 0]
    rows, columns = zip(*map(middle, moved), strict=True)
    for places, start in ((rows, 5.5), (columns, 7.5)):
        shifts = [place - start for place in places]
        assert max(shifts) <= 3
        assert min(shifts) >= -3
        assert max(shifts) > 2.5
        assert min(shifts) < -2.5
    assert moved.sum(dim=(1, 2)).tolist() == pytest.approx([16] * COUNT, rel=1e-3)


def test_scale_changes_the_area() -> None:
    moved = augment(pictures(COUNT), AugmentationRecipe(scale=0.2), chance())
    areas = moved.sum(dim=(1, 2, 3))
    assert 16 * 0.75**2 < float(areas.min()) < 16 * 0.85**2
    assert 16 * 1.15**2 < float(areas.max()) < 16 * 1.25**2


def test_rotation_turns_about_the_middle_without_shearing() -> None:
    moved = augment(pictures(COUNT), AugmentationRecipe(rotation_degrees=30), chance())[:, 0]
    before = math.atan2(5.5 - 9.5, 7.5 - 9.5)
    turns = []
    for image in moved:
        row, column = middle(image)
        assert math.hypot(row - 9.5, column - 9.5) == pytest.approx(math.hypot(4, 2), rel=0.03)
        turns.append(math.degrees(math.atan2(row - 9.5, column - 9.5) - before))
    assert 27 < max(turns) <= 31
    assert -31 <= min(turns) < -27


def test_half_of_all_images_are_mirrored_where_the_recipe_says_so() -> None:
    images = pictures(COUNT)
    moved = augment(images, AugmentationRecipe(flip=True), chance())
    mirrored = [torch.allclose(image, images[0].flip(-1), atol=1e-5) for image in moved]
    kept = [torch.allclose(image, images[0], atol=1e-5) for image in moved]
    assert sum(mirrored) + sum(kept) == COUNT
    assert 0.4 * COUNT < sum(mirrored) < 0.6 * COUNT


def test_a_picture_that_is_not_square_is_turned_and_not_sheared() -> None:
    """A turn keeps lengths: in pixels the matrix is orthogonal."""
    recipe = AugmentationRecipe(rotation_degrees=40)
    moves = draw_moves(5, 10, 30, recipe, chance())[:, :, :2]
    pixels = torch.tensor([[30.0, 0.0], [0.0, 10.0]])
    for move in moves:
        turn = pixels @ move @ pixels.inverse()
        torch.testing.assert_close(turn @ turn.T, torch.eye(2), atol=1e-5, rtol=0)


def test_the_same_generator_moves_the_same_way() -> None:
    recipe = AugmentationRecipe(rotation_degrees=10, scale=0.1, shift=2, flip=True)
    first, again = (augment(pictures(8), recipe, chance()) for _ in range(2))
    assert torch.equal(first, again)
    assert not torch.equal(first[0], first[1])
