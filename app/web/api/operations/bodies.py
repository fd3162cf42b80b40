"""What the bodies of several operations have in common."""

from abc import abstractmethod
from typing import Any, Literal

from pydantic import Field

from app.mechanics.pool_kinds import PoolKind
from app.mechanics.window_spec import SweptOperation
from app.web.api.operations.setting_types import (
    Kernels,
    Matrices,
    Numbers,
    Padding,
    Pair,
    PartialPair,
)
from app.web.wire.members import Members

PaddingMode = Literal["zeros", "reflect", "replicate", "circular"]
ComputeType = Literal["float32", "float64"]
Index: int = Field(0, ge=0, le=1_000_000_000)
MAX_DIVISOR = 1_000_000_000


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

    @property
    def operation_name(self) -> str:
        """A convolution's."""
        return "conv2d"


class ConvTranspose2dBody(ConvolutionBody):
    """A transposed convolution."""

    output_padding: Pair = 0

    @property
    def operation_name(self) -> str:
        """A transposed convolution's."""
        return "conv_transpose2d"


class Pool2dBody(OperationBody):
    """A pooling of any kind."""

    kind: PoolKind = "max"
    kernel_size: Pair | None = None
    stride: Pair | None = None
    padding: Padding = 0
    dilation: Pair = 1
    ceil_mode: bool = False
    count_include_pad: bool = True
    divisor_override: int | None = Field(None, ge=-MAX_DIVISOR, le=MAX_DIVISOR)
    norm_type: float = 2.0
    output_size: PartialPair | None = None

    @property
    def operation_name(self) -> str:
        """The one of its kind."""
        return f"{self.kind}_pool2d"


class SweepBody(Members):
    """The values that each setting goes through."""

    operation: SweptOperation
    input: Matrices = None
    input_size: Pair | None = None
    weight: Kernels = None
    bias: Numbers = None
    kernel_size: list[Pair] | None = Field(None, min_length=1)
    stride: list[Pair | None] | None = Field(None, min_length=1)
    padding: list[Padding] = Field([0], min_length=1)
    dilation: list[Pair] = Field([1], min_length=1)
    ceil_mode: list[bool] = Field([False], min_length=1)
    groups: int = Field(1, ge=1)
    padding_mode: PaddingMode = "zeros"
    include_outputs: bool = False
    dtype: ComputeType = "float32"


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

    position: ValuePosition = ValuePosition()
    sample: int = Index


class Weighed(OperationBody):
    """How much each output value matters; without it, each 1."""

    output_gradient: Matrices = None


# What the examples compute with.
RAMP: Any = [[float(row + column) for column in range(6)] for row in range(5)]
SMALL: Any = [[1.0, 2.0], [3.0, 4.0]]
AT = {"position": {"channel": 0, "row": 1, "column": 2}}
