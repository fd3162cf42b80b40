"""Lines along the edge of a picture are no ink, and what touches the digit is: measured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from app.imaging import DigitOptions, Image, Prepared, load_subset, prepare_digit
from app.networks import Library, LoadedNetwork
from tests.imaging.files import as_image
from tests.imaging.scenes import (
    SIDE,
    Ink,
    cut_out,
    enlarged,
    framed,
    in_the_middle,
    side_by_side,
    with_dark_edge,
)
from tests.places import ROOT

SUBSET = load_subset()
DIGITS, LABELS = SUBSET.test_images, SUBSET.test_labels
LEFT_IN = DigitOptions(border=False)
COUNT = 40


@pytest.fixture(scope="module")
def network() -> LoadedNetwork:
    return Library.load(ROOT / "models", torch.device("cpu")).get("mycnn")


def labels_of(network: LoadedNetwork, images: list[Image]) -> NDArray[np.int64]:
    batch = torch.cat([network.normalize(torch.from_numpy(image)) for image in images])
    with torch.inference_mode():
        found: NDArray[np.int64] = network.model(batch).argmax(dim=1).numpy()
    return found


def printed(ink: Ink) -> Image:
    """Ink as one prints it: black on white."""
    return (1 - ink)[np.newaxis]


def names_of(prepared: Prepared) -> list[str]:
    return [step.name for step in prepared.steps]


def detail_of(prepared: Prepared) -> str:
    return next(step.detail for step in prepared.steps if step.name == "border")


def on_paper(number: int, side: int = SIDE) -> Ink:
    """A test digit, half as high as its paper."""
    return in_the_middle(enlarged(cut_out(DIGITS[number]), side / 40), side, side)


def check(
    network: LoadedNetwork, scene: Callable[[Ink], Ink], *, side: int = SIDE, least: float = 0.98
) -> None:
    """A digit in a scene is read as without it nearly always, and seldom with the step left out."""
    papers = [on_paper(number, side) for number in range(0, 1_000, 1_000 // COUNT)]
    scenes = [printed(scene(paper)) for paper in papers]
    alone = labels_of(network, [prepare_digit(printed(paper)).image for paper in papers])
    found = labels_of(network, [prepare_digit(image).image for image in scenes])
    left_in = labels_of(network, [prepare_digit(image, LEFT_IN).image for image in scenes])
    assert (found == alone).mean() >= least
    assert (left_in == alone).mean() < 0.95


@pytest.mark.parametrize("width", [0.005, 0.02, 0.05, 0.1])
@pytest.mark.parametrize("distance", [0.0, 0.02, 0.06])
def test_a_frame(network: LoadedNetwork, width: float, distance: float) -> None:
    check(network, lambda ink: framed(ink, width, distance))


@pytest.mark.parametrize("sides", ["l", "t", "b", "tl", "lr", "tlr"])
@pytest.mark.parametrize(("width", "distance"), [(0.01, 0.0), (0.01, 0.04), (0.05, 0.0)])
def test_lines_along_some_edges(
    network: LoadedNetwork, sides: str, width: float, distance: float
) -> None:
    check(network, lambda ink: framed(ink, width, distance, sides))


@pytest.mark.parametrize("degrees", [0.5, 1, 2])
def test_a_slanting_frame(network: LoadedNetwork, degrees: float) -> None:
    check(network, lambda ink: framed(ink, 0.01, 0.05, degrees=degrees))


@pytest.mark.parametrize("sides", ["l", "b", "tr", "tblr"])
def test_dark_edges_of_a_scan(network: LoadedNetwork, sides: str) -> None:
    random = np.random.default_rng(0)

    def scanned(ink: Ink) -> Ink:
        for side in sides:
            ink = with_dark_edge(ink, side, random)
        return ink

    check(network, scanned, least=0.95)


@pytest.mark.parametrize("side", [56, 100, 500])
def test_small_and_large_pictures(network: LoadedNetwork, side: int) -> None:
    check(network, lambda ink: framed(ink, 0.03, 0.02), side=side)


@pytest.mark.parametrize("strength", [0.3, 0.6])
def test_a_pale_frame(network: LoadedNetwork, strength: float) -> None:
    check(network, lambda ink: np.maximum(ink, strength * framed(0 * ink, 0.03, 0.02)))


def test_a_frame_on_grainy_paper(network: LoadedNetwork) -> None:
    random = np.random.default_rng(0)
    shade = np.linspace(-0.05, 0.05, SIDE, dtype=np.float32)

    def photographed(ink: Ink) -> Ink:
        paper = 0.2 + 0.6 * framed(ink, 0.02, 0.03) + shade + random.normal(0, 0.02, ink.shape)
        return np.clip(paper, 0, 1).astype(np.float32)

    check(network, photographed)


@pytest.mark.parametrize("is_bright", [False, True])
def test_the_step_is_shown_and_switched(is_bright: bool) -> None:
    scene = framed(on_paper(3), 0.02, 0.03)[np.newaxis]
    image = scene if is_bright else 1 - scene
    prepared = prepare_digit(image)
    assert names_of(prepared)[2] == "border"
    assert "A frame along all four edges is no ink" in detail_of(prepared)
    shown = prepared.steps[2].image[0]
    np.testing.assert_allclose(shown[:20], 0 if is_bright else 1, atol=1e-6)
    plain = in_the_middle(scene[0, 40:-40, 40:-40])[np.newaxis]
    np.testing.assert_allclose(
        prepared.image, prepare_digit(plain if is_bright else 1 - plain).image, atol=1e-6
    )
    assert "border" not in names_of(prepare_digit(image, LEFT_IN))


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        ("l", "A line along the left edge is no ink"),
        ("tl", "Lines along the top and left edges are no ink"),
        ("tlr", "Lines along the top, left and right edges are no ink"),
    ],
)
def test_which_edges_is_said(sides: str, told: str) -> None:
    prepared = prepare_digit(printed(framed(on_paper(3), 0.02, 0.0, sides)))
    assert told in detail_of(prepared)


@pytest.mark.parametrize("invert", ["always", "never"])
def test_the_choice_of_inversion_says_what_ink_is(invert: str) -> None:
    scene = framed(on_paper(3), 0.02, 0.0)[np.newaxis]
    image = 1 - scene if invert == "always" else scene
    options = DigitOptions(invert="always" if invert == "always" else "never")
    assert "border" in names_of(prepare_digit(image, options))
    assert "border" not in names_of(prepare_digit(1 - image, options))


def test_no_test_digit_has_a_border() -> None:
    for digit in DIGITS:
        for image in (as_image(digit), 1 - as_image(digit)):
            assert "border" not in names_of(prepare_digit(image))


@pytest.mark.parametrize("margin", [0, 1, 2])
def test_no_digit_cut_out_closely_has_one(margin: int) -> None:
    for digit in DIGITS:
        image = as_image(np.pad(cut_out(digit), margin))
        assert "border" not in names_of(prepare_digit(image))


def test_no_pair_of_digits_cut_out_closely_has_one() -> None:
    ones = [cut_out(digit) for digit in DIGITS[LABELS == 1][:20]]
    others = [cut_out(digit) for digit in DIGITS[LABELS != 1][:20]]
    for one, other in zip(ones, others, strict=True):
        for pair in ((one, other), (other, one), (one, one)):
            image = side_by_side([enlarged(ink, 5) for ink in pair], 25, [0, 0], margin=0)
            assert "border" not in names_of(prepare_digit(image[np.newaxis]))


def box(sheet: Ink, top: int, left: int, bottom: int, right: int) -> None:
    sheet[top:bottom, left:right] = 1


def test_a_rectangle_with_nothing_in_it_is_ink() -> None:
    empty = framed(np.zeros((SIDE, SIDE), dtype=np.float32), 0.05, 0.08)
    assert "border" not in names_of(prepare_digit(printed(empty)))
    speck = empty.copy()
    box(speck, 140, 140, 150, 150)
    assert "border" not in names_of(prepare_digit(printed(speck)))


def test_a_circle_around_a_digit_is_ink() -> None:
    rows, columns = np.mgrid[:SIDE, :SIDE]
    ring = abs(np.hypot(rows - 140, columns - 140) - 125) < 5
    assert "border" not in names_of(prepare_digit(printed(np.maximum(on_paper(3), ring))))


def test_a_line_that_touches_the_digit_is_its_own() -> None:
    seven = np.zeros((SIDE, SIDE), dtype=np.float32)
    box(seven, 0, 0, 30, SIDE)
    box(seven, 0, 200, SIDE, 230)
    assert "border" not in names_of(prepare_digit(printed(seven)))


def test_a_line_that_ends_on_the_paper_is_ink() -> None:
    five = on_paper(3)
    box(five, 20, 30, 35, 250)
    assert "border" not in names_of(prepare_digit(printed(five)))


def remark_with(sides: str) -> str:
    """What is remarked upon where lines along these sides are left in."""
    scene = printed(framed(on_paper(0), 0.02, 0.02, sides))
    assert not prepare_digit(scene).remarks
    [remark] = prepare_digit(scene, LEFT_IN).remarks
    assert remark.name == "border"
    return remark.detail


def test_lines_that_are_left_in_are_remarked_upon() -> None:
    kept = "kept as ink, and read with the digit."
    assert remark_with("tblr") == f"A frame along all four edges is {kept}"
    assert remark_with("b") == f"A line along the bottom edge is {kept}"
    assert remark_with("tl") == f"Lines along the top and left edges are {kept}"


def test_hardly_a_digit_without_lines_is_remarked_upon_for_them() -> None:
    prepared = [prepare_digit(as_image(digit), LEFT_IN) for digit in DIGITS]
    names = [remark.name for one in prepared for remark in one.remarks]
    assert names.count("border") <= 0.005 * len(DIGITS)
