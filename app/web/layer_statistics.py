"""Minimum, maximum, mean and share of zeros of many arrays in a handful of calls."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.web.tensors import number


class Summary(NamedTuple):
    """Four numbers of one layer's values, as JSON can hold them."""

    minimum: float | str
    maximum: float | str
    mean: float | str
    zero_fraction: float


def summarize(arrays: Sequence[NDArray[np.float32]]) -> list[Summary]:
    """The summary of each array; none of them may be empty.

    A dozen layers are a dozen small arrays, where one numpy call costs more than its work:
    they are laid end to end once, and each number is found for all of them together.

    Example:
        >>> summarize([np.array([0.0, 1.0, 0.0, 3.0], dtype=np.float32)])
        [Summary(minimum=0.0, maximum=3.0, mean=1.0, zero_fraction=0.5)]
    """
    flat = np.concatenate([array.reshape(-1) for array in arrays])
    sizes = [array.size for array in arrays]
    starts = [0, *accumulate(sizes[:-1])]
    minima = np.minimum.reduceat(flat, starts).tolist()
    maxima = np.maximum.reduceat(flat, starts).tolist()
    sums = np.add.reduceat(flat, starts, dtype=np.float64).tolist()
    is_zero = flat == 0
    zeros = [
        np.count_nonzero(is_zero[start : start + size])
        for start, size in zip(starts, sizes, strict=True)
    ]
    return [
        Summary(number(low), number(high), number(total / size), zero / size)
        for low, high, total, zero, size in zip(minima, maxima, sums, zeros, sizes, strict=True)
    ]
