"""Names that are all different: what comes again is counted."""

from __future__ import annotations

from collections import Counter


class Names:
    """The names that are taken.

    Example:
        >>> names = Names("input")
        >>> [names.new(name) for name in ("relu", "relu", "input", "relu_1")]
        ['relu', 'relu_1', 'input_1', 'relu_1_1']
    """

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)
        self._counts: Counter[str] = Counter()

    def new(self, name: str) -> str:
        """The name, with the first number that makes it new where it is taken."""
        found = name
        while found in self._taken:
            self._counts[name] += 1
            found = f"{name}_{self._counts[name]}"
        self._taken.add(found)
        return found
