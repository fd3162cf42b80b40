"""Training runs that are kept: begun, paused by Ctrl-C, taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.commands.common import sentences, settings_of

if TYPE_CHECKING:
    from app.training.runs.run import Run
    from app.training.runs.supervisor import Supervisor

runs_cli = typer.Typer(help="Train in a process of its own, keep every moment, pause and go on.")
RunName = Annotated[str, typer.Argument(metavar="RUN", help="As `runs list` tells it.")]


@runs_cli.command("start")
def start(
    network: Annotated[str, typer.Argument(metavar="NETWORK")],
    dataset: Annotated[str | None, typer.Option(help="The recipe's if not given.")] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="The recipe's if not given.")] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="The recipe's if not given.")
    ] = None,
    seed: Annotated[int, typer.Option()] = 0,
    dropout: Annotated[float | None, typer.Option(help="Of MyCNN, between fc1 and fc2.")] = None,
    batch_norm: Annotated[bool, typer.Option(help="Of MyCNN, after conv1.")] = False,
    precision: Annotated[
        Literal["float32", "bfloat16"] | None,
        typer.Option(
            help="Of the products; the recipe's if not given. A processor without instructions for "
            "bfloat16 is several times slower with it."
        ),
    ] = None,
) -> None:
    """Train a network, and keep its weights at many moments; Ctrl-C pauses."""
    with _supervisor() as supervisor:
        from app.training.recipes import recipe_of
        from app.training.variant import architecture_of

        given = {
            "dataset": dataset,
            "epochs": epochs,
            "batch_size": batch_size,
            "precision": precision,
        }
        recipe = recipe_of(network, **{name: value for name, value in given.items() if value})
        recipe = replace(recipe, seed=seed, dropout=dropout, batch_norm=batch_norm)
        architecture_of(recipe)
        _follow(supervisor, supervisor.start(recipe.as_dict()))


@runs_cli.command("resume")
def resume(run: RunName) -> None:
    """Go on with a run that was paused or failed, to the numbers of the whole run."""
    with _supervisor() as supervisor:
        _follow(supervisor, supervisor.resume(run))


@runs_cli.command("list")
def list_runs() -> None:
    """Every run that is kept, the newest first."""
    with _supervisor() as supervisor:
        for run in supervisor.store.runs():
            recipe = run.recipe
            typer.echo(
                f"{run.id}  {recipe['network']} on {recipe['dataset']}, seed {recipe['seed']}: "
                f"{run.state.replace('_', ' ')} at step {run.step:,} of {run.steps:,}"
            )


@runs_cli.command("delete")
def delete(run: RunName) -> None:
    """Delete a run and all that was kept of it."""
    with _supervisor() as supervisor:
        supervisor.delete(run)


@runs_cli.command("publish")
def publish(
    run: RunName,
    name: Annotated[str, typer.Option("--as", help="What it is called from then on.")],
    title: Annotated[str | None, typer.Option(help="Under which it is kept there.")] = None,
    moments: Annotated[int, typer.Option(min=3, help="How many moments are kept.")] = 14,
) -> None:
    """Write a finished run into models/runs, from where every new data folder has it."""
    with _supervisor() as supervisor:
        from app.training.runs.process import lesson_of
        from app.training.runs.publication import publish_run
        from app.training.runs.shipped_run import FOLDER

        settings, found = settings_of(), supervisor.store.run(run)
        found = replace(found, title=title or found.title)
        lesson = lesson_of(found, settings.data_dir, settings.models_dir)
        folder = settings.models_dir / FOLDER / name
        card = publish_run(supervisor.store, found, lesson, folder, moments)
        total = sum(each["bytes"] for each in card["files"])
        typer.echo(f"{len(card['checkpoints'])} moments, {total:,} bytes, in {folder}.")


@contextmanager
def _supervisor() -> Iterator[Supervisor]:
    """Whoever starts the processes of the runs below the data folder."""
    with sentences():
        from app.training.runs.plan import Plan
        from app.training.runs.run import RunError
        from app.training.runs.supervisor import Supervisor

        try:
            supervisor = Supervisor(Plan.of(settings_of()))
            try:
                yield supervisor
            finally:
                supervisor.close()
        except RunError as error:
            raise ValueError(str(error)) from error


def _follow(supervisor: Supervisor, run: Run) -> None:
    """Tells each epoch of a run, until it ends or somebody presses Ctrl-C."""
    from threading import Event

    news = Event()
    supervisor.listen(news.set)
    typer.echo(f"Run {run.id} has begun; Ctrl-C pauses it.")
    number = 0
    try:
        while supervisor.store.run(run.id).state in ("queued", "running"):
            news.wait()
            news.clear()
            number = _tell(supervisor, run, number)
    except KeyboardInterrupt:
        supervisor.pause(run.id)
    _tell(supervisor, run, number)
    now = supervisor.store.run(run.id)
    typer.echo(f"{now.state.replace('_', ' ')}. {now.reason or ''}".strip())


def _tell(supervisor: Supervisor, run: Run, number: int) -> int:
    """Tells the epochs after an event, and returns the last event's number."""
    import json

    while told := supervisor.store.events(run.id, after=number):
        number = told[-1].number
        for document in (json.loads(each.document) for each in told if each.kind == "epoch"):
            typer.echo(
                f"epoch {document['epoch']:2}: training loss {document['train_loss']:.4f}, "
                f"validation loss {document['val_loss']:.4f}, "
                f"validation accuracy {document['val_accuracy']:.2%}"
            )
    return number
