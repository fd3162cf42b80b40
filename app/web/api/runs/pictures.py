"""Pictures and runs: those a run learns from, and one of the user's read by all of its moments."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from pydantic import Field

from app.web.api.networks.input import NetworkQuery, image_tensor, make_ready
from app.web.api.runs.moments import missing_data
from app.web.api.runs.training import NAMED, found_run
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.body import Body
from app.web.wire.problems import Problem
from app.web.wire.queries import Query
from app.web.wire.schemas import Index, Schema, Tensor
from app.web.wire.tensors import Answer, Array, NamedTensor, named
from app.web.workers import stop_if_nobody_waits

IMAGES_AT_ONCE = 256
NUMBER = r"\d{1,7}"


class RunImagesQuery(Query):
    """Some of the images of a run."""

    part: Literal["training", "validation"] = Field(
        "validation", description="Those that it learns from, or those that it is judged by."
    )
    indices: str = Field(
        max_length=IMAGES_AT_ONCE * 8,
        pattern=rf"^{NUMBER}(,{NUMBER})*$",
        description="Their numbers within the part, from 0 on, with commas between them; "
        f"{IMAGES_AT_ONCE} at most.",
    )


class RunImages(Schema):
    """The images asked for, in their order, 0 to 255, and the class of each as a number."""

    run: str
    part: str
    count: Index = Field(description="How many there are in the part.")
    classes: list[str]
    images: Tensor
    labels: Tensor
    places: Tensor | None = Field(
        description="Of a data set of one's own: the number of each image in it now, -1 where it "
        "was taken out."
    )


class PredictionsAnswer(Schema):
    """A picture as each kept moment reads it: a row a moment, a column a class.

    A moment whose weights cannot be used has a row of NaN.
    """

    run: str
    classes: list[str]
    steps: Tensor
    epochs: Tensor
    probabilities: Tensor


def run_images(asked: Asked[RunImagesQuery, Any]) -> Answer:
    """Images of a run's training or validation part, as they are before they are normalized."""
    _, run = found_run(asked)
    part, numbers = asked.query.part, [int(each) for each in asked.query.indices.split(",")]
    if len(numbers) > IMAGES_AT_ONCE:
        sentence = f"{len(numbers)} images are asked for; at once there are {IMAGES_AT_ONCE}."
        raise Problem(422, sentence, limit=IMAGES_AT_ONCE, requested=len(numbers))
    with missing_data():
        lesson = asked.services.runs.lookback().lesson(run)
    dataset = lesson.training if part == "training" else lesson.validation
    if max(numbers) >= len(dataset):
        sentence = f"There is no image {max(numbers)}; there are {len(dataset)}, from 0 on."
        raise Problem(422, sentence)
    found = dataset.images[numbers].numpy()
    images = named("images", found[:, 0] if found.shape[1] == 1 else found)
    document = {
        "run": run.id,
        "part": part,
        "count": len(dataset),
        "classes": list(lesson.architecture.classes),
        "images": images,
        "labels": named("labels", dataset.labels[numbers].numpy()),
        "places": _places(asked, str(run.recipe["dataset"]), images.values),
    }
    return Answer(document, images)


def _places(asked: Asked[Any, Any], dataset: str, images: Array) -> NamedTensor | None:
    """Where images are in a data set of one's own, as it is now; None for any other."""
    from app.training.datasets import OWN
    from app.training.pictures.store import SetError, UnknownSet

    if not dataset.startswith(OWN):
        return None
    try:
        found = asked.services.data.own.get(dataset.removeprefix(OWN)).images
    except (UnknownSet, SetError):
        found = images[:0]
    places = {image.tobytes(): index for index, image in enumerate(found)}
    here = [places.get(image.tobytes(), -1) for image in images]
    return named("places", np.array(here, np.int64))


def predict_by_moments(asked: Asked[NetworkQuery, Body]) -> Answer:
    """What every kept moment of a run reads in one picture, prepared as for a forward pass."""
    _, run = found_run(asked)
    services = asked.services
    found = services.runs.lookback().readings(
        run,
        lambda network: image_tensor(make_ready(network, asked.query, asked)),
        services.loading.loaded().device,
        stop_if_nobody_waits,
    )
    probabilities = named("probabilities", found.probabilities)
    document = {
        "run": run.id,
        "classes": list(found.classes),
        "steps": named("steps", found.steps),
        "epochs": named("epochs", found.epochs),
        "probabilities": probabilities,
    }
    return Answer(document, probabilities)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/runs/{run}/images",
        run_images,
        RunImages,
        query=RunImagesQuery,
        example={**NAMED, "indices": "3,17"},
        offers=TENSORS,
    ),
    Endpoint(
        "POST",
        "/runs/{run}/predictions",
        predict_by_moments,
        PredictionsAnswer,
        query=NetworkQuery,
        image="required",
        example=NAMED,
        offers=TENSORS,
    ),
)
