"""How tensors travel: nested arrays in JSON, ``.npy`` for one, safetensors for all of an answer.

A document holds ``NamedTensor`` values where its tensors are. Written as JSON they become
``{"shape", "dtype", "data"}``; in safetensors the values stand behind the header under their
names and the document, with ``{"shape", "dtype", "tensor"}`` in their places, is a string in
``__metadata__``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, prod
from typing import Any, Literal, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from app.json_number import number

DType: TypeAlias = Literal["float32", "float16", "uint8"]
Array: TypeAlias = NDArray[Any]
Scale: TypeAlias = dict[str, list[float | str]]
# By address, shape and letter of the type: each lies whole in memory, and lives with its document.
Written: TypeAlias = dict[tuple[int, tuple[int, ...], str], orjson.Fragment]

# By numpy's one-letter code, since its own names are put together anew each time.
DTYPE_NAMES = {"d": "float64", "f": "float32", "e": "float16", "B": "uint8", "l": "int64"}
# A map whose values are nearer to each other is flat: 255 divided by less is no float32.
SMALLEST_SPAN = 1e-30
# Of so many values a text is copied in no time.
SMALL = 4_096


@dataclass(slots=True)  # frozen, it took four times as long to make, and an answer has twenty
class NamedTensor:
    """An array in the dtype it travels in, under the name it has in a binary answer.

    Args:
        scale: for uint8, the ``minimum`` and ``maximum`` of each map: 0 and 255 stand for them.
        is_scale_apart: the document gives the scale elsewhere, so the tensor does not repeat it.
    """

    name: str
    values: Array
    scale: Scale | None = None
    is_scale_apart: bool = False

    @property
    def dtype(self) -> str:
        """PyTorch's name of the type."""
        return DTYPE_NAMES[self.values.dtype.char]

    def reference(self) -> dict[str, Any] | orjson.Fragment:
        """What stands in a document for a tensor that travels beside it."""
        if self.scale is None or self.is_scale_apart:
            return _reference(self.name, self.values.shape, self.values.dtype.char)
        return self._described("tensor", self.name)

    def written_out(self, written: Written) -> dict[str, Any]:
        """What stands in a JSON document for the tensor, its values included.

        Args:
            written: small tensors of the same document, to which this one is added: several
                steps of a preparation are one picture.
        """
        if self.values.size > SMALL:
            return self._described("data", _nested(self.values))
        place = (
            self.values.__array_interface__["data"][0],
            self.values.shape,
            self.values.dtype.char,
        )
        if place not in written:
            text = orjson.dumps(_nested(self.values), option=orjson.OPT_SERIALIZE_NUMPY)
            written[place] = orjson.Fragment(text)
        return self._described("data", written[place])

    def _described(self, key: str, content: object) -> dict[str, Any]:
        """Shape, dtype and one way to the values."""
        described = {"shape": self.values.shape, "dtype": self.dtype, key: content}
        if self.scale is not None and not self.is_scale_apart:
            described["scale"] = self.scale
        return described


@dataclass(frozen=True, slots=True)
class Answer:
    """A document, and which of its tensors stands for it in ``.npy``.

    Args:
        is_in_bytes: whether its tensors were brought to bytes, for a client far away: those
            shrink to less than half under gzip, where floats cost more time than they save.
        headers: that the answer has besides its own.
    """

    document: Any
    main: NamedTensor | None = None
    is_in_bytes: bool = False
    headers: Mapping[str, str] | None = None


def named(
    name: str, values: Array, dtype: DType | None = None, *, is_scale_apart: bool = False
) -> NamedTensor:
    """An array under its name, converted to ``dtype`` (None leaves it as it is)."""
    if dtype == "uint8":
        quantized, scale = quantize(values)
        return NamedTensor(name, quantized, scale, is_scale_apart)
    if dtype == "float16":
        return NamedTensor(name, _halved(values))
    if dtype is not None and DTYPE_NAMES[values.dtype.char] != dtype:
        values = values.astype(dtype)
    return NamedTensor(name, values if values.flags.c_contiguous else values.copy())


@lru_cache(maxsize=1_024)
def _reference(name: str, shape: tuple[int, ...], letter: str) -> orjson.Fragment:
    """A reference as text: a drawing hand asks for the same ones hundreds of times."""
    described = {"shape": shape, "dtype": DTYPE_NAMES[letter], "tensor": name}
    return orjson.Fragment(orjson.dumps(described))


def quantize(values: Array) -> tuple[NDArray[np.uint8], Scale]:
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
    # A map with a value that is not finite has no bytes that could say so; its scale says it.
    with np.errstate(invalid="ignore", over="ignore"):
        span = maximum - minimum
        factor = np.divide(255.0, span, out=np.zeros_like(span), where=span > SMALLEST_SPAN)
        scaled = maps - minimum[:, None]
        scaled *= factor[:, None]
        scaled += np.float32(0.5)  # what follows cuts off, so this rounds
        quantized = scaled.astype(np.uint8).reshape(values.shape)
    ends = {"minimum": minimum.tolist(), "maximum": maximum.tolist()}
    return quantized, {name: [number(end) for end in values] for name, values in ends.items()}


def _halved(values: Array) -> Array:
    """The values as float16, by torch: it converts five times as fast as numpy."""
    import torch

    return torch.from_numpy(np.require(values, requirements=["C", "W"])).half().numpy()


def _is_finite(values: Array) -> bool:
    """Whether no value is NaN or infinite: a sum of squares that is finite says it at once."""
    if values.dtype.char in "fd" and isfinite(np.vdot(values, values)):
        return True
    return bool(np.isfinite(values).all())


def _nested(values: Array) -> Any:
    """Nested arrays for JSON; orjson writes an array itself as long as all of it is finite."""
    if values.dtype.kind != "f" or _is_finite(values):
        return values
    finite = values.astype(object)
    for place in zip(*np.nonzero(~np.isfinite(values)), strict=True):
        finite[place] = number(float(values[place]))
    return finite.tolist()
