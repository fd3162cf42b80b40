"""Images in other sizes, and as photos, matrices and PNG files."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from app.imaging import (
    Image,
    Prepared,
    Source,
    decode,
    encode_png,
    prepare_matrix,
    prepare_photo,
    thumbnail,
)
from app.imaging.grey import to_grey
from app.imaging.resample import fit_within, resize

random = np.random.default_rng(0)


def noise(*shape: int) -> Image:
    return random.random(shape, dtype=np.float32)


@given(st.integers(1, 5_000), st.integers(1, 5_000), st.integers(1, 64))
def test_the_longer_side_is_met_and_the_other_within_it(h: int, w: int, side: int) -> None:
    rows, columns = fit_within(h, w, side)
    assert max(rows, columns) == side
    assert min(rows, columns) >= 1


def test_the_same_size_is_the_same_array() -> None:
    image = noise(1, 20, 12)
    assert resize(image, 20, 12) is image


def test_a_flat_image_stays_flat() -> None:
    flat = np.full((3, 200, 90), 0.25, dtype=np.float32)
    np.testing.assert_allclose(resize(flat, 20, 9), 0.25, atol=1e-6)
    np.testing.assert_allclose(resize(flat[:, :4, :4], 20, 9), 0.25, atol=1e-6)


def test_a_thumbnail_is_only_ever_smaller() -> None:
    small = noise(1, 20, 12)
    assert thumbnail(small, 64) is small
    picture = noise(3, 300, 100) - 0.5
    made = thumbnail(picture, 64)
    assert made.shape == (3, 64, 21)
    assert picture.min() <= made.min() <= made.max() <= picture.max()


def by_pillow(picture: Image, rows: int, columns: int) -> Image:
    lanczos = Pillow.Resampling.LANCZOS
    channels = [
        Pillow.fromarray(c).resize((columns, rows), lanczos, reducing_gap=3) for c in picture
    ]
    return np.stack([np.asarray(channel) for channel in channels])


@given(st.integers(1, 600), st.integers(1, 600), st.integers(1, 100), st.integers(1, 100))
def test_it_is_what_pillow_gives(h: int, w: int, rows: int, columns: int) -> None:
    picture = noise(2, h, w)
    np.testing.assert_allclose(
        resize(picture, rows, columns), by_pillow(picture, rows, columns), atol=2e-6
    )


@given(st.integers(1, 64), st.integers(1, 64), st.integers(1, 64))
def test_an_axis_that_stays_is_not_touched(size: int, w: int, columns: int) -> None:
    picture = noise(1, size, w)
    picture[:, size // 2] = 0
    assert not resize(picture, size, columns)[:, size // 2].any()


@given(st.integers(65, 600), st.integers(1, 600))
def test_a_thumbnail_is_what_resizing_gives(h: int, w: int) -> None:
    picture = noise(2, h, w)
    wanted = by_pillow(picture, *fit_within(h, w, 64))
    wanted = np.clip(wanted, picture.min(), picture.max())
    np.testing.assert_allclose(thumbnail(picture, 64), wanted, atol=2e-6)


def test_grey_is_the_same_array_and_colour_is_weighed() -> None:
    grey = noise(1, 3, 3)
    assert to_grey(grey) is grey
    colour = np.array([0.2, 0.4, 0.6], dtype=np.float32).reshape(3, 1, 1)
    assert to_grey(colour).item() == pytest.approx(0.299 * 0.2 + 0.587 * 0.4 + 0.114 * 0.6)


def back(prepared: Prepared, at: float) -> tuple[float, float]:
    return (
        prepared.mapping["x"]["scale"] * at + prepared.mapping["x"]["offset"],
        prepared.mapping["y"]["scale"] * at + prepared.mapping["y"]["offset"],
    )


def test_a_photo_is_its_middle_square() -> None:
    picture = np.zeros((3, 100, 300), dtype=np.float32)
    picture[:, :, 100:200] = 1
    prepared = prepare_photo(picture, 50)
    assert [s.name for s in prepared.steps] == ["decoded", "cropped", "scaled"]
    assert prepared.image.shape == (3, 50, 50)
    np.testing.assert_allclose(prepared.image, 1, atol=1e-6)
    assert back(prepared, 0) == (100, 0)
    assert back(prepared, 50) == (200, 100)


def test_a_grey_photo_gets_three_channels_and_its_source_s_pixels() -> None:
    prepared = prepare_photo(noise(1, 90, 60), 30, source=Source("PNG", 120, 180, reduction=2))
    assert prepared.image.shape == (3, 30, 30)
    np.testing.assert_array_equal(prepared.image[0], prepared.image[2])
    assert back(prepared, 0) == (0, 30)
    assert back(prepared, 30) == (120, 150)
    assert prepared.steps[0].detail.startswith("PNG, 120×180")


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_any_photo_is_square(height: int, width: int, size: int) -> None:
    prepared = prepare_photo(noise(1, height, width), size)
    assert prepared.image.shape == (3, size, size)
    assert 0 <= prepared.image.min() <= prepared.image.max() <= 1


def test_a_matrix_keeps_its_values() -> None:
    image = noise(3, 30, 512)
    prepared = prepare_matrix(image)
    assert prepared.image is image
    assert [s.name for s in prepared.steps] == ["decoded"]
    assert back(prepared, 7) == (7, 7)


def test_a_large_matrix_is_made_smaller() -> None:
    prepared = prepare_matrix(noise(1, 600, 1_024), source=Source("PNG", 2_048, 1_200, reduction=2))
    assert prepared.image.shape == (1, 300, 512)
    assert [s.name for s in prepared.steps] == ["decoded", "scaled"]
    assert back(prepared, 10) == (40, 40)


@pytest.mark.parametrize("shape", [(5, 4), (1, 5, 4), (3, 5, 4)])
@pytest.mark.parametrize("is_float", [True, False])
def test_a_png_gives_its_values_back(shape: tuple[int, ...], is_float: bool) -> None:
    values = random.integers(0, 256, shape, dtype=np.uint8)
    image = values / np.float32(255)
    decoded = decode(encode_png(image if is_float else values))
    np.testing.assert_array_equal(decoded.image, image.reshape(-1, 5, 4))


def test_what_is_out_of_range_is_cut_off() -> None:
    decoded = decode(encode_png(np.array([[-1.0, 2.0]])))
    np.testing.assert_array_equal(decoded.image, [[[0, 1]]])


@pytest.mark.parametrize("shape", [(3,), (2, 5, 4), (1, 3, 5, 4)])
def test_a_png_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="A PNG is made of"):
        encode_png(np.zeros(shape))
