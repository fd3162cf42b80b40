"""How a layer's values and gradients are spread at a moment of a run."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import Field

from app.json_number import number
from app.web.api.runs.moments import found_moment, missing_data, place_of
from app.web.api.runs.training import NAMED
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.queries import Query
from app.web.wire.schemas import Index, Number, Schema, Tensor
from app.web.wire.tensors import Answer, named


class HistogramQuery(Query):
    """How fine."""

    bins: int = Field(40, ge=2, le=200, description="How many equal steps a histogram has.")


class Spread(Schema):
    """From where to where a histogram goes, and the standard deviation of its values."""

    minimum: Number
    maximum: Number
    std: Number


class LayerSpread(Schema):
    """A layer with kernels or a matrix."""

    layer: str
    activations: Spread
    gradients: Spread


class HistogramAnswer(Schema):
    """What each layer gives for some training images, and the gradient of its weight, as counts.

    As in evaluation, by the first 256 images of the training part.
    """

    run: str
    step: Index
    epoch: Index
    layers: list[LayerSpread]
    activations: Tensor = Field(description="(L, bins), how many values lie in each step.")
    gradients: Tensor = Field(description="(L, bins), of the loss with respect to the weight.")


def moment_histograms(asked: Asked[HistogramQuery, Any]) -> Answer:
    """Histograms of each layer's activations and of its weight's gradient at a moment of a run."""
    from app.training.runs.moment_histograms import histograms_of

    lookback, moment = found_moment(asked)
    device = asked.services.loading.loaded().device
    with missing_data():
        training = lookback.lesson(moment.run).training
    found = histograms_of(lookback.networks.of(moment, device), training, asked.query.bins)
    main = named("activations", np.stack([each.activations.counts for each in found]))
    layers = [
        {
            "layer": each.layer,
            "activations": _numbers(each.activations.as_dict()),
            "gradients": _numbers(each.gradients.as_dict()),
        }
        for each in found
    ]
    gradients = named("gradients", np.stack([each.gradients.counts for each in found]))
    document = {**place_of(moment), "layers": layers, "activations": main, "gradients": gradients}
    return Answer(document, main)


def _numbers(values: dict[str, Any]) -> dict[str, Any]:
    """Each number as JSON can carry it."""
    return {name: number(value) for name, value in values.items()}


ENDPOINTS = (
    Endpoint(
        "GET",
        "/runs/{run}/moments/{step}/histograms",
        moment_histograms,
        HistogramAnswer,
        query=HistogramQuery,
        example={**NAMED, "step": "0", "bins": 10},
        offers=TENSORS,
    ),
)
