"""What the answers of the operations look like: outputs, traces, gradients, sweeps."""

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from app.web.openapi.network_schemas import OutputSize, Parameters, Position, Sources, Winner
from app.web.openapi.schemas import Index, Number, Schema, Tensor


class Code(Schema):
    """Texts to run, each of which gives the same numbers; `autograd` goes on to their gradients."""

    pytorch: str
    autograd: str
    numpy: str


class GradientsCode(Schema):
    """A text to run that gives the same gradients, by autograd."""

    pytorch: str


class _Convolved(Schema):
    """What both convolutions answer."""

    output: Tensor
    parameters: Parameters
    multiply_accumulates: Index
    code: Code


class Conv2dAnswer(_Convolved):
    """The output of a convolution, and what it costs."""

    output_size: OutputSize


class TransposedStep(Schema):
    """The size of a transposed convolution along one axis, with every intermediate."""

    input: Index
    padding_before: Index
    padding_after: Index
    kernel_size: Index
    dilation: Index
    effective_kernel_size: Index
    stride: Index
    output_padding: Index
    full_output: Index
    output: Index
    unread: list[Index]
    unwritten: list[Index]
    latex: str


class TransposedSize(Schema):
    """The formula for both axes."""

    height: TransposedStep
    width: TransposedStep


class ConvTranspose2dAnswer(_Convolved):
    """The output of a transposed convolution, and what it costs."""

    output_size: TransposedSize


class AdaptiveStep(Schema):
    """How one axis is shared out among windows [start, end)."""

    input: Index
    output: Index
    windows: list[Annotated[list[Index], Field(min_length=2, max_length=2)]]
    smallest: Index
    largest: Index
    unread: list[Index]
    latex: str


class AdaptiveSize(Schema):
    """The windows of both axes."""

    height: AdaptiveStep
    width: AdaptiveStep


class Pool2dAnswer(Schema):
    """Pooled maps; the indices count along the rows of one map, for the max kinds only.

    The index is -1 where a window sees nothing but padding: there PyTorch gives a place outside of
    the map.
    """

    output: Tensor
    indices: Tensor | None
    output_size: OutputSize | AdaptiveSize
    code: Code


class _Trace(Schema):
    """What every trace of an operation has."""

    position: Position
    sample: Index
    value: Number
    torch_value: Number
    difference: Number


class _ProductsTrace(_Trace):
    """Window times weight, summed over rows, columns and channels, plus the bias."""

    input_channels: list[Index]
    rows: Sources
    columns: Sources
    window: Tensor
    weight: Tensor
    products: Tensor
    channel_sums: list[Number]
    bias: Number


class Conv2dTraceAnswer(_ProductsTrace):
    """What one value of a convolution is made of."""

    kind: Literal["Conv2d"]


class GatherTrace(_ProductsTrace):
    """What one output value of a transposed convolution gathers."""

    kind: Literal["ConvTranspose2d"]
    view: Literal["gather"]
    kernel_rows: list[Index]
    kernel_columns: list[Index]


class ScatterTrace(_Trace):
    """What one input value stamps onto the output."""

    kind: Literal["ConvTranspose2dStamp"]
    view: Literal["scatter"]
    output_channels: list[Index]
    rows: Sources
    columns: Sources
    weight: Tensor
    products: Tensor


class ConvTranspose2dTraceAnswer(
    RootModel[Annotated[GatherTrace | ScatterTrace, Field(discriminator="view")]]
):
    """One value of a transposed convolution, from the side that was asked for."""


class _WindowTrace(_Trace):
    """What every trace of a pooling has."""

    rows: Sources
    columns: Sources
    window: Tensor


class MaxPool2dTrace(_WindowTrace):
    """A window and its largest value."""

    kind: Literal["MaxPool2d", "AdaptiveMaxPool2d"]
    winner: Winner | None


class AveragePool2dTrace(_WindowTrace):
    """A window, its sum, and what that is divided by."""

    kind: Literal["AvgPool2d", "AdaptiveAvgPool2d"]
    sum: Number
    divisor: int


class LpPool2dTrace(_WindowTrace):
    """A window, its powers, and the sum whose root the value is."""

    kind: Literal["LPPool2d"]
    powers: Tensor
    sum: Number
    norm_type: float


class Pool2dTraceAnswer(
    RootModel[
        Annotated[MaxPool2dTrace | AveragePool2dTrace | LpPool2dTrace, Field(discriminator="kind")]
    ]
):
    """What one pooled value is made of, by the kind of the pooling."""


class GradientsAnswer(Schema):
    """How the sum of output times output_gradient changes with each operand."""

    input_gradient: Tensor
    weight_gradient: Tensor
    bias_gradient: Tensor
    code: GradientsCode


class SweepRow(Schema):
    """One combination as it was asked for, and what comes of it."""

    kernel_size: Any
    stride: Any
    padding: Any
    dilation: Any
    ceil_mode: bool
    output_size: Annotated[list[Index], Field(min_length=2, max_length=2)] | None
    reason: str | None
    multiply_accumulates: Index
    output: Tensor | None = None


class SweepAnswer(Schema):
    """Every combination of a sweep."""

    count: Index
    results: list[SweepRow]


class Kernel(Schema):
    """A kernel that has a name."""

    name: str
    title: str
    line: str
    weight: Tensor


class KernelList(RootModel[list[Kernel]]):
    """Every kernel that has a name."""
