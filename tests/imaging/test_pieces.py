"""Two digits in one picture are two pieces, and one digit is one: measured."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from app.imaging import DigitOptions, Image, NoSuchPiece, Prepared, load_subset, prepare_digit
from app.imaging.cells import Region
from app.networks import Library, LoadedNetwork
from tests.imaging.files import as_image
from tests.imaging.scenes import Ink, cut_out, enlarged, in_the_middle, side_by_side
from tests.places import ROOT

SUBSET = load_subset()
DIGITS, LABELS = SUBSET.test_images, SUBSET.test_labels
DIGIT_HEIGHT = 20


@pytest.fixture(scope="module")
def network() -> LoadedNetwork:
    return Library.load(ROOT / "models", torch.device("cpu")).get("mycnn")


def labels_of(network: LoadedNetwork, images: list[Image]) -> NDArray[np.int64]:
    batch = torch.cat([network.normalize(torch.from_numpy(image)) for image in images])
    with torch.inference_mode():
        found: NDArray[np.int64] = network.model(batch).argmax(dim=1).numpy()
    return found


def piece(image: Image, number: int) -> Prepared:
    return prepare_digit(image, DigitOptions(piece=number))


def digit_of(label: int) -> Ink:
    """The first test digit of a class, five times as large."""
    return enlarged(cut_out(DIGITS[label == LABELS][0]), 5)


def pairs(gap: float, count: int) -> list[tuple[int, int, Image]]:
    """Two test digits each beside each other, of different sizes and heights, with a gap in parts
    of a digit's height.
    """
    random = np.random.default_rng(round(1000 * gap))
    made = []
    for _ in range(count):
        first, second = (int(number) for number in random.choice(len(DIGITS), 2, replace=False))
        sizes = 5 * random.uniform(0.8, 1.2, 2)
        inks = [
            enlarged(cut_out(DIGITS[i]), s) for i, s in zip((first, second), sizes, strict=True)
        ]
        drops = [int(drop) for drop in random.integers(0, 25, 2)]
        image = side_by_side(inks, round(gap * DIGIT_HEIGHT * 5), drops)[np.newaxis]
        made.append((first, second, image))
    return made


def test_a_test_digit_is_one_piece() -> None:
    several = [len(prepare_digit(as_image(digit)).pieces) != 1 for digit in DIGITS]
    assert sum(several) <= 0.005 * len(DIGITS)


def test_a_drawn_digit_is_one_piece() -> None:
    drawn = [in_the_middle(enlarged(digit, 8))[np.newaxis] for digit in DIGITS[:300]]
    several = [len(prepare_digit(image).pieces) != 1 for image in drawn]
    assert sum(several) <= 0.005 * len(drawn)


@pytest.mark.parametrize("gap", [0.1, 0.2, 0.4, 1.0])
def test_two_digits_are_two_and_each_is_read_as_if_alone(
    network: LoadedNetwork, gap: float
) -> None:
    made = pairs(gap, 100)
    told = [pair for pair in made if len(prepare_digit(pair[2]).pieces) == 2]
    assert len(told) >= 0.95 * len(made)
    read = [piece(image, number).image for *_, image in told for number in (0, 1)]
    alone = [prepare_digit(as_image(DIGITS[i])).image for *digits, _ in told for i in digits]
    same = labels_of(network, read) == labels_of(network, alone)
    assert same.mean() >= 0.95


def test_a_piece_is_what_it_is_on_a_sheet_of_its_own() -> None:
    inks = [digit_of(4), digit_of(2)]
    both = side_by_side(inks, 25, [0, 10])[np.newaxis]
    for number, ink in enumerate(inks):
        alone = prepare_digit(in_the_middle(ink)[np.newaxis]).image
        np.testing.assert_allclose(piece(both, number).image, alone, atol=1e-6)


def test_what_the_pieces_say() -> None:
    inks = [digit_of(4), digit_of(2)]
    both = side_by_side(inks, 25, [0, 10], margin=40)[np.newaxis]
    prepared = prepare_digit(both)
    assert [remark.name for remark in prepared.remarks] == ["several_pieces"]
    first, second = prepared.pieces
    expected = Region(40, 40, 40 + inks[0].shape[0], 40 + inks[0].shape[1])
    np.testing.assert_allclose(first.box, expected, atol=6)
    assert second.box.left == pytest.approx(expected.right + 25, abs=6)
    assert first.ink + second.ink == pytest.approx(1)
    chosen = piece(both, 1)
    assert [step.name for step in chosen.steps][:3] == ["decoded", "grey", "piece"]
    assert chosen.steps[2].detail == "Piece 2 of 2 by itself; the other made paper."
    assert chosen.remarks == ()
    assert chosen.pieces == prepared.pieces


def test_the_step_shows_the_piece_and_keeps_the_paper() -> None:
    grain = np.random.default_rng(0).normal(0.8, 0.02, (1, 200, 300)).astype(np.float32)
    inked = side_by_side([digit_of(4), digit_of(2)], 25, [0, 10])
    grain[0, : inked.shape[0], : inked.shape[1]] -= 0.6 * inked
    chosen = piece(np.clip(grain, 0, 1), 0)
    shown = next(step.image for step in chosen.steps if step.name == "piece")
    box = chosen.pieces[1].box
    erased = shown[0, box.top : box.bottom, box.left : box.right]
    assert erased.max() < 0.4
    assert np.median(erased) == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize("image", [1 - np.zeros((1, 60, 60), np.float32), as_image(DIGITS[0])])
def test_the_only_piece_is_the_whole_picture(image: Image) -> None:
    count = len(prepare_digit(image).pieces)
    if count:
        np.testing.assert_array_equal(piece(image, 0).image, prepare_digit(image).image)
        assert [s.name for s in piece(image, 0).steps] == [
            s.name for s in prepare_digit(image).steps
        ]
    with pytest.raises(NoSuchPiece, match="one piece of ink: number 0" if count else "no piece"):
        piece(image, count)


def test_a_piece_too_many_names_how_many_there_are() -> None:
    both = side_by_side([digit_of(4), digit_of(2)], 25, [0, 0])[np.newaxis]
    with pytest.raises(NoSuchPiece, match="2 pieces of ink: numbers 0 to 1") as refused:
        piece(both, 2)
    assert refused.value.count == 2


def bars(*boxes: tuple[int, int, int, int]) -> Image:
    """Filled boxes (top, left, bottom, right) on a sheet of 200×200."""
    sheet = np.zeros((1, 200, 200), dtype=np.float32)
    for top, left, bottom, right in boxes:
        sheet[0, top:bottom, left:right] = 1
    return sheet


@pytest.mark.parametrize(
    ("image", "count"),
    [
        (bars((40, 40, 50, 110), (60, 40, 160, 60)), 1),
        (bars((40, 40, 160, 55), (35, 70, 45, 120)), 1),
        (bars((40, 40, 110, 60), (115, 42, 160, 58)), 1),
        (bars((40, 40, 160, 60), (40, 80, 160, 100)), 2),
        (bars((40, 40, 160, 60), (40, 80, 160, 100), (150, 110, 160, 120)), 2),
        (bars((10, 40, 80, 60), (120, 40, 190, 60)), 2),
        (bars(*((20, 20 + 40 * n, 80, 35 + 40 * n) for n in range(4))), 4),
    ],
    ids=["bar below", "bar beside", "broken", "two", "a dot behind", "above each other", "four"],
)
def test_what_is_one_piece(image: Image, count: int) -> None:
    assert len(prepare_digit(image).pieces) == count


def test_pieces_are_counted_as_one_reads() -> None:
    corners = [(20, 120), (25, 20), (120, 25), (125, 130)]
    image = bars(*((top, left, top + 50, left + 20) for top, left in corners))
    boxes = [found.box for found in prepare_digit(image).pieces]
    assert [(box.top, box.left) for box in boxes] == [(25, 20), (20, 120), (120, 25), (125, 130)]


def test_slanting_digits_may_reach_over_each_other() -> None:
    rows, columns = np.mgrid[:200, :200]
    slanted = columns + rows // 4
    image = (((abs(slanted - 105) < 8) | (abs(slanted - 140) < 8)) & (abs(rows - 100) < 60)).astype(
        np.float32
    )[np.newaxis]
    first, second = prepare_digit(image).pieces
    assert first.box.right > second.box.left
    alone = piece(image, 0).image
    assert (alone[0] > 0.5).any(axis=0).sum() < 14


def test_a_photograph_has_no_pieces_to_choose() -> None:
    noise = np.random.default_rng(0).random((1, 64, 64), dtype=np.float32)
    assert len(prepare_digit(noise).pieces) == 1
