"""What was used last, as much of it as there is room for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by their keys; those used longest ago go first. Any number of threads may ask.

    Args:
        room: how much there may be, in what `size` counts; the last one stays however large it is.
        size: of a value, which stays the same; left out, each counts as one.

    Example:
        >>> recent = Recent[str, int](2)
        >>> for key, value in {"a": 1, "b": 2, "c": 3}.items():
        ...     recent.keep(key, value)
        >>> recent.get("a"), list(recent)
        (None, ['b', 'c'])
    """

    def __init__(self, room: int, size: Callable[[V], int] = lambda _: 1) -> None:
        self.room, self._size = room, size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._taken = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value of a key, which is used now; None where there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: K, value: V) -> None:
        """Keeps a value, in place of what had its key, and lets go of what has no room then."""
        with self._lock:
            if key in self._values:
                self._taken -= self._size(self._values.pop(key))
            self._values[key] = value
            self._taken += self._size(value)
            while self._taken > self.room and len(self._values) > 1:
                self._taken -= self._size(self._values.popitem(last=False)[1])

    def __iter__(self) -> Iterator[K]:
        """The keys of all that is kept now, the one used longest ago first."""
        with self._lock:
            return iter(list(self._values))
