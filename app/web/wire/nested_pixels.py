"""Nested arrays of a JSON body as one array of numbers, or every place where they are not."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.web.wire.problems import Place, places_problem

NUMBERS = frozenset({int, float})
AXES = {2: ("row", "column"), 3: ("channel", "row", "column")}


def to_array(value: object, pointer: str) -> NDArray[np.float64]:
    """A matrix ``[H][W]`` or a stack of them ``[C][H][W]``, as numbers.

    Args:
        pointer: the JSON pointer of the value, e.g. ``#/pixels``.

    Raises: Problem 422 naming the first places that are empty, ragged or no number; ``true``
    and ``"1"`` are none.
    """
    rank = _rank(value)
    if rank not in AXES:
        sentence = "An image is rows of numbers, [H][W], or channels of such rows, [C][H][W]."
        raise places_problem([Place(pointer, sentence)], "The image")
    assert isinstance(value, list)  # as its rank says
    planes = value if rank == 3 else [value]
    pointers = [f"{pointer}/{i}" for i in range(len(planes))] if rank == 3 else [pointer]
    size = _size(planes[0])
    wrong = chain.from_iterable(map(_wrong_places, planes, [size] * len(planes), pointers))
    first = next(wrong, None)
    if first is not None:
        raise places_problem(chain([first], wrong), "The image")
    return np.array(value, dtype=np.float64)


def _rank(value: object) -> int:
    """How many arrays are around the first number."""
    rank = 0
    while isinstance(value, list) and rank < 4:
        rank += 1
        value = value[0] if value else None
    return rank


def _size(plane: Any) -> tuple[int, int]:
    """Rows and columns of a plane, as its beginning has them."""
    is_matrix = isinstance(plane, list) and plane and isinstance(plane[0], list)
    return (len(plane), len(plane[0])) if is_matrix else (0, 0)


def _wrong_places(plane: Any, size: tuple[int, int], pointer: str) -> Iterator[Place]:
    """Why a plane is not a matrix of this size; nothing when it is one."""
    height, width = size
    if not isinstance(plane, list) or len(plane) != height:
        found = f"{len(plane)} rows" if isinstance(plane, list) else "no rows"
        yield Place(pointer, f"A channel has {found}; the first one has {height}.")
        return
    for index, row in enumerate(plane):
        at = f"{pointer}/{index}"
        if not isinstance(row, list):
            yield Place(at, f"Row {index} is not an array of numbers.")
        elif not row:
            yield Place(at, f"Row {index} is empty.")
        elif len(row) != width:
            yield Place(at, f"Row {index} has {len(row)} values; row 0 has {width}.")
        elif not NUMBERS.issuperset(map(type, row)):
            for column, cell in enumerate(row):
                if type(cell) not in NUMBERS:
                    yield Place(f"{at}/{column}", f"Row {index}, column {column} is no number.")
