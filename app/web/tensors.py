"""How tensors travel: nested arrays in JSON, ``.npy`` for one, safetensors for all of an answer.

A document holds ``NamedTensor`` values where its tensors are. Written as JSON they become
``{"shape", "dtype", "data"}``; in safetensors the values stand behind the header under their
names and the document, with ``{"shape", "dtype", "tensor"}`` in their places, is a string in
``__metadata__``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan, prod
from typing import Any, Literal, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from app.web.errors import Problem
from app.web.negotiation import JSON, NPY, SAFETENSORS

DType: TypeAlias = Literal["float32", "float16", "uint8"]
Array: TypeAlias = NDArray[Any]

SAFETENSORS_TYPES = {"float64": "F64", "float32": "F32", "float16": "F16", "uint8": "U8"}
JSON_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_PASSTHROUGH_DATACLASS


@dataclass(frozen=True, slots=True)
class NamedTensor:
    """An array in the dtype it travels in, under the name it has in a binary answer.

    Args:
        scale: for uint8, the ``minimum`` and ``maximum`` of each map: 0 and 255 stand for them.
        is_scale_apart: the document gives the scale elsewhere, so the tensor does not repeat it.
    """

    name: str
    values: Array
    scale: dict[str, list[float]] | None = None
    is_scale_apart: bool = False

    def reference(self) -> dict[str, Any]:
        """What stands in a document for a tensor that travels beside it."""
        return self._described("tensor", self.name)

    def written_out(self) -> dict[str, Any]:
        """What stands in a JSON document for the tensor, its values included."""
        return self._described("data", _nested(self.values))

    def _described(self, key: str, content: object) -> dict[str, Any]:
        """Shape, dtype and one way to the values."""
        described = {"shape": self.values.shape, "dtype": self.values.dtype.name, key: content}
        if self.scale is not None and not self.is_scale_apart:
            described["scale"] = self.scale
        return described


def named(
    name: str, values: Array, dtype: DType | None = None, *, is_scale_apart: bool = False
) -> NamedTensor:
    """An array under its name, converted to ``dtype`` (None leaves it as it is)."""
    if dtype == "uint8":
        quantized, scale = quantize(values)
        return NamedTensor(name, quantized, scale, is_scale_apart)
    if dtype == "float16":
        return NamedTensor(name, _halved(np.ascontiguousarray(values)))
    converted = values if dtype is None else values.astype(dtype, copy=False)
    return NamedTensor(name, np.ascontiguousarray(converted))


def quantize(values: Array) -> tuple[NDArray[np.uint8], dict[str, list[float]]]:
    """The values as bytes between the minimum and the maximum of each map, and those two.

    Shape:
        values: (C, H, W), C maps, or (n), one map of n values

    Units: value = minimum + byte / 255 · (maximum − minimum), to within half of a byte's step.

    Example:
        >>> quantize(np.array([[[0.0, 1.0]], [[2.0, 4.0]]], dtype=np.float32))[1]
        {'minimum': [0.0, 2.0], 'maximum': [1.0, 4.0]}
    """
    maps = values.reshape(-1 if values.ndim > 2 else 1, prod(values.shape[-2:]))
    minimum, maximum = maps.min(axis=1), maps.max(axis=1)
    span = maximum - minimum
    factor = np.divide(255.0, span, out=np.zeros_like(span), where=span > 0)
    scaled = maps - minimum[:, None]
    scaled *= factor[:, None]
    scaled += np.float32(0.5)  # what follows cuts off, so this rounds
    quantized = scaled.astype(np.uint8).reshape(values.shape)
    return quantized, {"minimum": minimum.tolist(), "maximum": maximum.tolist()}


def _halved(values: Array) -> Array:
    """The values as float16, by torch: it converts five times as fast as numpy."""
    import torch

    return torch.from_numpy(values).half().numpy()


def number(value: float) -> float | str:
    """A number as JSON can hold it: one that is not finite is its name as a string.

    Example:
        >>> number(1.5), number(float("nan")), number(float("-inf"))
        (1.5, 'NaN', '-Infinity')
    """
    if isfinite(value):
        return value
    return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"


def to_json(document: object) -> bytes:
    """A document as JSON, its tensors written out as nested arrays."""
    return orjson.dumps(document, default=_write_out, option=JSON_OPTIONS)


def to_npy(tensor: NamedTensor) -> bytes:
    """One tensor as a ``.npy`` file of version 1.0."""
    header = np.lib.format.header_data_from_array_1_0(tensor.values)
    text = f"{header!r}".encode("latin-1")
    padding = -(len(text) + 11) % 64
    prefix = np.lib.format.magic(1, 0) + (len(text) + padding + 1).to_bytes(2, "little")
    return b"".join([prefix, text, b" " * padding, b"\n", _bytes_of(tensor.values)])


def to_safetensors(document: object) -> bytes:
    """Every tensor of a document under its name, and the document beside them.

    Source: https://huggingface.co/docs/safetensors, "Format".
    """
    tensors: dict[str, NamedTensor] = {}

    def refer(value: object) -> dict[str, Any]:
        if not isinstance(value, NamedTensor):
            raise TypeError
        tensors[value.name] = value
        return value.reference()

    text = orjson.dumps(document, default=refer, option=JSON_OPTIONS).decode()
    return _file(text, sorted(tensors.values(), key=lambda t: -t.values.itemsize))


def _file(document: str, tensors: Sequence[NamedTensor]) -> bytes:
    """The bytes of a safetensors file; wide types come first, so that every value is aligned."""
    header: dict[str, Any] = {"__metadata__": {"document": document}}
    offset = 0
    for tensor in tensors:
        end = offset + tensor.values.nbytes
        header[tensor.name] = {
            "dtype": SAFETENSORS_TYPES[tensor.values.dtype.name],
            "shape": tensor.values.shape,
            "data_offsets": (offset, end),
        }
        offset = end
    text = orjson.dumps(header)
    text += b" " * (-len(text) % 8)
    return b"".join(
        [len(text).to_bytes(8, "little"), text, *(_bytes_of(t.values) for t in tensors)]
    )


def _bytes_of(values: Array) -> memoryview:
    """The values of a contiguous array as bytes, not copied."""
    return values.reshape(-1).view(np.uint8).data


def _write_out(value: object) -> dict[str, Any]:
    """What orjson asks about a value it does not know: a tensor is written out."""
    if not isinstance(value, NamedTensor):
        raise TypeError
    return value.written_out()


def _nested(values: Array) -> Any:
    """Nested arrays for JSON; orjson writes an array itself as long as all of it is finite."""
    if values.dtype.kind != "f" or np.isfinite(values).all():
        return values
    finite = values.astype(object)
    for place in zip(*np.nonzero(~np.isfinite(values)), strict=True):
        finite[place] = number(float(values[place]))
    return finite.tolist()


def encode(media_type: str, document: Mapping[str, Any], main: NamedTensor | None) -> bytes:
    """An answer in the negotiated media type.

    Raises: Problem 406 when ``.npy`` is asked for and the answer has no main tensor.
    """
    if media_type == SAFETENSORS:
        return to_safetensors(document)
    if media_type == NPY:
        if main is None:
            sentence = f"This answer has no tensor of its own; {JSON} and {SAFETENSORS} carry it."
            raise Problem(406, sentence)
        return to_npy(main)
    return to_json(document)
