"""Where one value of padded maps comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.padding import Padding
from app.mechanics.trace import Trace, check_place

Edges = tuple[int, int]
"""How many are put (before, behind)."""


@dataclass(frozen=True, slots=True)
class PadTrace(Trace):
    """What one value of padded maps is: the same number from its place in the input, or a constant.

    `source` has channel, row and column in the input; nothing where the value is the constant.
    """

    kind: ClassVar[str] = "Pad"
    source: dict[str, int] | None


@dataclass(frozen=True, slots=True)
class PadSpec:
    """How many constant values are put around maps, and how many constant maps beside them.

    Raises:
        MechanicsError: a side is not a whole number from 0.
    """

    sides: Padding
    channels: Edges = (0, 0)
    value: float = 0.0

    def __post_init__(self) -> None:
        if min(self.channels) < 0:
            raise MechanicsError("Padding that takes channels away is not explained.", "padding")

    def output_shape(self, channels: int, height: int, width: int) -> tuple[int, int, int]:
        """The shape of the padded maps.

        Example:
            >>> PadSpec(Padding(2, 2, 2, 2)).output_shape(1, 28, 28)
            (1, 32, 32)
        """
        pad = self.sides
        return (
            channels + sum(self.channels),
            height + pad.top + pad.bottom,
            width + pad.left + pad.right,
        )

    def source(self, shape: tuple[int, ...], place: tuple[int, ...]) -> tuple[int, int, int] | None:
        """Where the value at a place of the padded maps stood before; None where it is constant.

        Args:
            shape: of the maps before, (C, H, W).
            place: channel, row and column, counted from 0.
        """
        channel, row, column = place
        source = (channel - self.channels[0], row - self.sides.top, column - self.sides.left)
        is_inside = all(0 <= at < size for at, size in zip(source, shape, strict=True))
        return source if is_inside else None

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values for JSON."""
        return {
            "padding": self.sides.as_json(),
            "channels": list(self.channels),
            "value": self.value,
        }


def trace_pad(
    input: Tensor, spec: PadSpec, channel: int, row: int = 0, column: int = 0
) -> PadTrace:
    """Where the value at one position stood before the padding, if it stood anywhere.

    Args:
        channel, row, column: the position, counted from 0.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: a position that the padded maps do not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html

    Example:
        >>> import torch
        >>> spec = PadSpec(Padding(1, 1, 1, 1), value=-0.1)
        >>> trace_pad(torch.ones(1, 2, 2), spec, 0, 0, 1).value
        -0.1
        >>> trace_pad(torch.ones(1, 2, 2), spec, 0, 1, 2).source
        {'channel': 0, 'row': 0, 'column': 1}
    """
    shape = tuple(input.shape)
    if len(shape) != 3:
        raise MechanicsError("Padding is explained of maps alone.", "input")
    place = check_place(spec.output_shape(*shape), channel, row, column)
    source = spec.source(shape, place)
    if source is None:
        return PadTrace(value=spec.value, source=None)
    named = dict(zip(("channel", "row", "column"), source, strict=True))
    return PadTrace(value=float(input[source]), source=named)
