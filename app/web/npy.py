"""The ``.npy`` format, read without evaluating what its header says."""

import re
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.web.errors import Problem

MAGIC = b"\x93NUMPY"
HEADER_BYTES_AT_MOST = 4_096
DESCRIPTION = re.compile(r"""['"]descr['"]\s*:\s*['"]([<>|=]?)([a-zA-Z])(\d{1,2})['"]""")
ORDER = re.compile(r"""['"]fortran_order['"]\s*:\s*(True|False)""")
SHAPE = re.compile(r"""['"]shape['"]\s*:\s*\(\s*((?:\d{1,9}\s*,\s*){0,8}(?:\d{1,9})?)\s*\)""")
TYPES = {"u1": "uint8", "f2": "float16", "f4": "float32", "f8": "float64"}


class Header(NamedTuple):
    """What the header of a ``.npy`` file says of its values."""

    dtype: np.dtype[Any]
    is_fortran_order: bool
    shape: tuple[int, ...]


def read_npy(data: bytes) -> NDArray[Any]:
    """The array of a ``.npy`` file of numbers, a view of the bytes where they lie in row order.

    Raises: Problem, 400 for bytes that are no such file or too few or many, 422 for a dtype that
    is not read here.
    """
    if not data.startswith(MAGIC) or len(data) < 10:
        raise Problem(400, "The body is not a .npy file: it does not begin as one.")
    version = data[6]
    size_bytes = 2 if version == 1 else 4
    start = 8 + size_bytes + int.from_bytes(data[8 : 8 + size_bytes], "little")
    if version not in (1, 2, 3) or start > min(len(data), HEADER_BYTES_AT_MOST):
        raise Problem(400, "The header of the .npy file cannot be read.")
    header = _header(data[8 + size_bytes : start])
    needed, found = prod(header.shape) * header.dtype.itemsize, len(data) - start
    if found != needed:
        sentence = f"The .npy file holds {found:,} bytes of values; its header needs {needed:,}."
        raise Problem(400, sentence)
    values = np.frombuffer(data, header.dtype, offset=start)
    if header.is_fortran_order:
        return values.reshape(header.shape[::-1]).T
    return values.reshape(header.shape)


@lru_cache(maxsize=64)
def _header(raw: bytes) -> Header:
    """The three entries of a header, each found by its name."""
    text = raw.decode("latin-1")
    description, order, shape = DESCRIPTION.search(text), ORDER.search(text), SHAPE.search(text)
    if description is None or order is None or shape is None:
        raise Problem(400, "The header of the .npy file cannot be read.")
    byte_order, kind, width = description.groups()
    if kind + width not in TYPES:
        known = ", ".join(TYPES.values())
        raise Problem(422, f"The dtype of the .npy file is not one of {known}.")
    sizes = tuple(int(size) for size in shape.group(1).split(",") if size.strip())
    return Header(np.dtype(byte_order + kind + width), order.group(1) == "True", sizes)
