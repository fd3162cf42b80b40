"""What is told of an update."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import Field

from app.json_number import number
from app.web.wire.schemas import Index, Json, Number, Schema, Shape, Tensor
from app.web.wire.tensors import NamedTensor, named

if TYPE_CHECKING:
    import torch

    from app.networks.architecture import Architecture
    from app.training.updates.update import Cell, Line, Update

MOST_SHOWN = 64


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
    gradient_norm: Number | None
    weight_norm: Number | None
    change_norm: Number | None


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
    learning: list[str] = Field(description="The layers that a weight may be chosen of.")
    weights: Tensor
    gradients: Tensor
    weights_after: Tensor
    cell: UpdateCell


def document_of(update: Update, architecture: Architecture) -> dict[str, Any]:
    """An update but for what its recipe says, as plain values and tensors."""
    watched, weight = update.watched, f"{update.cell.layer}.weight"
    return {
        "network": architecture.title,
        "epoch": watched.epoch,
        "classes": list(architecture.classes),
        "lr": number(watched.lr),
        "batch_size": len(watched.labels),
        "normalization": asdict(architecture.normalization),
        **_batch(update),
        "layers": _layers(update),
        "weights": _tensor("weights", watched.before[weight]),
        "gradients": _tensor("gradients", watched.gradients[weight]),
        "weights_after": _tensor("weights_after", watched.after[weight]),
        "cell": _cell(update.cell),
    }


def _batch(update: Update) -> dict[str, Any]:
    """The images and what the network made of them: PyTorch's numbers, held to ours."""
    from torch.nn import functional

    watched = update.watched
    logits, labels, shown = watched.logits, watched.labels, slice(MOST_SHOWN)
    probabilities, ours = logits.softmax(dim=1), logits.double().softmax(dim=1)
    losses = functional.cross_entropy(logits, labels, reduction="none")
    our_losses = logits.double().logsumexp(dim=1) - logits.double().gather(1, labels[:, None])[:, 0]
    mean = float(our_losses.mean())
    return {
        "images": _tensor("images", watched.images[shown]),
        "labels": labels[shown].tolist(),
        "logits": _tensor("logits", logits[shown]),
        "probabilities": _tensor("probabilities", probabilities[shown]),
        "losses": _tensor("losses", losses[shown]),
        "probability_difference": number(float((ours - probabilities).abs().max())),
        "loss_difference": number(float((our_losses - losses).abs().max())),
        "loss": {
            "before": number(watched.loss),
            "ours": number(mean),
            "difference": number(mean - watched.loss),
            "after": number(watched.loss_after),
        },
    }


def _layers(update: Update) -> list[dict[str, Any]]:
    """Every layer in the order in which they were called."""
    rows = []
    for seen in update.watched.layers:
        change = update.change_of(seen.name)
        rows.append(
            {
                "name": seen.name,
                "kind": seen.kind,
                "shape": list(seen.shape),
                "output_rms": number(seen.output_rms),
                "gradient_rms": number(seen.gradient_rms),
                "gradient_norm": number(change.gradient) if change else None,
                "weight_norm": number(change.before) if change else None,
                "change_norm": number(change.change) if change else None,
            }
        )
    return rows


def _cell(cell: Cell) -> dict[str, Any]:
    """One weight on its way."""
    gradient = cell.gradient
    before = {name: number(value) for name, value in cell.before.state.items()}
    products = [each._asdict() for each in gradient.largest]
    for each in products:
        each |= {name: number(each[name]) for name in ("input", "output_gradient", "product")}
    return {
        "layer": cell.layer,
        "index": list(cell.index),
        "before": {
            "value": number(cell.before.value),
            "steps": cell.before.steps,
            "state": before,
        },
        "lines": [_line(each) for each in cell.lines],
        "largest": products,
        "pictured": list(gradient.pictured),
        "image_sums": _tensor("image_sums", gradient.image_sums),
        "inputs": _tensor("inputs", gradient.input),
        "output_gradients": _tensor("output_gradients", gradient.output_gradient),
        "products": _tensor("products", gradient.products),
    }


def _line(line: Line) -> dict[str, Any]:
    """One number of the step."""
    torch_value, difference = line.torch, line.difference
    return {
        "name": line.name,
        "ours": number(line.ours),
        "torch": None if torch_value is None else number(torch_value),
        "difference": None if difference is None else number(difference),
    }


def _tensor(name: str, values: torch.Tensor) -> NamedTensor:
    """Values under their name."""
    return named(name, values.detach().numpy())
