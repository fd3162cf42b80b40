"""A network's input turned, shifted and made noisy, held to torch and torchvision."""

from __future__ import annotations

from math import cos, radians, sin

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as transforms

from app.imaging import Alteration, Image, Prepared, Scale, alter, prepare_digit, prepare_photo
from app.imaging.alteration import shifted, turned
from app.imaging.photographs import photograph
from app.imaging.samples import get_sample

IMAGENET = Scale((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
DIGIT = Scale((0.1307,), (0.3081,))


def cat() -> Prepared:
    return prepare_photo(photograph("cat"), (120, 90), scale=IMAGENET)


def sampled(image: Image, degrees: float) -> torch.Tensor:
    """grid_sample of the same turn, in float64."""
    pixels = torch.tensor(image, dtype=torch.float64)[None]
    _, _, height, width = pixels.shape
    angle = radians(degrees)
    theta = torch.tensor(
        [
            [cos(angle), -sin(angle) * height / width, 0],
            [sin(angle) * width / height, cos(angle), 0],
        ],
        dtype=torch.float64,
    )[None]
    grid = functional.affine_grid(theta, list(pixels.shape), align_corners=False)
    return functional.grid_sample(pixels, grid, align_corners=False)[0]


@given(st.integers(1, 9), st.integers(1, 9), st.floats(-180, 180), st.integers(0, 2**32 - 1))
def test_a_turn_is_that_of_grid_sample(height: int, width: int, degrees: float, seed: int) -> None:
    image = np.random.default_rng(seed).random((2, height, width), dtype=np.float32)
    found = torch.tensor(turned(image, degrees), dtype=torch.float64)
    torch.testing.assert_close(found, sampled(image, degrees), atol=1e-5, rtol=0)


def test_a_turn_goes_the_way_of_torchvision() -> None:
    image = cat().image
    theirs = transforms.rotate(torch.tensor(image), 30, InterpolationMode.BILINEAR).numpy()
    inside = np.s_[:, 40:80, 30:60]
    np.testing.assert_allclose(turned(image, 30)[inside], theirs[inside], atol=1e-4)


@given(st.integers(-12, 12), st.integers(-12, 12))
def test_a_shift_is_a_roll_without_what_comes_round(right: int, down: int) -> None:
    image = np.random.default_rng(0).random((2, 7, 9), dtype=np.float32)
    padded = functional.pad(torch.tensor(image), (12, 12, 12, 12))
    rolled = torch.roll(padded, (down, right), (1, 2))[:, 12:-12, 12:-12]
    np.testing.assert_array_equal(shifted(image, right, down), rolled.numpy())


def test_all_in_its_order_with_grey_where_nothing_is() -> None:
    before = cat()
    found = alter(before, Alteration(15, 7, -3, 0.05), IMAGENET, IMAGENET.mean)
    mean = torch.tensor(IMAGENET.mean, dtype=torch.float64)[:, None, None]
    wanted = sampled(before.image - mean.numpy(), 15)
    wanted = torch.roll(functional.pad(wanted, (9, 9, 9, 9)), (-3, 7), (1, 2))[:, 9:-9, 9:-9] + mean
    difference = found.image - wanted.numpy()
    inside = (found.image > 0) & (found.image < 1)
    noise = difference[inside]
    assert abs(noise.mean()) < 0.002
    assert noise.std() == pytest.approx(0.05, rel=0.05)
    assert [step.name for step in found.steps] == [
        "decoded", "cropped", "scaled", "altered", "normalized",
    ]  # fmt: skip
    assert found.steps[3].detail == (
        "Turned 15° against the clock, 7 px to the right, 3 px up, noise of deviation 0.05 added."
    )
    normalized = transforms.normalize(torch.tensor(found.image), *map(list, IMAGENET))
    np.testing.assert_allclose(found.steps[-1].image, normalized.numpy(), atol=1e-6)
    again = alter(before, Alteration(15, 7, -3, 0.05), IMAGENET, IMAGENET.mean)
    np.testing.assert_array_equal(again.image, found.image)
    for axis, by in (("x", 7), ("y", -3)):
        was, now = before.mapping[axis], found.mapping[axis]
        assert now["scale"] * by + now["offset"] == pytest.approx(was["offset"])


def test_a_digit_is_altered_on_its_paper() -> None:
    before = prepare_digit(get_sample("digit-7-0").image)
    assert alter(before, Alteration(), DIGIT, (0.0,)) is before
    found = alter(before, Alteration(turn=-90, right=-2, down=1), DIGIT, (0.0,))
    wanted = np.rot90(before.image, -1, axes=(1, 2))
    np.testing.assert_allclose(found.image[:, 1:, :-2], wanted[:, :-1, 2:], atol=1e-6)
    assert not found.image[:, 0].any()
    assert "Turned 90° with the clock, 2 px to the left, 1 px down." in found.steps[-2].detail
