"""How far the work is that somebody waits for, told to whoever knows its ticket."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True, slots=True)
class Steps:
    """How many steps of how many are done."""

    done: int
    of: int


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """The steps of all work under way that has a ticket: as many entries as requests at most."""

    _steps: dict[str, Steps] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def of(self, ticket: str | None) -> Iterator[Callable[[int, int], None]]:
        """Within it, what is called after each step; without a ticket nobody is told.

        Of two under one ticket the newest step of either is told, and the end of the first ends it.
        """

        def tell(done: int, of: int) -> None:
            if ticket is not None:
                with self._lock:
                    self._steps[ticket] = Steps(done, of)

        try:
            yield tell
        finally:
            if ticket is not None:
                with self._lock:
                    self._steps.pop(ticket, None)

    def steps(self, ticket: str) -> Steps | None:
        """How far the work with this ticket is; None where it has made no step, or is over."""
        return self._steps.get(ticket)
