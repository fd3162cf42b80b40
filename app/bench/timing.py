"""How long things take: two of them in turn, and what a list of durations says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Action = Callable[[], object]


@dataclass(frozen=True)
class Pair:
    """Durations of two actions that were taken in turn, in milliseconds, in that order."""

    first_ms: tuple[float, ...]
    second_ms: tuple[float, ...]

    @property
    def ratio_spread(self) -> tuple[float, float]:
        """The middle half of the ratios first/second, each of two neighbours in time."""
        ratios = [a / b for a, b in zip(self.first_ms, self.second_ms, strict=True)]
        return percentile(ratios, 25), percentile(ratios, 75)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed, between two of them by line.

    Args:
        values: at least one.
        percent: 1 to 99.

    Example:
        >>> percentile([4, 1, 3, 2, 5], 50), percentile([0, 10], 25), percentile([7], 95)
        (3.0, 2.5, 7)
    """
    if len(values) == 1:
        return values[0]
    if percent == 50:
        return float(median(values))
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def in_turn(first: Action, second: Action, *, rounds: int, warm_up: int) -> Pair:
    """How long each of two actions takes when they alternate: first, second, first, second.

    Whatever slows the machine down for a while slows both, so their ratio is worth more than
    either number.

    Args:
        rounds: how often each is measured.
        warm_up: how often each is done before that.
    """
    for _ in range(warm_up):
        first()
        second()
    durations = [(duration_ms(first), duration_ms(second)) for _ in range(rounds)]
    return Pair(tuple(a for a, _ in durations), tuple(b for _, b in durations))


def duration_ms(action: Action) -> float:
    """How long an action takes, in milliseconds."""
    start = perf_counter()
    action()
    return 1000 * (perf_counter() - start)


def told(durations_ms: Sequence[float]) -> str:
    """The spread of durations in a line."""
    p50, p95, p99 = (percentile(durations_ms, percent) for percent in (50, 95, 99))
    return f"p50 {p50:.2f}, p95 {p95:.2f}, p99 {p99:.2f} ms over {len(durations_ms):,}"
