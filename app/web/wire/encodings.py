"""Documents with tensors in them as bytes: JSON, ``.npy``, safetensors."""

from collections.abc import Sequence
from functools import lru_cache
from math import prod
from operator import attrgetter
from typing import Any, TypeAlias

import numpy as np
import orjson

from app.web.wire.negotiation import SAFETENSORS
from app.web.wire.problems import Problem
from app.web.wire.tensors import NamedTensor, Written

Part: TypeAlias = bytes | memoryview
# By numpy's letters.
SAFETENSORS_TYPES = {"d": "F64", "f": "F32", "e": "F16", "B": "U8", "l": "I64"}
ITEM_SIZE = attrgetter("values.itemsize")
JSON_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_PASSTHROUGH_DATACLASS


def to_json(document: object, max_values: int) -> bytes:
    """A document as JSON, its tensors written out as nested arrays.

    Raises: Problem 422 when they have more values together than JSON is good for.
    """
    count = 0
    written: Written = {}

    def write_out(value: object) -> dict[str, Any] | None:
        nonlocal count
        if not isinstance(value, NamedTensor):
            raise TypeError
        count += value.values.size
        return value.written_out(written) if count <= max_values else None

    text = orjson.dumps(document, default=write_out, option=JSON_OPTIONS)
    if count > max_values:
        sentence = (
            f"The tensors of this answer have {count:,} values; JSON carries at most "
            f"{max_values:,} of them, {SAFETENSORS} all."
        )
        raise Problem(422, sentence, limit=max_values, requested=count)
    return text


def to_npy(tensor: NamedTensor) -> bytes:
    """One tensor as a ``.npy`` file of version 1.0."""
    header = np.lib.format.header_data_from_array_1_0(tensor.values)
    text = f"{header!r}".encode("latin-1")
    padding = -(len(text) + 11) % 64
    prefix = np.lib.format.magic(1, 0) + (len(text) + padding + 1).to_bytes(2, "little")
    return b"".join([prefix, text, b" " * padding, b"\n", tensor.values.data])


def to_safetensors(document: object) -> bytes:
    """Every tensor of a document under its name, and the document beside them."""
    return b"".join(safetensors_parts(document))


def safetensors_parts(document: object) -> list[Part]:
    """The same as it lies in memory: the header, and the bytes of each tensor.

    Source: https://huggingface.co/docs/safetensors, "Format".
    """
    tensors: dict[str, NamedTensor] = {}

    def refer(value: object) -> dict[str, Any] | orjson.Fragment:
        if not isinstance(value, NamedTensor):
            raise TypeError
        tensors[value.name] = value
        return value.reference()

    text = orjson.dumps(document, default=refer, option=JSON_OPTIONS).decode()
    # Wide types come first, so that every value is aligned.
    return _file(text, sorted(tensors.values(), key=ITEM_SIZE, reverse=True))


def _file(document: str, tensors: Sequence[NamedTensor]) -> list[Part]:
    """The parts of a safetensors file."""
    arrays = [tensor.values for tensor in tensors]
    layout = _layout(tuple((t.name, t.values.dtype.char, t.values.shape) for t in tensors))
    text = b'{"__metadata__":{"document":%b}%b}' % (orjson.dumps(document), layout)
    text += b" " * (-len(text) % 8)
    head = len(text).to_bytes(8, "little") + text
    return [head, *[array.data.cast("B") for array in arrays if array.size]]


@lru_cache(maxsize=256)
def _layout(tensors: tuple[tuple[str, str, tuple[int, ...]], ...]) -> bytes:
    """Where each tensor lies, as members of the header: the same as long as the question is.

    Args:
        tensors: the name, numpy's letter of the type and the shape of each.
    """
    members, offset = [], 0
    for name, letter, shape in tensors:
        end = offset + prod(shape) * np.dtype(letter).itemsize
        place = {"dtype": SAFETENSORS_TYPES[letter], "shape": shape, "data_offsets": (offset, end)}
        members.append(b",%b:%b" % (orjson.dumps(name), orjson.dumps(place)))
        offset = end
    return b"".join(members)
