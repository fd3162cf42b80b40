"""Where one value of a layer that only rearranges comes from."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.trace import Trace, check_index


@dataclass(frozen=True, slots=True)
class FlattenTrace(Trace):
    """What one value of a flattened map is: the same number, from its place in the maps.

    `source` has channel, row and column; `index` = (channel · H + row) · W + column.
    """

    kind: ClassVar[str] = "Flatten"
    source: dict[str, int]
    index: int


def flatten_source(shape: tuple[int, int, int], index: int) -> dict[str, int]:
    """The channel, row and column that stand at one index once (C, H, W) is flattened.

    Raises:
        MechanicsError: an index that the flattened maps do not have.

    Example:
        >>> flatten_source((64, 7, 7), 50)
        {'channel': 1, 'row': 0, 'column': 1}
    """
    channels, height, width = shape
    check_index(index, channels * height * width, "channel")
    rest, column = divmod(index, width)
    channel, row = divmod(rest, height)
    return {"channel": channel, "row": row, "column": column}


def trace_flatten(input: Tensor, index: int) -> FlattenTrace:
    """What the flattened value at one index is, and where it stood.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: an input of another rank; an index that the flattened maps do not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Flatten.html
    """
    if input.dim() != 3:
        raise MechanicsError(
            f"The input has {input.dim()} axes; it needs channels, rows and columns.", "input"
        )
    channels, height, width = input.shape
    source = flatten_source((channels, height, width), index)
    value = float(input[source["channel"], source["row"], source["column"]])
    return FlattenTrace(value=value, source=source, index=index)
