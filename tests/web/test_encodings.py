"""The three forms of a document with tensors, held to the libraries that read them."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from safetensors.numpy import load

from app.web.wire.encodings import to_json, to_npy, to_safetensors
from app.web.wire.negotiation import best_type
from app.web.wire.problems import Problem
from app.web.wire.tensors import NamedTensor, named, quantize

SHAPES = arrays.array_shapes(min_dims=1, max_dims=4, max_side=6)
TYPES = st.sampled_from(["float64", "float32", "float16", "uint8"])
ANY_ARRAYS = TYPES.flatmap(lambda dtype: arrays.arrays(dtype, SHAPES))
FINITE = st.floats(-1e6, 1e6, width=32)
MAPS = arrays.array_shapes(min_dims=3, max_dims=3, max_side=6) | arrays.array_shapes(
    min_dims=1, max_dims=1, max_side=20
)


def document_of(data: bytes) -> tuple[dict[str, Any], int]:
    """The document of a safetensors file, and where its values begin."""
    size = int.from_bytes(data[:8], "little")
    header = orjson.loads(data[8 : 8 + size])
    return orjson.loads(header["__metadata__"]["document"]), 8 + size


@given(st.lists(ANY_ARRAYS, max_size=5))
def test_safetensors_is_read_by_its_own_library(values: list[Any]) -> None:
    tensors = [named(f"t{i}", array) for i, array in enumerate(values)]
    data = to_safetensors({"tensors": tensors, "note": "é ∗ \u2028"})
    found = load(data)
    document, start = document_of(data)
    assert start % 8 == 0
    assert document["note"] == "é ∗ \u2028"
    assert found.keys() == {tensor.name for tensor in tensors}
    for tensor, described in zip(tensors, document["tensors"], strict=True):
        np.testing.assert_array_equal(found[tensor.name], tensor.values)
        assert found[tensor.name].dtype == tensor.values.dtype
        shape = list(tensor.values.shape)
        assert described == {"shape": shape, "dtype": tensor.dtype, "tensor": tensor.name}


def test_wide_values_come_first_so_that_all_are_aligned() -> None:
    tensors = [named("b", np.ones(3, np.uint8)), named("f", np.ones(3, np.float32))]
    data = to_safetensors({"tensors": tensors})
    size = int.from_bytes(data[:8], "little")
    header = orjson.loads(data[8 : 8 + size])
    assert header["f"]["data_offsets"] == [0, 12]
    assert header["b"]["data_offsets"] == [12, 15]


@given(ANY_ARRAYS)
def test_npy_is_read_by_numpy(array: Any) -> None:
    data = to_npy(named("t", array))
    found = np.load(io.BytesIO(data), allow_pickle=False)
    np.testing.assert_array_equal(found, array)
    assert found.dtype == array.dtype
    assert (len(data) - found.nbytes) % 64 == 0


def parsed(value: Any) -> float:
    """A number of the JSON, a string standing for one that is not finite."""
    return float(value) if not isinstance(value, str) else float(value.replace("Infinity", "inf"))


@given(ANY_ARRAYS)
def test_json_carries_every_value(array: Any) -> None:
    document = orjson.loads(to_json({"t": named("t", array)}, 10_000))["t"]
    assert document["shape"] == list(array.shape)
    assert document["dtype"] == array.dtype.name
    flat = np.array(document["data"], dtype=object).reshape(-1)
    found = np.array([parsed(value) for value in flat], dtype=array.dtype)
    np.testing.assert_array_equal(found, array.reshape(-1))
    for value in flat:
        assert not isinstance(value, float) or math.isfinite(value)


@pytest.mark.parametrize(("dtype", "large"), [("float32", 1e30), ("float64", 1e200)])
def test_a_square_that_overflows_makes_no_number_infinite(dtype: str, large: float) -> None:
    values = np.array([[large, -large], [0.0, 1.0]], dtype)
    assert not np.isfinite(np.vdot(values, values))
    plain = orjson.loads(to_json({"t": named("t", values)}, 4))["t"]["data"]
    np.testing.assert_array_equal(np.array(plain, dtype), values)
    values[1, 0] = -np.inf
    told = orjson.loads(to_json({"t": named("t", values)}, 4))["t"]["data"]
    assert told[1] == ["-Infinity", 1.0]
    np.testing.assert_array_equal(np.array(told[0], dtype), values[0])


def test_json_has_a_limit_that_counts_all_tensors() -> None:
    tensors = [named(f"t{i}", np.zeros(10, np.float32)) for i in range(3)]
    to_json({"t": tensors}, 30)
    with pytest.raises(Problem) as refused:
        to_json({"t": tensors}, 29)
    assert (refused.value.status, refused.value.limit, refused.value.requested) == (422, 29, 30)


def test_what_is_no_tensor_is_a_mistake_of_ours() -> None:
    for encode in (to_safetensors, lambda document: to_json(document, 1)):
        with pytest.raises(TypeError):
            encode({"t": object()})


@given(arrays.arrays("float32", MAPS, elements=FINITE))
def test_bytes_are_within_half_a_step(values: Any) -> None:
    quantized, scale = quantize(values)
    low, high = (np.array(scale[end], np.float64) for end in ("minimum", "maximum"))
    shape = (len(low), -1)
    assert len(low) == (values.shape[0] if values.ndim == 3 else 1)
    back = low[:, None] + quantized.reshape(shape) / 255 * (high - low)[:, None]
    step = (high - low)[:, None] / 255
    assert (np.abs(back - values.reshape(shape)) <= step * 0.501 + 1e-3).all()


def test_a_flat_map_is_its_minimum() -> None:
    quantized, scale = quantize(np.full((2, 3, 3), 7.0, np.float32))
    assert not quantized.any()
    assert scale == {"minimum": [7.0, 7.0], "maximum": [7.0, 7.0]}


def test_a_map_that_is_not_finite_says_so_in_its_scale() -> None:
    values = np.array([[[np.nan, 1.0]], [[np.inf, 0.0]], [[0.0, 255.0]]], np.float32)
    quantized, scale = quantize(values)
    assert scale == {"minimum": ["NaN", 0.0, 0.0], "maximum": ["NaN", "Infinity", 255.0]}
    assert quantized[2].tolist() == [[0, 255]]


def test_the_scale_is_told_once() -> None:
    values = np.ones((1, 2, 2), np.float32)
    told, apart = (named("t", values, "uint8", is_scale_apart=each) for each in (False, True))
    shape = {"shape": [1, 2, 2], "dtype": "uint8", "tensor": "t"}
    scale = {"scale": {"minimum": [1.0], "maximum": [1.0]}}
    assert orjson.loads(orjson.dumps(told.reference())) == shape | scale
    assert orjson.loads(orjson.dumps(apart.reference())) == shape


def test_memory_that_may_not_be_written_to_is_no_trouble() -> None:
    values = np.frombuffer(np.ones(4, np.float32).tobytes(), np.float32)
    assert named("t", values, "float16").values.tolist() == [1.0] * 4


def test_a_view_across_memory_is_made_whole() -> None:
    values = np.arange(12.0, dtype=np.float32).reshape(3, 4).T
    found = load(to_safetensors({"t": named("t", values)}))["t"]
    np.testing.assert_array_equal(found, values)


def test_one_picture_under_several_names_is_written_out_under_each() -> None:
    picture = np.arange(6, dtype=np.float32).reshape(2, 3)
    ones = [named("a", picture), named("b", picture), named("c", picture.reshape(3, 2))]
    told = orjson.loads(to_json({"t": [*ones, named("d", picture, "float16")]}, 24))["t"]
    assert [each["data"] for each in told] == [one.values.tolist() for one in [*ones, ones[0]]]
    assert [each["dtype"] for each in told] == ["float32"] * 3 + ["float16"]


def test_a_tensor_s_numbers_that_json_lacks_are_strings() -> None:
    nan = NamedTensor("t", np.array([[np.nan]], np.float32))
    assert orjson.loads(orjson.dumps(nan.written_out({})["data"])) == [["NaN"]]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "a/json"),
        ("*/*", "a/json"),
        ("a/*", "a/json"),
        ("a/npy", "a/npy"),
        ("A/NPY ; Q=0.2", "a/npy"),
        ("a/npy, */*;q=0.1", "a/npy"),
        ("a/npy;q=0.1, */*;q=0.5", "a/json"),
        ("a/json;q=0, */*", "a/npy"),
        ("a/json;q=0", None),
        ("text/html", None),
        ("text/html, */*;q=0.8", "a/json"),
        ("a/npy;q=nonsense", None),
        ("a/npy;q=7", "a/npy"),
        (",,;;", None),
    ],
)
def test_the_client_chooses(accept: str, expected: str | None) -> None:
    assert best_type(accept, ("a/json", "a/npy")) == expected
