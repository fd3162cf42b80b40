"""Training runs: one goes on, the others wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app.web.api.runs.documents import RunAnswer, RunList, document_of, rows_of
from app.web.api.runs.plan import forecast_of
from app.web.api.runs.recipe_body import RecipeBody
from app.web.api.runs.recipe_settlement import settled_recipe
from app.web.endpoint import Asked, Endpoint
from app.web.wire.prefix import current_prefix
from app.web.wire.problems import Problem
from app.web.wire.tensors import Answer

if TYPE_CHECKING:
    from app.training.runs.run import Run
    from app.training.runs.supervisor import Supervisor

LATEST = "latest"
MAX_KEY = 200


def start_run(asked: Asked[Any, RecipeBody]) -> Answer:
    """Begins a training run, or puts it into the queue behind those that wait.

    A request that is repeated with the same ``Idempotency-Key`` answers with the same run.
    """
    supervisor = asked.services.runs.supervisor()
    recipe = settled_recipe(asked, asked.body)
    forecast_of(asked, recipe)
    key = asked.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= MAX_KEY:
        raise Problem(422, f"An Idempotency-Key has 1 to {MAX_KEY} characters.")
    with refusals():
        run = supervisor.start(recipe.as_dict(), key)
    address = f"{current_prefix.get()}/api/v1/runs/{run.id}"
    return Answer(document_of(supervisor.store, run), headers={"location": address})


def list_runs(asked: Asked[Any, Any]) -> Answer:
    """Every run, the newest first."""
    return Answer(rows_of(asked.services.runs.supervisor().store))


def run(asked: Asked[Any, Any]) -> Answer:
    """One run with its curves and the moments whose weights are kept; `latest` is the newest."""
    supervisor, found = found_run(asked)
    return Answer(document_of(supervisor.store, found))


def pause_run(asked: Asked[Any, Any]) -> Answer:
    """Pauses a run: it writes itself down, and goes on from there when it is resumed."""
    supervisor, found = found_run(asked)
    with refusals():
        return Answer(document_of(supervisor.store, supervisor.pause(found.id)))


def resume_run(asked: Asked[Any, Any]) -> Answer:
    """Goes on with a run that is paused or failed, to the numbers of one that never stopped."""
    supervisor, found = found_run(asked)
    with refusals():
        return Answer(document_of(supervisor.store, supervisor.resume(found.id)))


def delete_run(asked: Asked[Any, Any]) -> Answer:
    """Cancels a run that has not ended; deletes one that has, with all that was kept of it."""
    from app.training.runs.run import LIVING, RESUMABLE

    supervisor, found = found_run(asked)
    with refusals():
        if found.state in (*LIVING, *RESUMABLE):
            return Answer(document_of(supervisor.store, supervisor.cancel(found.id)))
        answer = Answer(document_of(supervisor.store, found))
        supervisor.delete(found.id)
        return answer


def found_run(asked: Asked[Any, Any]) -> tuple[Supervisor, Run]:
    """Who knows the runs, and the one that a request names. Raises: Problem 404 or 503."""
    supervisor, name = asked.services.runs.supervisor(), asked.names["run"]
    with refusals():
        if name == LATEST and (runs := supervisor.store.runs()):
            return supervisor, runs[0]
        return supervisor, supervisor.store.run(name)


@contextmanager
def refusals() -> Iterator[None]:
    """What cannot be done with a run is a problem of the status that fits it."""
    from app.training.runs.run import RunError, StoreFull, UnknownRun

    try:
        yield
    except UnknownRun as error:
        raise Problem(404, str(error)) from None
    except StoreFull as error:
        raise Problem(409, str(error), limit=error.allowed, requested=error.used) from None
    except RunError as error:
        raise Problem(409, str(error)) from None


NAMED = {"run": LATEST}
ENDPOINTS = (
    Endpoint(
        "POST",
        "/runs",
        start_run,
        RunAnswer,
        body=RecipeBody,
        body_example={"network": "lenet5", "epochs": 3},
        status=202,
    ),
    Endpoint("GET", "/runs", list_runs, RunList),
    Endpoint("GET", "/runs/{run}", run, RunAnswer, example=NAMED),
    Endpoint("POST", "/runs/{run}/pause", pause_run, RunAnswer, example=NAMED),
    Endpoint("POST", "/runs/{run}/resume", resume_run, RunAnswer, example=NAMED),
    Endpoint("DELETE", "/runs/{run}", delete_run, RunAnswer, example=NAMED),
)
