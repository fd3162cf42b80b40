"""Whether a machine is as fast as a target asks, told by the yardsticks that run on it too."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache

from app.bench.bodies import JSON, NPY, digit_body
from app.bench.client import Client, request_bytes
from app.bench.processes import bare_server
from app.bench.timing import duration_ms, percentile

# A picture within 33 ms is what a hand does not feel, and 1.5 times a bare page comes to that on a
# machine whose bare page takes this long.
REFERENCE_MS = 22.0
# Two idle cores answer the bare route in 0.7 ms. A bare page takes a frame on a machine half as
# fast and on one twice as fast; a request and a forward pass take what they take.
REFERENCE_ROUTE_MS = 1.0
WARM_UP, ROUNDS = 50, 200
# How steady a page is shows where the processor is: on cores that other machines share, the same
# work takes twice as long at times, and a picture that is as slow then misses its frame.
REFERENCE_SWAY = 1.2
WORKS, BETWEEN_SECONDS = 150, 0.01


@cache
def route_ms() -> float:
    """What the bare route takes to answer a digit on this machine, p50; read once.

    Raises: NotMeasured when its server does not come up.
    """
    request = request_bytes("POST", "/forward", {"Content-Type": NPY}, digit_body())
    with bare_server(1, JSON) as server, Client(server.port) as client:
        times_ms = [duration_ms(lambda: client.send(request)) for _ in range(WARM_UP + ROUNDS)]
    return percentile(times_ms[WARM_UP:], 50)


def work_ms() -> list[float]:
    """How long the same work takes each time that it is done, a little apart, in milliseconds."""
    found = []
    for _ in range(WORKS):
        found.append(duration_ms(_work))
        time.sleep(BETWEEN_SECONDS)
    return found


def _work() -> int:
    """About a millisecond of what every program does, in no memory worth the name."""
    return sum(number * number for number in range(10_000))


def sway(works_ms: Sequence[float]) -> float:
    """How many times as long as usual the same work takes in one of twenty cases: p95 by p50."""
    return percentile(works_ms, 95) / percentile(works_ms, 50)


def slowness(bare_ms: float, answered_ms: float, swayed: float = 1.0) -> str:
    """What to say of a machine that is slower than that; empty where it is not.

    Args:
        bare_ms: what a bare page takes there from the event to the painted frame, p50.
        answered_ms: what the bare route takes there to answer, p50.
        swayed: by how many times the same work varies there, where steadiness is asked.

    Example:
        >>> slowness(12.0, 0.65)
        ''
        >>> slowness(41.25, 0.65)
        'the machine is slower than asked: its bare page takes 41.2 ms, not 22'
        >>> slowness(15.0, 3.65)
        'the machine is slower than asked: its bare route takes 3.6 ms, not 1.0'
        >>> slowness(15.0, 0.65, 1.84)
        '...: in one of twenty cases the same work takes 1.8 times as long as usual, not 1.2'
    """
    told = []
    if bare_ms > REFERENCE_MS:
        told.append(f"its bare page takes {bare_ms:.1f} ms, not {REFERENCE_MS:.0f}")
    if answered_ms > REFERENCE_ROUTE_MS:
        told.append(f"its bare route takes {answered_ms:.1f} ms, not {REFERENCE_ROUTE_MS}")
    if swayed > REFERENCE_SWAY:
        told.append(
            f"in one of twenty cases the same work takes {swayed:.1f} times as long as usual, "
            f"not {REFERENCE_SWAY}"
        )
    return f"the machine is slower than asked: {', '.join(told)}" if told else ""
