"""Nested arrays of a JSON body, of one to four axes, as one array of numbers."""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import prod
from struct import error as StructError
from struct import pack_into
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.web.wire.problems import Place, places_problem

NUMBERS = frozenset({int, float})
MAX_RANK = 4
INPUT_AXES = ("sample", "channel", "row", "value")
WEIGHT_AXES = ("filter", "channel", "row", "value")


def read_array(
    value: object,
    pointer: str,
    ranks: Sequence[int],
    axes: Sequence[str],
    forms: str,
    name: str | None = None,
) -> NDArray[np.float64]:
    """Nested arrays as numbers, each part as long as the first of its kind.

    Args:
        pointer: the JSON pointer of the value, e.g. ``#/input``.
        ranks: how many axes it may have.
        axes: what one entry along each axis is called; an array of fewer axes has the last of them.
        forms: the forms that the ranks stand for, to be told to who sends another.
        name: what the value is called in a sentence; without it, as its pointer ends.

    Raises: Problem 422 naming the first places that are empty, ragged or no number; ``true``
    and ``"1"`` are none.
    """
    shape = _shape(value)
    name = name or pointer.rpartition("/")[2]
    if len(shape) not in ranks:
        raise places_problem([Place(pointer, f"{name} is numbers as {forms}.")], name)
    array = _regular(value, shape)
    if array is None:
        raise places_problem(_wrong_places(value, shape, pointer, axes[-len(shape) :], ""), name)
    return array


def _shape(value: object) -> tuple[int, ...]:
    """The lengths of the first array, of the first one in it, and so on."""
    shape: list[int] = []
    while isinstance(value, list) and len(shape) <= MAX_RANK:
        shape.append(len(value))
        value = value[0] if value else None
    return tuple(shape)


def _regular(value: Any, shape: Sequence[int]) -> NDArray[np.float64] | None:
    """The array, if the value is one of this shape and of numbers; nearly always it is.

    `_wrong_places` would say so too, but has to know where it is all the time. `struct` takes
    floats, whole numbers, and true and false, twice as fast as numpy asks each for its type;
    those two can only stand where a 1 or a 0 came of them.
    """
    lists = [value]
    for axis, length in enumerate(shape):
        if not length or not all(type(each) is list and len(each) == length for each in lists):
            return None
        if axis < len(shape) - 1:
            lists = list(chain.from_iterable(lists))
    memory = bytearray(8 * prod(shape))
    try:
        pack_into(f"{prod(shape)}d", memory, 0, *chain.from_iterable(lists))
    except StructError:
        return None
    array = np.frombuffer(memory, dtype=np.float64).reshape(-1, shape[-1])
    doubtful = ((array == 0) | (array == 1)).any(axis=1).nonzero()[0].tolist()
    if any(bool in map(type, lists[index]) for index in doubtful):
        return None
    return array.reshape(shape)


def _wrong_places(
    value: Any, shape: Sequence[int], pointer: str, axes: Sequence[str], where: str
) -> Iterator[Place]:
    """Why a part is not an array of this shape; nothing when it is one."""
    subject = where or "The array"
    if not isinstance(value, list):
        yield Place(pointer, f"{subject} is not an array of numbers.")
    elif not value:
        yield Place(pointer, f"{subject} is empty.")
    elif len(value) != shape[0]:
        counted = f"{axes[0]}{'' if len(value) == 1 else 's'}"
        yield Place(pointer, f"{subject} has {len(value)} {counted}; the first has {shape[0]}.")
    elif len(shape) > 1:
        for index, part in enumerate(value):
            name = f"{axes[0]} {index}"
            inner = f"{where}, {name}" if where else name.capitalize()
            yield from _wrong_places(part, shape[1:], f"{pointer}/{index}", axes[1:], inner)
    elif not NUMBERS.issuperset(map(type, value)):
        for index, cell in enumerate(value):
            if type(cell) not in NUMBERS:
                at = f"{where}, column {index}" if where else f"Value {index}"
                yield Place(f"{pointer}/{index}", f"{at} is no number.")
