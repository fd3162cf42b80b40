"""A process that is ready before there is a run for it: loading PyTorch takes seconds."""

from __future__ import annotations

import threading

from app.training.runs.child import Child
from app.training.runs.plan import Plan


class Spare:
    """At most one process that waits for a run, from when one is expected."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._is_expected = self._is_closed = False

    @property
    def number(self) -> int | None:
        """The system's number of the process that is ready, if one is."""
        with self._lock:
            return self._child.number if self._child and self._child.is_waiting else None

    def expect(self) -> None:
        """A run will be asked for soon, and others after it."""
        self._is_expected = True
        self.renew()

    def renew(self) -> None:
        """Gets one ready, where runs are expected and none is."""
        with self._lock:
            if self._is_closed or not self._is_expected or (self._child and self._child.is_waiting):
                return
            gone, self._child = self._child, Child(self._plan)
        if gone is not None:
            gone.dismiss()

    def take(self) -> Child:
        """The process that is ready, or else a new one."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None and child.is_waiting:
            return child
        if child is not None:
            child.dismiss()
        return Child(self._plan)

    def close(self) -> None:
        """Ends the one that waits; none will be ready any more."""
        with self._lock:
            self._is_closed = True
            child, self._child = self._child, None
        if child is not None:
            child.dismiss()
