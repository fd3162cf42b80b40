"""What answers look like in JSON, as types. The tests hold every answer to them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

Number = float | Literal["NaN", "Infinity", "-Infinity"]
Row = list[Number]
Nested = Row | list[Row] | list[list[Row]] | list[list[list[Row]]]
Index = Annotated[int, Field(ge=0)]


class Schema(BaseModel):
    """An object with these members and no other."""

    model_config = ConfigDict(extra="forbid")


class Scale(Schema):
    """What the bytes 0 and 255 stand for, map by map."""

    minimum: list[Number]
    maximum: list[Number]


class Tensor(Schema):
    """Values in row-major order; one that is not finite is a string."""

    shape: list[Index]
    dtype: Literal["float64", "float32", "float16", "uint8", "int64"]
    data: Nested
    scale: Scale | None = None


class ErrorPlace(Schema):
    """One thing that is wrong, and where."""

    pointer: str = Field(description="A JSON pointer into the body, or ?name of a parameter.")
    detail: str


class ProblemDocument(Schema):
    """RFC 9457, with the places that are wrong and the cap that was passed."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ErrorPlace] | None = Field(None, max_length=20)
    limit: float | None = None
    requested: float | None = None


class Source(Schema):
    """What the body was; `background` is the grey under transparent parts.

    It is white (1), or black (0) where all that is seen is white.
    """

    format: str
    width: int
    height: int
    frames: int
    orientation: int
    reduction: int
    background: float | None


class Axis(Schema):
    """source = scale · prepared + offset, in pixels."""

    scale: float
    offset: float


class Mapping(Schema):
    """Where a place of the prepared image is in the picture."""

    x: Axis
    y: Axis


class Step(Schema):
    """One step of the preparation."""

    name: str
    detail: str
    image: Tensor


class PrepareAnswer(Schema):
    """A prepared image, (C, H, W) in [0, 1], and how it came about."""

    image: Tensor
    steps: list[Step]
    mapping: Mapping | None
    source: Source


class SampleRow(Schema):
    """A sample in the list."""

    name: str
    kind: Literal["digit", "pattern", "photograph"]
    label: int | None


class SampleAnswer(SampleRow):
    """A sample with its pixels."""

    image: Tensor


class Class(Schema):
    """A class and how probable the network finds it."""

    index: Index
    label: str
    probability: Number


class Layer(Schema):
    """A layer's activation in four numbers and, where asked for, whole."""

    name: str
    kind: str
    shape: list[Index]
    minimum: Number
    maximum: Number
    mean: Number
    zero_fraction: float
    scale: Scale | None = None
    activation: Tensor | None = None


class ForwardAnswer(Schema):
    """What a network made of an image."""

    network: str
    prediction: Class
    top: list[Class]
    logits: Tensor
    probabilities: Tensor
    input: Tensor
    steps: list[Step]
    mapping: Mapping | None
    source: Source
    layers: list[Layer]


class Box(Schema):
    """Rows top … bottom − 1 and columns left … right − 1 of the input, padding included."""

    top: int
    left: int
    bottom: int
    right: int


class ReceptiveFieldAnswer(Schema):
    """What one value sees: by geometry, and by the gradient where an image came along."""

    box: Box
    effective: Tensor | None


class WeightsAnswer(Schema):
    """The parameters of one layer."""

    layer: str
    weight: Tensor
    bias: Tensor | None = None


class SampleList(RootModel[list[SampleRow]]):
    """Every sample."""
