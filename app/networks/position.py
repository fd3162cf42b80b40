"""Where one value stands in an activation."""

from __future__ import annotations

from dataclasses import dataclass

from app.mechanics.errors import MechanicsError

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Position:
    """One value of an activation, counted from 0; a vector's unit is its channel."""

    channel: int
    row: int = 0
    column: int = 0

    def as_dict(self) -> dict[str, int]:
        """The three by name."""
        return {"channel": self.channel, "row": self.row, "column": self.column}

    def index(self, shape: Shape) -> tuple[int, ...]:
        """The position as an index into an activation of `shape`.

        Raises: MechanicsError when it lies outside.

        Example:
            >>> Position(3, 1, 2).index((32, 28, 28)), Position(3).index((128,))
            ((3, 1, 2), (3,))
        """
        sizes = (*shape, 1, 1)[:3]
        for (field, index), size in zip(self.as_dict().items(), sizes, strict=True):
            if not 0 <= index < size:
                may = f"it goes from 0 to {size - 1}" if size > 1 else "there is only 0"
                raise MechanicsError(
                    f"{field} is {index}, but {may}: the layer's activation is {times(shape)}.",
                    field,
                )
        return (self.channel, self.row, self.column)[: len(shape)]


def times(shape: Shape) -> str:
    """A shape as people write it."""
    return "×".join(map(str, shape)) or "a single number"
