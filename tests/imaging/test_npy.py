"""Arrays that arrive as .npy files."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from app.imaging import DecodeLimits, ImageRefused, decode_npy, image_from_array, read_npy
from tests.imaging.files import npy

DTYPES = ("u1", "<f2", "<f4", "<f8", ">f4", ">f8", "i1", "<i2", "<i4", "<i8", ">i4")


def refusal(data: bytes, limits: DecodeLimits | None = None) -> ImageRefused:
    """How an image is refused."""
    with pytest.raises(ImageRefused) as caught:
        decode_npy(data, limits)
    assert str(caught.value).endswith(".")
    return caught.value


def with_header(text: str, values: bytes = b"") -> bytes:
    """A .npy file with any text for a header."""
    raw = text.encode("latin-1")
    return b"\x93NUMPY\1\0" + len(raw).to_bytes(2, "little") + raw + values


@given(
    st.sampled_from(DTYPES).flatmap(
        lambda dtype: arrays.arrays(
            dtype,
            arrays.array_shapes(max_dims=4, max_side=4),
            elements={"allow_nan": False, "allow_infinity": False} if "f" in dtype else None,
        )
    ),
    st.booleans(),
)
def test_what_numpy_saves_is_read(array: NDArray[Any], columns_first: bool) -> None:
    saved = npy(np.asfortranarray(array) if columns_first else array)
    read = read_npy(saved)
    assert read.dtype == array.dtype
    np.testing.assert_array_equal(read, array)


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_format(version: tuple[int, int]) -> None:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.eye(3), version=version)
    np.testing.assert_array_equal(read_npy(file.getvalue()), np.eye(3))


def test_bytes_are_scaled_and_grey_gets_its_channel() -> None:
    decoded = decode_npy(npy(np.array([[0, 51], [102, 255]], dtype=np.uint8)))
    assert decoded.image.dtype == np.float32
    np.testing.assert_allclose(decoded.image, [[[0, 0.2], [0.4, 1]]], atol=1e-7)
    told = decoded.source
    assert (told.format, told.width, told.height, told.frames) == ("NPY", 2, 2, 1)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f8", "i4"])
def test_numbers_are_taken_at_their_value(dtype: str) -> None:
    values = np.array([[[0, 1], [1, 0]]] * 3, dtype=dtype)
    decoded = decode_npy(npy(values))
    assert decoded.image.dtype == np.float32
    np.testing.assert_array_equal(decoded.image, values)


@pytest.mark.parametrize(
    ("values", "lowest", "highest"),
    [
        (np.array([[0.0, 1.5]]), "0", "1.5"),
        (np.array([[-0.25, 0.5]]), "-0.25", "0.5"),
        (np.array([[0, 255]], dtype=np.int64), "0", "255"),
        (np.array([[-(2.0**1000), 2.0**1000]]), "-1.07151e+301", "1.07151e+301"),
    ],
)
def test_values_out_of_range_are_told(values: NDArray[Any], lowest: str, highest: str) -> None:
    found = refusal(npy(values))
    assert found.status == 422
    assert f"from {lowest} to {highest};" in str(found)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite(value: float) -> None:
    assert refusal(npy(np.array([[0, value]], dtype=np.float16))).status == 422


@pytest.mark.parametrize(
    "shape", [(), (3,), (2, 2, 2), (4, 2, 2), (1, 1, 2, 2), (0, 3), (3, 0, 2), (1, 1, 1, 1, 1)]
)
def test_shapes_that_are_no_image(shape: tuple[int, ...]) -> None:
    assert refusal(npy(np.zeros(shape, dtype=np.uint8))).status == 422


@pytest.mark.parametrize("dtype", ["b1", "u2", "u4", "c8", "S3", "U2", "M8[s]", "V4", "f16"])
def test_types_that_are_not_read(dtype: str) -> None:
    assert refusal(npy(np.zeros((2, 2), dtype=dtype))).status in (400, 422)


def test_pickled_objects_are_never_read() -> None:
    file = io.BytesIO()
    np.save(file, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    assert refusal(file.getvalue()).status in (400, 422)


def test_structured_types_are_not_read() -> None:
    assert refusal(npy(np.zeros(2, dtype=[("a", "f4"), ("b", "u1")]))).status == 400


def test_too_few_and_too_many_bytes() -> None:
    good = npy(np.zeros((4, 5), dtype=np.float32))
    for damaged in (good[:-1], good + b"\0", good[:20]):
        assert refusal(damaged).status == 400
    assert "80 bytes; 79 follow" in str(refusal(good[:-1]))


def test_a_shape_that_asks_for_too_much_is_refused_without_being_made() -> None:
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4000000000, 4000000000), }"
    assert refusal(with_header(header)).status == 400


def test_caps() -> None:
    small = DecodeLimits(max_bytes=200, max_side=4, max_pixels=9)
    assert refusal(npy(np.zeros((9, 9))), small).status == 413
    found = refusal(npy(np.zeros((1, 5), dtype=np.uint8)), small)
    assert (found.status, found.limit, found.requested) == (413, 4, 5)
    assert refusal(npy(np.zeros((4, 3), dtype=np.uint8)), small).status == 413
    assert decode_npy(npy(np.zeros((3, 3), dtype=np.uint8)), small).image.shape == (1, 3, 3)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "{}",
        "(" * 500,
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1L,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '\\d', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        "__import__('os').abort()",
        "{" + " " * 2_000 + "}",
    ],
)
def test_headers_that_make_no_sense(header: str) -> None:
    assert refusal(with_header(header, b"\0" * 4)).status == 400


def test_a_header_by_another_hand_is_read() -> None:
    header = '{"shape":(1,2),"fortran_order":False,"descr":"|u1"}\n'
    np.testing.assert_array_equal(read_npy(with_header(header, b"\1\2")), [[1, 2]])


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, has_magic: bool) -> None:
    try:
        values = read_npy(b"\x93NUMPY\1\0" + data if has_magic else data)
    except ImageRefused:
        return
    assert values.ndim <= 4


def test_an_array_as_an_image() -> None:
    decoded = image_from_array(np.full((2, 3), 0.5), "pixels")
    assert decoded.source.as_dict()["format"] == "pixels"
    assert decoded.image.shape == (1, 2, 3)
