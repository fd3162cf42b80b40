"""Waiting for code that may never return."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

from app.networks.own.error import OwnNetworkError

T = TypeVar("T")
PATIENCE_SECONDS = 60.0
"""How long the code of a user's network may take."""


class UnansweredError(OwnNetworkError):
    """Some code did not return; the message says why, of “it”."""


class _Outcome(Generic[T]):
    """What some code returned or raised, once it has."""

    result: T
    error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        self.error = error
        return True


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns, if it returns in time; else it is left to itself.

    Raises: UnansweredError when it does not, or would end the program; any other exception that
        `work` raises.
    """
    outcome = _Outcome[T]()

    def run() -> None:
        with outcome:
            outcome.result = work()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise UnansweredError(f"It has not answered for {seconds:.0f} seconds, and is left alone.")
    if isinstance(outcome.error, Exception):
        raise outcome.error
    if outcome.error is not None:
        raise UnansweredError(f"It raised {type(outcome.error).__name__}, which ends a program.")
    return outcome.result
