"""Minimum, maximum, mean and share of zeros of many arrays in a handful of calls."""

import threading
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Summary = dict[str, float]
# A minimum and a maximum.
Ends = tuple[float, float]

# Arrays beyond this many values cost more to lay end to end than a call costs.
LARGE = 32_768
# So many at a time: fewer are more calls, more do not stay in the cache.
_PART = 262_144


class _Scratch(threading.local):
    """Memory of one thread that is written anew each time: fresh memory is cold memory."""

    def __init__(self) -> None:
        self.values = np.empty(0, np.float32)
        self.is_zero = np.empty(0, np.bool_)

    def sized(self, size: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Room for so many values, and for whether each is zero."""
        if size > self.values.size:
            self.values = np.empty(size, np.float32)
            self.is_zero = np.empty(size, np.bool_)
        return self.values[:size], self.is_zero[:size]


_scratch = _Scratch()


def as_array(tensor: Tensor) -> NDArray[np.float32]:
    """A tensor as an array on the same memory; numpy has no bfloat16, which becomes float32."""
    found: NDArray[np.float32] = (
        tensor.float() if tensor.dtype is torch.bfloat16 else tensor
    ).numpy()
    return found


def summarize(arrays: Sequence[NDArray[np.float32]]) -> list[Summary]:
    """The summary of each array; none of them may be empty.

    A dozen layers are a dozen small arrays, where one numpy call costs more than its work:
    they are laid end to end once, and each number is found for all of them together. The mean
    is summed pairwise in float32, as torch's is, and exact to its last digits.

    Example:
        >>> summarize([np.array([0.0, 1.0, 0.0, 3.0], dtype=np.float32)])
        [{'minimum': 0.0, 'maximum': 3.0, 'mean': 1.0, 'zero_fraction': 0.5}]
    """
    if max((array.size for array in arrays), default=0) <= LARGE:
        return _together(arrays)
    found = iter(_together([array for array in arrays if array.size <= LARGE]))
    return [summarize_large(array) if array.size > LARGE else next(found) for array in arrays]


def flat(batch: NDArray[np.float32]) -> NDArray[np.float32]:
    """All values of a batch in the order in which they lie in memory, on the same memory.

    That may be with the channels last, which no summary minds.
    """
    if batch.ndim == 4 and not batch.flags.c_contiguous:
        batch = batch.transpose(0, 2, 3, 1)
    return batch.reshape(-1)


def summarize_large(array: NDArray[np.float32], ends: Ends | None = None) -> Summary:
    """The summary of a large array, read part by part while each is in the cache.

    Args:
        ends: its minimum and maximum, where they are known.
    """
    values = array.reshape(-1)
    _, is_zero = _scratch.sized(_PART)
    lows, highs, total, zeros = [], [], 0.0, 0
    for start in range(0, values.size, _PART):
        part = values[start : start + _PART]
        low, high = ends or (float(part.min()), float(part.max()))
        lows.append(low)
        highs.append(high)
        # In a third of numpy's time; a sum of float16 has no room in it.
        summed_in = torch.float32 if part.dtype.char == "e" else None
        total += float(torch.from_numpy(part).sum(dtype=summed_in))
        if not (low > 0 or high < 0):
            zeros += int(np.count_nonzero(np.equal(part, 0, out=is_zero[: part.size])))
    is_one = len(lows) == 1
    return {
        "minimum": lows[0] if is_one else float(np.min(lows)),  # NaN is said to be so
        "maximum": highs[0] if is_one else float(np.max(highs)),
        "mean": total / values.size,
        "zero_fraction": zeros / values.size,
    }


def _together(arrays: Sequence[NDArray[np.float32]]) -> list[Summary]:
    """The summaries of small arrays, each number for all of them in one call."""
    if not arrays:
        return []
    sizes = [array.size for array in arrays]
    starts = [0, *accumulate(sizes[:-1])]
    flat, is_zero = _scratch.sized(sum(sizes))
    np.concatenate([array.reshape(-1) for array in arrays], out=flat)
    np.equal(flat, 0, out=is_zero)
    minima = np.minimum.reduceat(flat, starts).tolist()
    maxima = np.maximum.reduceat(flat, starts).tolist()
    with np.errstate(invalid="ignore", over="ignore"):  # NaN and infinity are said to be so
        sums = np.add.reduceat(flat, starts).tolist()
    return [
        {
            "minimum": low,
            "maximum": high,
            "mean": total / size,
            "zero_fraction": int(np.count_nonzero(is_zero[start : start + size])) / size,
        }
        for low, high, total, start, size in zip(minima, maxima, sums, starts, sizes, strict=True)
    ]
