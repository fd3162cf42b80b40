"""The preparation of a digit, step by step and switch by switch."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.imaging import DigitOptions, Image, Prepared, Source, load_subset, prepare_digit
from app.imaging.placement import place
from tests.imaging.files import as_image

NAMES = ["decoded", "grey", "cropped", "scaled", "centred", "normalized"]


def blank(height: int, width: int) -> Image:
    return np.zeros((1, height, width), dtype=np.float32)


def drawn() -> Image:
    """A canvas with a thick upright stroke off the middle."""
    canvas = blank(280, 280)
    canvas[0, 40:180, 30:60] = 1
    return canvas


def step(prepared: Prepared, name: str) -> Image:
    return next(s.image for s in prepared.steps if s.name == name)


def detail(prepared: Prepared, name: str) -> str:
    return next(s.detail for s in prepared.steps if s.name == name)


def all_options() -> Iterator[DigitOptions]:
    inverts: tuple[Literal["auto", "always", "never"], ...] = ("auto", "always", "never")
    for crop, box, centre in itertools.product((True, False), repeat=3):
        for invert in inverts:
            yield DigitOptions(crop, box, centre, invert)


def test_the_steps_of_a_drawing() -> None:
    prepared = prepare_digit(drawn())
    assert [s.name for s in prepared.steps] == NAMES
    assert step(prepared, "cropped").shape == (1, 140, 30)
    assert step(prepared, "scaled").shape == (1, 20, 4)
    assert step(prepared, "centred") is prepared.image
    assert all(s.detail.endswith(".") for s in prepared.steps)
    assert "30×140" in detail(prepared, "cropped")
    np.testing.assert_allclose(
        step(prepared, "normalized"), (prepared.image - 0.1307) / 0.3081, atol=1e-6
    )


def test_a_stroke_becomes_full_ink_in_a_20_pixel_box() -> None:
    image = prepare_digit(drawn()).image
    expected = blank(28, 28)
    expected[0, 4:24, 12:16] = 1
    np.testing.assert_allclose(image, expected, atol=1e-5)


def test_the_mean_and_standard_deviation_are_the_caller_s() -> None:
    prepared = prepare_digit(drawn(), mean=0.5, std=0.25)
    np.testing.assert_allclose(step(prepared, "normalized"), (prepared.image - 0.5) / 0.25)
    assert "0.5" in detail(prepared, "normalized")


def test_black_on_white_is_inverted_and_says_so() -> None:
    prepared = prepare_digit(1 - drawn())
    assert [s.name for s in prepared.steps] == [*NAMES[:2], "inverted", *NAMES[2:]]
    assert "bright side" in detail(prepared, "inverted")
    np.testing.assert_array_equal(step(prepared, "inverted"), drawn())
    np.testing.assert_array_equal(prepared.image, prepare_digit(drawn()).image)


def test_inversion_by_choice() -> None:
    names = [s.name for s in prepare_digit(drawn(), DigitOptions(invert="always")).steps]
    assert "inverted" in names
    names = [s.name for s in prepare_digit(1 - drawn(), DigitOptions(invert="never")).steps]
    assert "inverted" not in names


def test_colour_is_weighed() -> None:
    image = np.zeros((3, 8, 8), dtype=np.float32)
    image[0, 2:6, 3:5] = 1
    prepared = prepare_digit(image)
    assert step(prepared, "decoded").shape == (3, 8, 8)
    assert step(prepared, "grey")[0, 3, 3] == pytest.approx(0.299)
    assert prepared.image.max() == pytest.approx(1)  # red ink is full ink


def test_without_crop_the_whole_image_goes_into_the_box() -> None:
    prepared = prepare_digit(drawn(), DigitOptions(crop=False))
    assert step(prepared, "cropped").shape == (1, 280, 280)
    assert step(prepared, "scaled").shape == (1, 20, 20)
    assert "Left out" in detail(prepared, "cropped")


def test_without_box_the_digit_fills_28_pixels() -> None:
    prepared = prepare_digit(drawn(), DigitOptions(box=False))
    assert step(prepared, "scaled").shape == (1, 28, 6)
    assert prepared.image[0, [0, 27]].max() > 0.9


def test_without_centring_it_stands_in_the_geometric_middle() -> None:
    canvas = blank(200, 200)
    canvas[0, :40, :200] = 1
    canvas[0, :, :20] = 1  # heavy at the top
    by_size = prepare_digit(canvas, DigitOptions(centre=False))
    by_mass = prepare_digit(canvas)
    rows = np.flatnonzero(by_size.image[0].any(axis=1))
    assert (rows[0], rows[-1]) == (4, 23)
    assert np.flatnonzero(by_mass.image[0].any(axis=1))[0] > 4
    assert "Left out" in detail(by_size, "centred")


def test_with_everything_left_out_28_by_28_stays_what_it_was() -> None:
    image = as_image(load_subset().test_images[0])
    nothing = DigitOptions(crop=False, box=False, centre=False, invert="never")
    np.testing.assert_array_equal(prepare_digit(image, nothing).image, image)


def test_mnist_comes_out_as_it_went_in() -> None:
    images = [as_image(pixels) for pixels in load_subset().test_images]
    prepared = [prepare_digit(image) for image in images]
    same = [np.array_equal(p.image, image) for p, image in zip(prepared, images, strict=True)]
    assert np.mean(same) >= 0.99  # the others have specks that touch nothing, or a smaller box
    assert np.mean([p.mapping["x"]["scale"] == 1 for p in prepared]) >= 0.997


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("shape", [(1, 280, 280), (1, 28, 28), (3, 9, 5), (1, 1, 1), (1, 1, 40)])
def test_a_blank_sheet_is_zeros_whatever_is_switched(
    value: float, shape: tuple[int, int, int]
) -> None:
    for options in all_options():
        prepared = prepare_digit(np.full(shape, value, dtype=np.float32), options)
        np.testing.assert_array_equal(prepared.image, blank(28, 28))
        assert np.isfinite(step(prepared, "normalized")).all()


@pytest.mark.parametrize("value", [0.0, 0.7, 1.0])
def test_a_blank_sheet_has_no_dark_side_to_invert(value: float) -> None:
    sheet = np.full((1, 30, 30), value, dtype=np.float32)
    prepared = prepare_digit(sheet)
    assert [s.name for s in prepared.steps] == NAMES
    assert "No ink found" in detail(prepared, "cropped")
    asked = prepare_digit(sheet, DigitOptions(invert="always"))
    assert "as asked" in detail(asked, "inverted")


def test_thin_pale_strokes_become_full_ink() -> None:
    canvas = blank(280, 280)
    canvas[0, 20:260, 140] = 0.6
    canvas[0, 20, 100:180] = 0.6
    prepared = prepare_digit(canvas)
    assert prepared.image.max() == 1
    assert "raised" in detail(prepared, "scaled")


@pytest.mark.parametrize("tilt", [-1e-7, 0, 1e-7])
def test_the_last_digits_of_a_symmetrical_drawing_do_not_move_it(tilt: float) -> None:
    digit = np.ones((20, 15), dtype=np.float32) * (1 + tilt * np.arange(20)[:, np.newaxis])
    place_of, _ = place(digit.astype(np.float32), by_mass=True)
    assert place_of == (4, 7)


def test_uneven_grainy_paper_becomes_zero() -> None:
    grain = np.random.default_rng(1).normal(0.8, 0.02, (1, 280, 280)).astype(np.float32)
    grain += np.linspace(-0.1, 0.1, 280, dtype=np.float32)
    photographed = np.clip(np.where(drawn() > 0, 0.2, grain), 0, 1).astype(np.float32)
    prepared = prepare_digit(photographed)
    expected = prepare_digit(drawn()).image
    assert np.abs(prepared.image - expected).max() < 0.1
    assert "taken as 0" in detail(prepared, "scaled")


@given(
    options=st.sampled_from(list(all_options())),
    image=arrays.arrays(
        np.float32,
        st.tuples(st.sampled_from([1, 3]), st.integers(1, 60), st.integers(1, 60)),
        elements=st.floats(0, 1, width=32),
    ),
)
def test_any_image_becomes_28_by_28(options: DigitOptions, image: Image) -> None:
    kept = image.copy()
    prepared = prepare_digit(image, options)
    assert prepared.image.shape == (1, 28, 28)
    assert prepared.image.dtype == np.float32
    assert 0 <= prepared.image.min() <= prepared.image.max() <= 1
    assert all(s.image.dtype == np.float32 and np.isfinite(s.image).all() for s in prepared.steps)
    np.testing.assert_array_equal(image, kept)


def back(prepared: Prepared, x: float, y: float) -> tuple[float, float]:
    """A place of the prepared image in the source."""
    axes = prepared.mapping
    return (
        axes["x"]["scale"] * x + axes["x"]["offset"],
        axes["y"]["scale"] * y + axes["y"]["offset"],
    )


@pytest.mark.parametrize("options", [o for o in all_options() if o.invert == "auto"])
@pytest.mark.parametrize(("top", "left"), [(0, 0), (30, 200), (150, 90), (210, 210)])
def test_a_blob_is_mapped_back_to_its_place(options: DigitOptions, top: int, left: int) -> None:
    canvas = blank(280, 280)
    canvas[0, top : top + 70, left : left + 70] = 1
    prepared = prepare_digit(canvas, options)
    rows = np.flatnonzero(prepared.image[0].max(axis=1) > 0.5)
    columns = np.flatnonzero(prepared.image[0].max(axis=0) > 0.5)
    found_left, found_top = back(prepared, columns[0], rows[0])
    found_right, found_bottom = back(prepared, columns[-1] + 1, rows[-1] + 1)
    exact = options.crop  # else the blob's edges fall within a pixel of the 28
    tolerance = 1e-6 if exact else 280 / 20 / 2 + 1e-6
    expected = (top, left, top + 70, left + 70)
    assert (found_top, found_left, found_bottom, found_right) == pytest.approx(
        expected, abs=tolerance
    )


def test_a_marked_pixel_is_mapped_back_to_its_place() -> None:
    canvas = drawn()
    canvas[0, 40:180, 30:60] = 0.5
    canvas[0, 96:110, 37:43] = 1  # brighter than the stroke around it
    prepared = prepare_digit(canvas)
    row, column = np.unravel_index(prepared.image.argmax(), (28, 28))
    x, y = back(prepared, float(column) + 0.5, float(row) + 0.5)
    assert abs(x - 40) <= 30 / 4
    assert abs(y - 103) <= 7


def test_the_mapping_counts_in_the_source_s_own_pixels() -> None:
    source = Source("JPEG", 1_120, 1_120, reduction=4)
    plain, scaled = prepare_digit(drawn()), prepare_digit(drawn(), source=source)
    for axis in ("x", "y"):
        for part in ("scale", "offset"):
            assert scaled.mapping[axis][part] == pytest.approx(4 * plain.mapping[axis][part])
    assert detail(scaled, "decoded") == source.describe()


def test_an_untouched_sample_is_mapped_to_itself() -> None:
    image = as_image(load_subset().test_images[0])
    assert prepare_digit(image).mapping == {
        "x": {"scale": 1, "offset": 0},
        "y": {"scale": 1, "offset": 0},
    }
