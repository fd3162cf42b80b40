"""What every trace has in common: it says its kind and gives its operands by name."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from app.mechanics.errors import MechanicsError


@dataclass(frozen=True, slots=True)
class Trace:
    """What one value is made of: the operands as tensors and numbers, and the value they give.

    Units: every number is float64. `kind` is PyTorch's name of the layer; `main` the name of the
    one tensor that says most, where there is one.
    """

    kind: ClassVar[str]
    main: ClassVar[str | None] = None
    value: float

    def as_dict(self) -> dict[str, Any]:
        """The kind and the fields by name, tensors left as tensors, tuples as lists."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        plain = {key: list(v) if isinstance(v, tuple) else v for key, v in named.items()}
        return {"kind": self.kind, **plain}


def check_index(index: int, size: int, field: str) -> None:
    """Nothing, where the index counts one of `size` from 0.

    Raises:
        MechanicsError: it does not.
    """
    if not 0 <= index < size:
        raise MechanicsError(
            f"There is no {field} {index}: there are {size}, counted from 0.", field
        )


def check_place(shape: tuple[int, ...], channel: int, row: int, column: int) -> tuple[int, ...]:
    """The position as an index into an activation of this shape; of a vector only its channel.

    Raises:
        MechanicsError: the shape has no such position.
    """
    place = (channel, row, column)[: len(shape)]
    for field, index, size in zip(("channel", "row", "column"), place, shape, strict=False):
        check_index(index, size, field)
    return place


def check_shape(name: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    """Nothing, where a tensor has the wanted shape.

    Raises:
        MechanicsError: it has another.
    """
    if shape != wanted:
        raise MechanicsError(
            f"{name} has the shape {_written(shape)}, but {_written(wanted)} is needed.", name
        )


def _written(shape: tuple[int, ...]) -> str:
    """A shape as people write it."""
    return "×".join(str(size) for size in shape) or "of a single number"
