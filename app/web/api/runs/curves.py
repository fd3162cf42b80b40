"""The curves of a run: every step and epoch that it has told of, in one answer."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.web.api.runs.training import NAMED, found_run
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.schemas import Index, Number, Schema, Tensor
from app.web.wire.tensors import Answer, named


class Epoch(Schema):
    """What an epoch came to; a loss and a norm of its training are means over its batches."""

    epoch: Index
    train_loss: Number
    val_loss: Number
    val_accuracy: float
    gradient_norm: Number
    layer_gradient_norms: dict[str, Number] = Field(
        default={}, description="Of each layer's; a run of an earlier version told none."
    )
    lr: float
    seconds: float
    samples_per_second: float
    best: bool


class Mark(Schema):
    """Something at the end of an epoch.

    The rate is lower from there on, the validation loss is the lowest of the run, or training ends
    there unless an epoch before it is better.
    """

    kind: Literal["lr_reduced", "best", "early_stop"]
    epoch: Index
    step: Index


class CurvesAnswer(Schema):
    """A run's curves up to the event of a number: those after it are in its event stream.

    `layer_gradient_norms`: a row a step, a column a layer of `layers`.
    """

    run: str
    layers: list[str]
    event: Index
    steps_per_epoch: Index
    epochs: list[Epoch]
    marks: list[Mark]
    step: Tensor
    loss: Tensor
    gradient_norm: Tensor
    lr: Tensor
    layer_gradient_norms: Tensor


def run_curves(asked: Asked[Any, Any]) -> Answer:
    """Loss, gradient norms and learning rate of every step of a run, and its epochs."""
    from app.training.runs.curves import curves_of

    supervisor, run = found_run(asked)
    found = curves_of(supervisor.store, run)
    loss = named("loss", found.values["loss"])
    document = {
        "run": run.id,
        "layers": found.layers,
        "event": found.event,
        "steps_per_epoch": found.steps_per_epoch,
        "epochs": [{n: v for n, v in epoch.items() if n != "kind"} for epoch in found.epochs],
        "marks": found.marks,
        "step": named("step", found.step),
        "loss": loss,
        "gradient_norm": named("gradient_norm", found.values["gradient_norm"]),
        "lr": named("lr", found.values["lr"]),
        "layer_gradient_norms": named("layer_gradient_norms", found.layer_gradient_norms),
    }
    return Answer(document, loss)


ENDPOINTS = (
    Endpoint("GET", "/runs/{run}/curves", run_curves, CurvesAnswer, example=NAMED, offers=TENSORS),
)
