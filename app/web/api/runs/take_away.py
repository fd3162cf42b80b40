"""What of a run can be taken home: its script, its card, the weights of a moment; and its title."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from starlette.responses import Response

from app import __version__
from app.web.api.datasets.own_sets import text_of
from app.web.api.runs.documents import CheckpointRow, History, RunAnswer, State, document_of
from app.web.api.runs.recipe_settlement import recipe_refusals
from app.web.api.runs.training import NAMED, found_run
from app.web.endpoint import Asked, Endpoint
from app.web.wire.members import Members
from app.web.wire.negotiation import SAFETENSORS
from app.web.wire.problems import Problem
from app.web.wire.schemas import Index, Json, Schema, Shape
from app.web.wire.tensors import Answer

PYTHON = "text/x-python"
TITLE_CHARACTERS = 60


class RunTitle(Members):
    """The name that a run is kept under; an empty one takes it away."""

    title: Annotated[str, Field(max_length=TITLE_CHARACTERS)]


class ScriptText(Schema):
    """A program in Python."""


class WeightsFile(Schema):
    """Every tensor of the network, under PyTorch's names."""


class RunNetwork(Schema):
    """What a run trains."""

    title: str
    classes: list[str]
    input_shape: Shape
    parameters: Index
    multiply_accumulates: Index
    mean: list[float]
    std: list[float]


class RunCard(Schema):
    """All there is to say of a run in one document."""

    run: str
    title: str | None
    state: State
    reason: str | None
    created: float
    recipe: Json
    network: RunNetwork
    best: CheckpointRow | None = Field(description="The moment whose validation loss is lowest.")
    history: History
    versions: dict[str, str]


def run_script(asked: Asked[Any, Any]) -> Response:
    """A script of PyTorch that carries the run out again, with the same losses."""
    from app.training.recipe import Recipe
    from app.training.script.script import script_of

    _, run = found_run(asked)
    with recipe_refusals():
        text = script_of(
            Recipe.from_dict(run.recipe), f"run {run.id}", asked.settings.training_threads
        )
    return _file(text.encode(), PYTHON, f"train-{run.id}.py")


def moment_weights(asked: Asked[Any, Any]) -> Response:
    """The weights of one moment as they are kept, in safetensors."""
    from app.networks.checkpoint import sha256

    supervisor, run = found_run(asked)
    store, step = supervisor.store, asked.names["step"]
    kept = {str(each.step): each for each in store.checkpoints(run.id)}
    if step not in kept:
        raise Problem(404, f"Of this run the weights of steps {', '.join(kept)} are kept.")
    try:
        data = (store.folder_of(run.id) / kept[step].file).read_bytes()
    except FileNotFoundError:
        raise Problem(503, "The weights of this moment are missing.") from None
    if sha256(data) != kept[step].sha256:
        raise Problem(503, "The weights of this moment are damaged.")
    return _file(data, SAFETENSORS, f"{run.id}-step-{step}.safetensors")


def _file(data: bytes, media_type: str, name: str) -> Response:
    """Bytes to be kept under a name."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(data, headers=headers, media_type=media_type)


def run_card(asked: Asked[Any, Any]) -> Answer:
    """The card of a run: recipe, network, outcome and what it was carried out with."""
    import torch

    from app.training.forecast import outline_of
    from app.training.recipe import Recipe

    supervisor, run = found_run(asked)
    document = document_of(supervisor.store, run)
    with recipe_refusals():
        outline = outline_of(Recipe.from_dict(run.recipe))
    architecture = outline.architecture
    best = [each for each in document["checkpoints"] if each["best"]]
    return Answer(
        {
            "run": run.id,
            **{name: document[name] for name in ("title", "state", "reason", "created", "recipe")},
            "network": {
                "title": architecture.title,
                "classes": list(architecture.classes),
                "input_shape": list(architecture.input_shape),
                "parameters": outline.parameters,
                "multiply_accumulates": outline.multiply_accumulates,
                "mean": list(architecture.normalization.mean),
                "std": list(architecture.normalization.std),
            },
            "best": best[-1] if best else None,
            "history": document["history"],
            "versions": {"convoscope": __version__, "torch": torch.__version__},
        }
    )


def name_run(asked: Asked[Any, RunTitle]) -> Answer:
    """Keeps a run under a name."""
    supervisor, run = found_run(asked)
    given = asked.body.title
    supervisor.store.set_title(run.id, text_of(given, "#/title") if given.strip() else None)
    return Answer(document_of(supervisor.store, supervisor.store.run(run.id)))


ENDPOINTS = (
    Endpoint("GET", "/runs/{run}/script", run_script, ScriptText, example=NAMED, offers=(PYTHON,)),
    Endpoint(
        "GET",
        "/runs/{run}/moments/{step}/weights",
        moment_weights,
        WeightsFile,
        example={**NAMED, "step": "0"},
        offers=(SAFETENSORS,),
    ),
    Endpoint("GET", "/runs/{run}/card", run_card, RunCard, example=NAMED),
    Endpoint(
        "PATCH",
        "/runs/{run}",
        name_run,
        RunAnswer,
        example=NAMED,
        body=RunTitle,
        body_example={"title": "With dropout"},
    ),
)
