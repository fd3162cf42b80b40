"""What answers about a network look like: its outline, and what one of its values is made of."""

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from app.web.openapi.schemas import Index, Number, Schema, Tensor

Pair = Annotated[list[int], Field(min_length=2, max_length=2)]
Shape = list[Index]
Sources = list[Index | None]


class NetworkRow(Schema):
    """A network in the list."""

    name: str
    title: str
    source: str
    dataset: str
    classes: list[str]
    input_shape: Shape
    parameters: Index
    multiply_accumulates: Index
    weights: Literal["ready", "downloadable", "untrained", "unavailable"]
    accuracy: float | None
    reason: str | None


class SizeStep(Schema):
    """The output-size formula along one axis, with every intermediate."""

    input: Index
    padding_before: Index
    padding_after: Index
    kernel_size: Index
    dilation: Index
    effective_kernel_size: Index
    stride: Index
    ceil_mode: bool
    numerator: int
    quotient: float
    output: Index
    remainder: Index
    overhang: Index
    unread: list[Index]
    latex: str


class OutputSize(Schema):
    """The formula for both axes."""

    height: SizeStep
    width: SizeStep


class Parameters(Schema):
    """How many numbers a layer learns."""

    weight: Index
    bias: Index
    total: Index
    expression: str


class ReceptiveField(Schema):
    """What one value of a layer sees of the input."""

    size: Pair
    stride: Pair
    padding: Pair


class LayerOutline(Schema):
    """One layer in the order data flows."""

    name: str
    kind: str
    settings: dict[str, Any]
    inputs: list[str]
    input_shape: Shape
    output_shape: Shape
    parameters: Parameters
    multiply_accumulates: Index
    receptive_field: ReceptiveField
    output_size: OutputSize | None


class Normalization(Schema):
    """(image − mean) / std, channel by channel."""

    mean: list[float]
    std: list[float]


class Outline(NetworkRow):
    """A network with its layers and its card."""

    normalization: Normalization
    layers: list[LayerOutline]
    card: dict[str, Any]


class Position(Schema):
    """Where a value is; a vector's unit is its channel."""

    channel: Index
    row: Index
    column: Index


class _Trace(Schema):
    """What every trace has."""

    layer: str
    position: Position
    value: Number
    torch_value: Number
    difference: Number


class ConvolutionTrace(_Trace):
    """Window times weight, summed over rows, columns and channels, plus the bias."""

    kind: Literal["Conv2d"]
    input_channels: list[Index]
    rows: Sources
    columns: Sources
    window: Tensor
    weight: Tensor
    products: Tensor
    channel_sums: list[Number]
    bias: Number


class Winner(Schema):
    """The largest value of a window; index counts along rows in the whole map."""

    row: Index
    column: Index
    index: Index


class MaxPoolingTrace(_Trace):
    """A window and its largest value."""

    kind: Literal["MaxPool2d"]
    rows: Sources
    columns: Sources
    window: Tensor
    winner: Winner


class ReluTrace(_Trace):
    """max(0, input)."""

    kind: Literal["ReLU"]
    input: Number
    expression: str


class FlattenTrace(_Trace):
    """The one value that stands at this index."""

    kind: Literal["Flatten"]
    source: Position
    index: Index


class LinearTrace(_Trace):
    """Input times weight, summed, plus the bias."""

    kind: Literal["Linear"]
    input: Tensor
    weight: Tensor
    products: Tensor
    bias: Number


class SoftmaxTrace(_Trace):
    """e^(logit − maximum), divided by the sum of all of these."""

    kind: Literal["Softmax"]
    logits: Tensor
    maximum: Number
    exponentials: Tensor
    sum: Number


class TraceAnswer(
    RootModel[
        Annotated[
            ConvolutionTrace
            | MaxPoolingTrace
            | ReluTrace
            | FlattenTrace
            | LinearTrace
            | SoftmaxTrace,
            Field(discriminator="kind"),
        ]
    ]
):
    """What one value is made of, by the kind of its layer."""


class NetworkList(RootModel[list[NetworkRow]]):
    """Every network."""
