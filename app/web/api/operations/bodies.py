"""What the bodies of several operations have in common."""

from abc import abstractmethod
from typing import Any, Literal

from pydantic import Field

from app.mechanics.window import PaddingMode
from app.web.api.operations.setting_types import Kernels, Matrices, Numbers, Padding, Pair
from app.web.wire.members import Members

ComputeType = Literal["float32", "float64"]
Index: int = Field(0, ge=0, le=1_000_000_000)


class OperationBody(Members):
    """What every operation takes."""

    input: Matrices
    dtype: ComputeType = "float32"

    @property
    @abstractmethod
    def operation_name(self) -> str:
        """What the registry calls the operation."""


class ConvolutionBody(OperationBody):
    """The operands and settings that both convolutions have."""

    weight: Kernels
    bias: Numbers = None
    stride: Pair = 1
    padding: Padding = 0
    padding_mode: PaddingMode = "zeros"
    dilation: Pair = 1
    groups: int = Field(1, ge=1)
    flip_kernel: bool = False


FIRST_PLACE = "What is left out of it is 0, as in the trace of a network's layer."


class ValuePosition(Members):
    """Where a value is, counted from 0."""

    channel: int = Index
    row: int = Index
    column: int = Index

    @property
    def place(self) -> tuple[int, int, int]:
        """Channel, row and column."""
        return self.channel, self.row, self.column


class AtPosition(Members):
    """One place of an output, in one of its samples."""

    position: ValuePosition = Field(ValuePosition(), description=FIRST_PLACE)
    sample: int = Index


class Weighed(OperationBody):
    """How much each output value matters; without it, each 1."""

    output_gradient: Matrices = None


# What the examples compute with.
RAMP: Any = [[float(row + column) for column in range(6)] for row in range(5)]
AT = {"position": {"channel": 0, "row": 1, "column": 2}}
