"""Pictures that are no digits are remarked upon, and digits are not: measured."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from app.imaging import CLOTHES, DigitOptions, Image, load_subset, prepare_digit, samples
from app.imaging.subset import FOLDER
from tests.imaging.files import as_image
from tests.imaging.scenes import noises

DIGITS = load_subset().test_images
CLOTHES_TO_TEST = load_subset(FOLDER.with_name("fashion-mnist-subset")).test_images
AS_CLOTHES = DigitOptions(box=False, centre=False, border=False, subject=CLOTHES)
SAMPLES = {sample.name: sample for sample in samples.list_samples()}
# Bright and dark are apart in those of which lines are told.
PHOTOGRAPHS = {
    "astronaut": "no_paper", "cat": "no_paper", "coffee": "no_paper",
    "hopper": "many_strokes", "camera": "many_strokes", "palace": "many_strokes",
}  # fmt: skip


def names_of(image: Image) -> list[str]:
    return [remark.name for remark in prepare_digit(image).remarks]


def names_as_clothes(image: Image) -> list[str]:
    return [remark.name for remark in prepare_digit(image, AS_CLOTHES).remarks]


def test_at_most_one_test_digit_in_two_hundred_is_remarked_upon() -> None:
    remarked = [names for digit in DIGITS if (names := names_of(as_image(digit)))]
    assert len(remarked) <= 0.005 * len(DIGITS)


def test_no_digit_among_the_samples_is() -> None:
    digits = [sample for sample in SAMPLES.values() if sample.kind == "digit"]
    assert not any(names_of(sample.image) for sample in digits)


def test_every_photograph_is_known() -> None:
    assert set(PHOTOGRAPHS) == {n for n, s in SAMPLES.items() if s.kind == "photograph"}


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize("side", [None, 168, 64])
def test_every_photograph_is(name: str, side: int | None) -> None:
    image = SAMPLES[name].image
    step = 1 if side is None else -(-max(image.shape) // side)
    found = names_of(image[:, ::step, ::step])
    # A dark figure on a bright sky, and so small, might be drawn.
    assert found == ([] if (name, side) == ("camera", 64) else [PHOTOGRAPHS[name]])


def test_at_most_one_picture_of_clothes_in_two_hundred_is_where_clothes_are_meant() -> None:
    prepared = [prepare_digit(as_image(one), AS_CLOTHES) for one in CLOTHES_TO_TEST]
    assert sum(bool(one.remarks) for one in prepared) <= 0.005 * len(prepared)
    assert {len(one.pieces) for one in prepared} == {1}


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize("side", [None, 168])
def test_every_photograph_is_where_clothes_are_meant(name: str, side: int | None) -> None:
    image = SAMPLES[name].image
    step = 1 if side is None else -(-max(image.shape) // side)
    [remark] = prepare_digit(image[:, ::step, ::step], AS_CLOTHES).remarks
    assert "clothing" in remark.detail
    assert "digit" not in remark.detail


@pytest.mark.parametrize("side", [28, 64, 150, 280])
def test_every_greyish_noise_is_where_clothes_are_meant(side: int) -> None:
    """What is black and white through and through may be a pattern."""
    found = dict(noises(np.random.default_rng(side), side))
    greyish = [n for n in found if n.startswith(("even", "normal", "faint", "clouds", "1/f"))]
    assert len(greyish) == 10
    assert all(names_as_clothes(found[name][np.newaxis]) for name in greyish)


def test_nothing_is_where_clothes_are_meant() -> None:
    [remark] = prepare_digit(np.zeros((1, 28, 28), dtype=np.float32), AS_CLOTHES).remarks
    assert (remark.name, remark.detail) == ("no_ink", "There is nothing in the picture.")


@pytest.mark.parametrize("side", [28, 64, 150, 280])
def test_every_noise_is(side: int) -> None:
    random = np.random.default_rng(side)
    silent = Counter[str]()
    for _ in range(5):
        for name, noise in noises(random, side):
            silent[name] += not names_of(noise[np.newaxis])
    assert not +silent


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("impulse", ["filled"]), ("square", ["filled"]), ("step-edge", ["filled"]),
        ("diagonal-edge", ["filled"]), ("ramp", ["no_paper"]), ("stripes", ["many_parts"]),
        ("checkerboard", ["many_strokes"]), ("ring", []), ("blob", []),
    ],
)  # fmt: skip
def test_the_patterns(name: str, remark: list[str]) -> None:
    assert names_of(SAMPLES[name].image) == remark


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_a_blank_sheet_is(value: float) -> None:
    [remark] = prepare_digit(np.full((1, 30, 40), value, dtype=np.float32)).remarks
    assert remark.name == "no_ink"
    assert remark.as_dict() == {"name": "no_ink", "detail": remark.detail}


def test_every_remark_is_a_sentence() -> None:
    seen = [sample for sample in SAMPLES.values() if sample.kind != "clothes"]
    details = [r.detail for sample in seen for r in prepare_digit(sample.image).remarks]
    assert len(details) == 13
    assert all(detail[0].isupper() or detail[0].isdigit() for detail in details)
    assert all(detail.endswith(".") and detail.count(". ") == 0 for detail in details)
