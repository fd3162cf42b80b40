"""Pixel formats that no writer at hand produces."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow

from app.imaging.pixels import in_plain_mode, to_array

values = np.array([[0, 1_000, 65_535]], dtype=np.int32)


@pytest.mark.parametrize(
    "image",
    [
        Pillow.fromarray(values),
        Pillow.fromarray(values.astype("<u2")),
        Pillow.frombytes("I;16B", (3, 1), values.astype(">u2").tobytes()),
    ],
    ids=["I", "I;16", "I;16B"],
)
def test_every_kind_of_deep_grey_is_scaled(image: Pillow.Image) -> None:
    array = to_array(in_plain_mode(image), 1.0)
    np.testing.assert_allclose(array, values[np.newaxis] / 65_535, atol=1e-7)
    assert array.dtype == np.float32


def test_deep_grey_beyond_16_bits_is_cut_to_the_range() -> None:
    image = Pillow.fromarray(np.array([[-5, 70_000]], dtype=np.int32))
    np.testing.assert_array_equal(to_array(in_plain_mode(image), 1.0), [[[0, 1]]])


@pytest.mark.parametrize(("mode", "channels"), [("1", 1), ("L", 1), ("PA", 3), ("HSV", 3)])
def test_any_mode_becomes_grey_or_colour(mode: str, channels: int) -> None:
    image = Pillow.new("RGB", (3, 2)).convert("P" if mode == "PA" else mode)
    image = image.convert(mode)
    assert to_array(in_plain_mode(image), 1.0).shape == (channels, 2, 3)
