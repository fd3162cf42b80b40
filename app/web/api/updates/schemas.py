"""What is told of an update, as types."""

from __future__ import annotations

from pydantic import Field

from app.web.wire.schemas import Index, Json, Number, Schema, Shape, Tensor


class UpdateLine(Schema):
    """One number of the optimizer's step; `torch` where PyTorch keeps it."""

    name: str
    ours: Number
    torch: Number | None
    difference: Number | None


class UpdateProduct(Schema):
    """One product of a gradient's sum; in the padding there is no input row or column."""

    image: Index
    row: Index
    column: Index
    input_row: Index | None
    input_column: Index | None
    input: Number
    output_gradient: Number
    product: Number


class WeightBefore(Schema):
    """A weight before the step, and what the optimizer remembered of it."""

    value: Number
    steps: Index
    state: Json


class UpdateCell(Schema):
    """One weight: its gradient as a sum over images and positions, and the optimizer's step.

    `inputs`, `output_gradients` and `products` are of the images that `pictured` names.
    """

    layer: str
    index: list[Index]
    before: WeightBefore
    lines: list[UpdateLine]
    largest: list[UpdateProduct]
    pictured: list[Index]
    image_sums: Tensor
    inputs: Tensor
    output_gradients: Tensor
    products: Tensor


class UpdateLayer(Schema):
    """One layer in the forward and the backward pass; the norms are of one that learns."""

    name: str
    kind: str
    shape: Shape = Field(description="Of its output for one image.")
    output_rms: Number
    gradient_rms: Number = Field(description="Of the loss's gradient by its output.")
    is_frozen: bool = Field(description="Whether it has weights that are not trained.")
    gradient_norm: Number | None
    weight_norm: Number | None
    change_norm: Number | None


class UnitsLeftOut(Schema):
    """What the first dropout let through of the images shown."""

    layer: str
    share: Number
    units: Tensor = Field(description="0 was passed on, 1 was 0 already, 2 was left out.")


class BatchNormalized(Schema):
    """The maps of the batch before and after the first batch normalization."""

    layer: str
    mean_before: Tensor
    std_before: Tensor
    mean_after: Tensor
    std_after: Tensor


class MeanLoss(Schema):
    """The mean over the batch, by the weights before and after; ours is of the one before."""

    before: Number
    ours: Number
    difference: Number
    after: Number


class Normalization(Schema):
    """What was taken from the pixels, and by what they were divided."""

    mean: list[Number]
    std: list[Number]


class UpdateAnswer(Schema):
    """One update: its batch, its passes and its step."""

    network: str
    step: Index
    steps: Index = Field(description="How many there can be.")
    epoch: Index
    classes: list[str]
    recipe: Json
    lr: Number
    gradient_norm: Number
    batch_size: Index
    normalization: Normalization
    images: Tensor = Field(description="As the network reads them, at most 64.")
    labels: list[Index]
    logits: Tensor
    probabilities: Tensor
    losses: Tensor
    probability_difference: Number = Field(description="The largest between ours and PyTorch's.")
    loss_difference: Number = Field(description="The largest of one image.")
    loss: MeanLoss
    layers: list[UpdateLayer]
    left_out: UnitsLeftOut | None
    normalized: BatchNormalized | None
    learning: list[str] = Field(description="The layers that a weight may be chosen of.")
    weights: Tensor
    gradients: Tensor
    weights_after: Tensor
    cell: UpdateCell
