"""What the preparation is for: digits drawn anyhow are recognised by the shipped network."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageFilter
from sklearn.datasets import load_digits

from app.imaging import DigitOptions, Image, load_subset, prepare_digit, samples
from app.networks import Library, LoadedNetwork
from tests.imaging.files import as_image
from tests.places import ROOT

Pixels = NDArray[np.uint8]
PLAIN_RESIZE = DigitOptions(crop=False, box=False, centre=False)

SUBSET = load_subset()
DIGITS, LABELS = SUBSET.test_images, SUBSET.test_labels


@pytest.fixture(scope="module")
def network() -> LoadedNetwork:
    return Library.load(ROOT / "models", torch.device("cpu")).get("mycnn")


def accuracy(network: LoadedNetwork, images: Iterable[Image], labels: NDArray[np.integer]) -> float:
    """The share of images that the network gives the right label."""
    batch = torch.cat([network.normalize(torch.from_numpy(image)) for image in images])
    with torch.inference_mode():
        found = network.model(batch).argmax(dim=1).numpy()
    return float((found == labels).mean())


def prepared(images: Iterable[Image], options: DigitOptions | None = None) -> Iterable[Image]:
    return (prepare_digit(image, options).image for image in images)


def in_a_corner(
    digits: Pixels, resample: Pillow.Resampling = Pillow.Resampling.BICUBIC
) -> Iterable[Image]:
    """Digits 140 pixels high in the corners of a canvas of 280, one corner after another."""
    for number, digit in enumerate(digits):
        canvas = np.zeros((280, 280), dtype=np.uint8)
        top, left = 140 * (number // 2 % 2), 140 * (number % 2)
        large = Pillow.fromarray(digit).resize((140, 140), resample)
        canvas[top : top + 140, left : left + 140] = np.asarray(large)
        yield as_image(canvas)


def strokes(digits: Pixels, radius_px: int, least: int) -> Iterable[Image]:
    """Digits as a pen draws them, in full ink 280 pixels high, made thicker or thinner.

    A pixel is ink where the square of `radius_px` around it is so by at least `least` of 255.
    """
    for digit in digits:
        large = Pillow.fromarray(digit).resize((280, 280), Pillow.Resampling.BICUBIC)
        ink = large.point([255 * (value > 127) for value in range(256)])
        near = ink.filter(ImageFilter.BoxBlur(radius_px))
        yield as_image(np.asarray(near.point([255 * (value >= least) for value in range(256)])))


def test_mnist_loses_nothing_by_the_preparation(network: LoadedNetwork) -> None:
    images = [as_image(digit) for digit in DIGITS]
    as_they_are = accuracy(network, images, LABELS)
    assert as_they_are >= 0.98
    assert abs(accuracy(network, prepared(images), LABELS) - as_they_are) <= 0.001


@pytest.mark.parametrize("resample", ["BILINEAR", "BICUBIC", "LANCZOS"])
def test_half_size_in_a_corner(network: LoadedNetwork, resample: str) -> None:
    canvases = in_a_corner(DIGITS, Pillow.Resampling[resample])
    assert accuracy(network, prepared(canvases), LABELS) >= 0.97


def test_a_plain_resize_recognises_next_to_nothing(network: LoadedNetwork) -> None:
    canvases = in_a_corner(DIGITS[:300])
    assert accuracy(network, prepared(canvases, PLAIN_RESIZE), LABELS[:300]) < 0.3


def test_black_on_white(network: LoadedNetwork) -> None:
    canvases = (1 - canvas for canvas in in_a_corner(DIGITS[:500]))
    assert accuracy(network, prepared(canvases), LABELS[:500]) >= 0.97


def test_on_grey_and_grainy_paper(network: LoadedNetwork) -> None:
    random = np.random.default_rng(0)
    shade = np.linspace(-0.05, 0.05, 280, dtype=np.float32)
    papers = (
        np.clip(0.75 - 0.5 * canvas + shade + random.normal(0, 0.02, canvas.shape), 0, 1)
        for canvas in in_a_corner(DIGITS[:300])
    )
    images = (paper.astype(np.float32) for paper in papers)
    assert accuracy(network, prepared(images), LABELS[:300]) >= 0.95


@pytest.mark.parametrize(
    ("radius_px", "least", "at_least"),
    [(0, 128, 0.97), (5, 1, 0.97), (8, 1, 0.94), (4, 255, 0.94)],
    ids=["as drawn", "thick", "very thick", "thin"],
)
def test_thick_and_thin_strokes(
    network: LoadedNetwork, radius_px: int, least: int, at_least: float
) -> None:
    drawn = strokes(DIGITS[:300], radius_px, least)
    assert accuracy(network, prepared(drawn), LABELS[:300]) >= at_least


@pytest.mark.parametrize("side", [14, 21, 40, 64])
def test_other_sizes(network: LoadedNetwork, side: int) -> None:
    images = (
        as_image(
            np.asarray(Pillow.fromarray(digit).resize((side, side), Pillow.Resampling.BICUBIC))
        )
        for digit in DIGITS[:500]
    )
    assert accuracy(network, prepared(images), LABELS[:500]) >= 0.96


@pytest.mark.parametrize(("side", "every"), [(8, 1), (80, 3), (280, 3)])
def test_other_writers_eight_pixels_high(network: LoadedNetwork, side: int, every: int) -> None:
    digits = load_digits()
    images, labels = digits.images[::every], digits.target[::every]
    grey = (Pillow.fromarray((image / 16 * 255).round().astype(np.uint8)) for image in images)
    sized = (image.resize((side, side), Pillow.Resampling.BICUBIC) for image in grey)
    found = accuracy(network, prepared(as_image(np.asarray(image)) for image in sized), labels)
    assert found >= 0.85


def test_every_sample_digit_is_recognised(network: LoadedNetwork) -> None:
    digits = [sample for sample in samples.list_samples() if sample.kind == "digit"]
    labels = np.array([sample.label for sample in digits])
    assert accuracy(network, prepared(sample.image for sample in digits), labels) == 1
