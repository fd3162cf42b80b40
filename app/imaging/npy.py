"""Arrays that arrive as ``.npy`` files, read without evaluating anything."""

import re
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.imaging.byte_values import unit_values
from app.imaging.decoded_image import Decoded, DecodeLimits, ImageRefused, Source

_MAGIC = b"\x93NUMPY"
_MAX_HEADER_BYTES = 1_024
_MAX_AXES = 4
_DTYPES = ("u1", "f2", "f4", "f8", "i1", "i2", "i4", "i8")
_CHANNELS = (1, 3)

# The three entries of a header, each at its place between commas. numpy's own reader evaluates the
# header as a Python literal, which warns about some texts and runs out of stack on others.
_ENTRY = r"""(?:
    'descr'\s*:\s*'(?P<order>[<>|=]?)(?P<dtype>[a-zA-Z]\d{0,3})'
  | 'fortran_order'\s*:\s*(?P<fortran>True|False)
  | 'shape'\s*:\s*\((?P<shape>[\d\s,]*)\)
)"""
_HEADER = re.compile(rf"\{{\s*(?:{_ENTRY}\s*,?\s*){{3}}\}}\s*", re.VERBOSE)
_UNREADABLE = "The bytes are not a .npy file: its header cannot be read."


class _Header(NamedTuple):
    """What a file says of its array."""

    dtype: np.dtype[Any]
    fortran_order: bool
    shape: tuple[int, ...]
    end: int


def decode_npy(data: bytes, limits: DecodeLimits | None = None) -> Decoded:
    """The image in the bytes of a ``.npy`` file: (H, W), or (C, H, W) with one or three channels.

    Bytes (uint8) stand for 0 … 1, 255 for 1; every other type is taken at its value.

    Raises: ImageRefused, as `read_npy` and `image_from_array`.
    """
    return image_from_array(read_npy(data, limits), "NPY", limits)


def read_npy(data: bytes, limits: DecodeLimits | None = None) -> NDArray[Any]:
    """The array in the bytes of a ``.npy`` file, every value finite.

    Raises:
        ImageRefused: bytes that are not such a file or fewer or more than its header says (400),
            too many (413), or another type than integers and floats, too many axes, or a value
            that is not finite (422).

    Source: numpy.lib.format, versions 1.0 to 3.0, without pickled objects.

    Example:
        >>> import io
        >>> file = io.BytesIO()
        >>> np.save(file, np.eye(2, dtype=np.float32))
        >>> read_npy(file.getvalue()).tolist()
        [[1.0, 0.0], [0.0, 1.0]]
    """
    limits = limits or DecodeLimits()
    if len(data) > limits.max_bytes:
        sentence = f"The array has {len(data):,} bytes; at most {limits.max_bytes:,} are read."
        raise ImageRefused(sentence, 413, limit=limits.max_bytes, requested=len(data))
    header = _read_header(data)
    needed = prod(header.shape) * header.dtype.itemsize
    given = len(data) - header.end
    if needed != given:
        raise ImageRefused(
            f"The header of the .npy file says {_by(header.shape)} values of {header.dtype.name}, "
            f"{needed:,} bytes; {given:,} follow.",
            400,
        )
    flat = np.frombuffer(data, header.dtype, offset=header.end)
    if flat.dtype.kind == "f" and not np.isfinite(flat).all():
        raise ImageRefused("The array holds NaN or infinity; every value has to be finite.", 422)
    return flat.reshape(header.shape, order="F" if header.fortran_order else "C")


def image_from_array(
    values: NDArray[Any], name: str, limits: DecodeLimits | None = None
) -> Decoded:
    """An array of finite numbers as an image.

    Args:
        name: what the source's format is called.

    Shape: values (H, W) or (C, H, W), C = 1 or 3

    Raises:
        ImageRefused: another shape or values outside of [0, 1] (422), or too many (413).
    """
    limits = limits or DecodeLimits()
    if values.ndim not in (2, 3) or not values.size:
        sentence = f"The array is {_by(values.shape)}; an image is H×W or C×H×W, none of them 0."
        raise ImageRefused(sentence, 422)
    channels, height, width = (1, *values.shape)[-3:]
    if channels not in _CHANNELS:
        sentence = f"The array has {channels:,} channels (C×H×W); an image has 1 or 3."
        raise ImageRefused(sentence, 422)
    if max(height, width) > limits.max_side or height * width > limits.max_pixels:
        raise ImageRefused(
            f"The array has {height:,}×{width:,} pixels; a side may have {limits.max_side:,} and "
            f"all together {limits.max_pixels:,}.",
            413,
            limit=limits.max_side,
            requested=max(height, width),
        )
    image = _unit_values(values).reshape(channels, height, width)
    return Decoded(image, Source(name, width, height))


def _unit_values(values: NDArray[Any]) -> NDArray[np.float32]:
    """The values as float32 in [0, 1]."""
    if values.dtype == np.uint8:
        return unit_values(values)
    lowest, highest = float(values.min()), float(values.max())
    if not (lowest >= 0 and highest <= 1):
        raise ImageRefused(
            f"The values go from {lowest:g} to {highest:g}; an image's go from 0 to 1, "
            "or from 0 to 255 in an array of uint8.",
            422,
        )
    return np.ascontiguousarray(values, dtype=np.float32)


def _read_header(data: bytes) -> _Header:
    """The header of a file that begins as it should."""
    if not data.startswith(_MAGIC) or len(data) < len(_MAGIC) + 6 or data[6] not in (1, 2, 3):
        raise ImageRefused(_UNREADABLE, 400)
    length_bytes = 2 if data[6] == 1 else 4
    start = len(_MAGIC) + 2 + length_bytes
    length = int.from_bytes(data[start - length_bytes : start], "little")
    if length > _MAX_HEADER_BYTES or start + length > len(data):
        raise ImageRefused(_UNREADABLE, 400)
    dtype, is_fortran, shape = _parsed(data[start : start + length])
    return _Header(dtype, is_fortran, shape, start + length)


@lru_cache(maxsize=64)
def _parsed(header: bytes) -> tuple[np.dtype[Any], bool, tuple[int, ...]]:
    """What a header says; a drawing hand sends the same one hundreds of times."""
    text = header.decode("latin-1").replace('"', "'")
    found = _HEADER.fullmatch(text)
    if found is None or not all(found[key] is not None for key in ("dtype", "fortran", "shape")):
        raise ImageRefused(_UNREADABLE, 400)
    if found["dtype"] not in _DTYPES:
        taken = ", ".join(np.dtype(name).name for name in _DTYPES)
        sentence = f"The array's type {found['dtype']} is not read; one of {taken} is."
        raise ImageRefused(sentence, 422)
    shape = tuple(int(size) for size in re.findall(r"\d+", found["shape"]))
    if len(shape) > _MAX_AXES:
        sentence = f"The array has {len(shape)} axes; at most {_MAX_AXES} are read."
        raise ImageRefused(sentence, 422)
    dtype = np.dtype(found["order"] + found["dtype"])
    return dtype, found["fortran"] == "True", shape


def _by(shape: tuple[int, ...]) -> str:
    """A shape in words."""
    return "×".join(f"{size:,}" for size in shape) or "a single number"
