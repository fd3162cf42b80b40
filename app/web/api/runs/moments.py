"""A moment of a run: its kernels and their gradients, and its verdict on every image."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import Field

from app.json_number import number
from app.web.api.runs.training import NAMED, found_run
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.problems import Problem
from app.web.wire.queries import Query
from app.web.wire.schemas import Index, Number, Schema, Tensor
from app.web.wire.tensors import Answer, DType, named
from app.web.workers import stop_if_nobody_waits

if TYPE_CHECKING:
    from app.training.runs.lookback import Lookback
    from app.training.runs.moment import Moment


class MomentQuery(Query):
    """Which layer."""

    layer: str | None = Field(
        None, max_length=200, description="One of `layers`; the first where it is left out."
    )
    dtype: DType = Field("float32", description="The type of the weights and gradients.")


class MomentAnswer(Schema):
    """One layer at a moment: its weight, and the gradient of the mean loss with respect to it.

    The loss is that of so many `images`, the first of the training part, the same ones at every
    moment, by the weights of this one and as in evaluation: nothing drops out, nothing is moved by
    chance. `layers` are those with kernels or a matrix; `epoch`: how many were done.
    """

    run: str
    step: Index
    epoch: Index
    layer: str
    layers: list[str]
    loss: Number
    images: Index
    weights: Tensor
    gradients: Tensor


class JudgementAnswer(Schema):
    """What a moment's weights take each validation image for.

    The first `count` of the `of` images of the validation part, the same ones at every moment:
    their labels, what they are taken for, how sure that is, and the probability of what they are.
    `confusion`: a row a class of `classes`, a column each that it is taken for.
    """

    run: str
    step: Index
    epoch: Index
    classes: list[str]
    count: Index
    of: Index
    accuracy: float
    loss: Number
    labels: Tensor
    predictions: Tensor
    confidence: Tensor
    truth: Tensor
    confusion: Tensor


def run_moment(asked: Asked[MomentQuery, Any]) -> Answer:
    """One layer's weight at a moment of a run, and its gradient there."""
    from app.training.runs.moment_gradients import layers_with_weights

    lookback, moment = found_moment(asked)
    device, dtype = asked.services.loading.loaded().device, asked.query.dtype
    layers = layers_with_weights(lookback.networks.of(moment, device))
    layer = asked.query.layer or layers[0]
    with missing_data():
        found = lookback.gradients(moment, layer, device)
    gradients = named("gradients", found.gradients.numpy(), dtype)
    document = {
        **place_of(moment),
        "layer": layer,
        "layers": layers,
        "loss": number(found.loss),
        "images": found.images,
        "weights": named("weights", found.weights.numpy(), dtype),
        "gradients": gradients,
    }
    return Answer(document, gradients)


def judge_moment(asked: Asked[Any, Any]) -> Answer:
    """What a moment's weights take each of the same validation images for."""
    lookback, moment = found_moment(asked)
    device = asked.services.loading.loaded().device
    with missing_data():
        lesson = lookback.lesson(moment.run)
        found = lookback.judgement(moment, device, stop_if_nobody_waits)
    classes = lesson.architecture.classes
    confusion = named("confusion", found.confusion(len(classes)))
    document = {
        **place_of(moment),
        "classes": list(classes),
        "count": len(found.labels),
        "of": len(lesson.validation),
        "accuracy": found.accuracy,
        "loss": number(found.loss),
        "labels": named("labels", found.labels),
        "predictions": named("predictions", found.predictions),
        "confidence": named("confidence", found.confidence),
        "truth": named("truth", found.truth),
        "confusion": confusion,
    }
    return Answer(document, confusion)


def place_of(moment: Moment) -> dict[str, Any]:
    """Which moment of which run it is."""
    return {
        "run": moment.run.id,
        "step": moment.checkpoint.step,
        "epoch": moment.checkpoint.epoch,
    }


def found_moment(asked: Asked[Any, Any]) -> tuple[Lookback, Moment]:
    """Who looks back at runs, and the moment that a request names. Raises: 404 or 503."""
    from app.training.runs.moment import moment_of

    supervisor, run = found_run(asked)
    moment = moment_of(supervisor.store, f"run:{run.id}@step-{asked.names['step']}")
    return asked.services.runs.lookback(), moment


@contextmanager
def missing_data() -> Iterator[None]:
    """A run whose images are not here cannot be looked at now: a problem of status 503."""
    from app.training.mnist import DataError

    try:
        yield
    except DataError as error:
        raise Problem(503, str(error)) from None


EXAMPLE = {**NAMED, "step": "0"}
ENDPOINTS = (
    Endpoint(
        "GET",
        "/runs/{run}/moments/{step}",
        run_moment,
        MomentAnswer,
        query=MomentQuery,
        example=EXAMPLE,
        offers=TENSORS,
    ),
    Endpoint(
        "GET",
        "/runs/{run}/moments/{step}/judgement",
        judge_moment,
        JudgementAnswer,
        example=EXAMPLE,
        offers=TENSORS,
    ),
)
