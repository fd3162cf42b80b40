"""Digits as a hand writes them: the way of the pen, walked at an even pace."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import dist
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

# Each digit in one stroke; x to the right, y down, the paper is 1 wide and 1 high.
STROKES: dict[int, tuple[Point, ...]] = {
    2: ((0.30, 0.32), (0.36, 0.22), (0.50, 0.17), (0.64, 0.22), (0.69, 0.34), (0.62, 0.48),
        (0.46, 0.64), (0.29, 0.81), (0.72, 0.81)),
    3: ((0.31, 0.23), (0.45, 0.16), (0.62, 0.20), (0.67, 0.32), (0.60, 0.43), (0.45, 0.48),
        (0.62, 0.52), (0.71, 0.65), (0.63, 0.79), (0.46, 0.84), (0.29, 0.77)),
    6: ((0.62, 0.16), (0.47, 0.28), (0.35, 0.46), (0.31, 0.65), (0.38, 0.80), (0.52, 0.84),
        (0.66, 0.76), (0.67, 0.61), (0.55, 0.53), (0.40, 0.58), (0.33, 0.68)),
    7: ((0.25, 0.21), (0.50, 0.20), (0.75, 0.20), (0.62, 0.45), (0.51, 0.66), (0.44, 0.85)),
    8: ((0.66, 0.27), (0.52, 0.17), (0.37, 0.25), (0.40, 0.40), (0.60, 0.54), (0.68, 0.70),
        (0.53, 0.84), (0.35, 0.76), (0.38, 0.60), (0.58, 0.42), (0.66, 0.28)),
    9: ((0.66, 0.35), (0.54, 0.45), (0.38, 0.41), (0.35, 0.27), (0.48, 0.17), (0.63, 0.22),
        (0.67, 0.36), (0.63, 0.60), (0.57, 0.84)),
}  # fmt: skip


def along(points: Sequence[Point], count: int) -> list[Point]:
    """So many points on the way through `points`, evenly spaced, both ends included.

    Args:
        points: at least two, no two neighbours alike.
        count: at least two.

    Example:
        >>> along([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], 3)
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
    """
    lengths = [dist(a, b) for a, b in pairwise(points)]
    step = sum(lengths) / (count - 1)
    way, piece, behind = [points[0]], 0, 0.0
    for number in range(1, count - 1):
        at = number * step
        while at > behind + lengths[piece]:
            behind += lengths[piece]
            piece += 1
        share = (at - behind) / lengths[piece]
        (x0, y0), (x1, y1) = points[piece], points[piece + 1]
        way.append((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
    return [*way, points[-1]]
