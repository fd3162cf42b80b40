"""At which steps of a run its weights are kept, beside the end of each epoch."""

from __future__ import annotations

MOMENTS = 16


def moments(steps_per_epoch: int) -> frozenset[int]:
    """Steps within the first epoch, close together where most happens: at its beginning.

    Before the first step, then ever further apart by the same factor, up to the epoch's end.
    """
    last = steps_per_epoch - 1
    if last < 1:
        return frozenset({0})
    factor = last ** (1 / MOMENTS)
    return frozenset({0, *(min(last, round(factor**index)) for index in range(MOMENTS + 1))})
