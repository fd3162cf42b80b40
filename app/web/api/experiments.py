"""Ready-made experiments, and what the runs of one came to."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import Field, RootModel

from app.json_number import number
from app.web.endpoint import Asked, Endpoint
from app.web.wire.problems import Place, Problem
from app.web.wire.queries import Query
from app.web.wire.schemas import Json, Number, Schema
from app.web.wire.tensors import Answer

if TYPE_CHECKING:
    from app.training.experiment_measures import Measured
    from app.training.experiments import Experiment
    from app.training.runs.run import Run

LATEST = "latest"


class ExperimentRun(Schema):
    """One of an experiment's runs."""

    name: str
    recipe: Json = Field(description="As `POST /runs` takes it.")


class ExperimentRow(Schema):
    """Short runs that differ in one thing."""

    name: str
    title: str
    question: str
    compared: str = Field(description="What is looked at.")
    runs: list[ExperimentRun]


class ExperimentList(RootModel[list[ExperimentRow]]):
    """Every experiment, in the order in which they are told."""


class OutcomeQuery(Query):
    """Which runs."""

    runs: str = Field(
        max_length=200, description="In the order of the experiment's, separated by commas."
    )


class OutcomeRun(Schema):
    """A run of the experiment, in the numbers that are compared."""

    name: str
    run: str
    state: str
    numbers: dict[str, Number | None]


class OutcomeAnswer(Schema):
    """What an experiment came to."""

    name: str
    sentence: str
    runs: list[OutcomeRun]


def list_experiments(asked: Asked[Any, Any]) -> Answer:
    """Every experiment: its question, its recipes and what is compared."""
    from app.training.experiments import EXPERIMENTS

    return Answer([_row(each) for each in EXPERIMENTS.values()])


def _row(experiment: Experiment) -> dict[str, Any]:
    """An experiment in the list."""
    runs = [{"name": part.name, "recipe": part.recipe.as_dict()} for part in experiment.parts]
    names = ("name", "title", "question", "compared")
    return {**{name: getattr(experiment, name) for name in names}, "runs": runs}


def experiment_outcome(asked: Asked[OutcomeQuery, Any]) -> Answer:
    """The closing sentence of an experiment, with the numbers that its runs came to."""
    from app.training.experiments import EXPERIMENTS

    experiment = EXPERIMENTS.get(asked.names["name"])
    if experiment is None:
        raise Problem(404, f"The experiments are {', '.join(EXPERIMENTS)}.")
    runs = _runs(asked, len(experiment.parts))
    sentence, numbers = experiment.outcome([_measured(asked, run) for run in runs])
    rows = [
        {
            "name": part.name,
            "run": run.id,
            "state": run.state,
            "numbers": {key: None if v is None else number(float(v)) for key, v in each.items()},
        }
        for part, run, each in zip(experiment.parts, runs, numbers, strict=True)
    ]
    return Answer({"name": experiment.name, "sentence": sentence, "runs": rows})


def _runs(asked: Asked[OutcomeQuery, Any], count: int) -> list[Run]:
    """The runs that a request names. Raises: Problem 404, 409 or 422."""
    from app.training.runs.run import LIVING, RESUMABLE, UnknownRun

    store = asked.services.runs.supervisor().store
    names = [name.strip() for name in asked.query.runs.split(",")]
    if len(names) != count:
        sentence = f"This experiment has {count} runs; name as many, separated by commas."
        raise Problem(422, sentence, errors=[Place("?runs", sentence)])
    try:
        newest = store.runs()[:1]
        runs = [newest[0] if name == LATEST and newest else store.run(name) for name in names]
    except UnknownRun as error:
        raise Problem(404, str(error)) from None
    for run in runs:
        if run.state in (*LIVING, *RESUMABLE):
            raise Problem(409, "One of these runs has not ended yet.")
        if run.state != "diverged" and run.epoch <= 1 and not store.documents(run.id, "epoch"):
            raise Problem(409, "One of these runs was ended before its first epoch had.")
    return runs


def _measured(asked: Asked[Any, Any], run: Run) -> Measured:
    """A run in numbers; of one that diverged there are no predictions."""
    from dataclasses import replace

    from app.networks.errors import NetworkUnavailable, UnknownNetwork
    from app.training.experiment_measures import Measured
    from app.training.forecast import learning_of
    from app.training.mnist import DataError
    from app.training.recipe import Recipe
    from app.training.runs.moment import moments_of

    supervisor, lookback = asked.services.runs.supervisor(), asked.services.runs.lookback()
    trainable, parameters = learning_of(Recipe.from_dict(run.recipe))
    epochs = supervisor.store.documents(run.id, "epoch")
    found = Measured(run.state, run.reason, epochs, run.step, trainable, parameters)
    with suppress(NetworkUnavailable, UnknownNetwork, DataError):
        last = moments_of(supervisor.store, run)[-1]
        judged = lookback.judgement(last, asked.services.loading.loaded().device)
        found = replace(found, labels=judged.labels, predictions=judged.predictions)
    return found


ENDPOINTS = (
    Endpoint("GET", "/experiments", list_experiments, ExperimentList),
    Endpoint(
        "GET",
        "/experiments/{name}/outcome",
        experiment_outcome,
        OutcomeAnswer,
        query=OutcomeQuery,
        example={"name": "dropout", "runs": "latest,latest"},
    ),
)
