"""Training a network from one or several seeds, and keeping the run that validates best."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

from app.networks.head import freeze_all_but_head, take_over
from app.networks.initialization import scaled_normal
from app.networks.registry import Architecture
from app.training.datasets import Dataset, split
from app.training.events import CheckpointEvent, EpochEvent, Event, StateEvent
from app.training.loop import train
from app.training.recipe import Recipe

HISTORY = ("train_loss", "val_loss", "val_accuracy", "gradient_norm", "lr")

# Of so many builds, two in a row are undisturbed by other threads.
MOST_BUILDS = 32

Listener = Callable[[Recipe, Event], None]


@dataclass
class Candidate:
    """One finished run: its curves, and the checkpoint that named most validation images rightly.

    Args:
        history: one number an epoch, under the names of `HISTORY`.
        state: how the run ended.
    """

    recipe: Recipe
    history: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in HISTORY})
    checkpoint: CheckpointEvent | None = None
    state: str = "running"
    seconds: float = 0.0

    def listen(self, event: Event) -> None:
        """Remember what belongs into the card."""
        match event:
            case EpochEvent():
                for name in HISTORY:
                    self.history[name].append(getattr(event, name))
            case CheckpointEvent():
                if self.checkpoint is None or _rank(event) > _rank(self.checkpoint):
                    self.checkpoint = event
            case StateEvent():
                self.state = event.state
            case _:
                pass

    @property
    def rank(self) -> tuple[float, float]:
        """Higher is better; a run that got nowhere is below all others."""
        return _rank(self.checkpoint) if self.checkpoint else (-1.0, -math.inf)

    def summary(self) -> dict[str, Any]:
        """The run in one line of the card."""
        kept = self.checkpoint
        return {
            "seed": self.recipe.seed,
            "state": self.state,
            "epochs": len(self.history["val_loss"]),
            "epoch_kept": kept.epoch if kept else None,
            "val_accuracy": kept.val_accuracy if kept else None,
            "val_loss": kept.val_loss if kept else None,
        }


def _rank(checkpoint: CheckpointEvent) -> tuple[float, float]:
    """Higher is better: validation accuracy, then the smaller validation loss."""
    return checkpoint.val_accuracy, -checkpoint.val_loss


def build_model(
    architecture: Architecture, recipe: Recipe, weights: Mapping[str, Tensor] | None = None
) -> torch.nn.Module:
    """The network with the starting weights that the recipe's seed gives.

    Torch's global generator is left as it was. It is that of all threads: a server that loads a
    network meanwhile draws from it, or puts it back, so the weights count once they came twice.

    Args:
        weights: those of a trained network, which the recipe goes on with, but for its last layer.

    Raises: RuntimeError when other threads draw all the time.
    """
    model = _undisturbed(architecture, recipe)
    if weights is not None:
        take_over(model, weights)
    if recipe.transfer is not None and recipe.transfer.freeze:
        freeze_all_but_head(model)
    return model


def _undisturbed(architecture: Architecture, recipe: Recipe) -> torch.nn.Module:
    """The network with the weights that came twice. Raises: RuntimeError where none do."""
    model = _begun(architecture, recipe)
    for _ in range(MOST_BUILDS):
        before, model = model, _begun(architecture, recipe)
        if _has_same_weights(before, model):
            return model
    raise RuntimeError("The starting weights never came twice: other threads draw all the time.")


def _begun(architecture: Architecture, recipe: Recipe) -> torch.nn.Module:
    """The network with the weights that a run begins with, unless another thread draws too."""
    with torch.random.fork_rng():
        torch.manual_seed(recipe.seed)
        model = architecture.build()
        if recipe.initialization == "article":
            architecture.initialize(model)
        elif recipe.initialization == "normal":
            scaled_normal(model, recipe.initialization_scale)
    return model


def _has_same_weights(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    """Whether all numbers of two networks of one architecture are the same."""
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(first, second) for first, second in pairs)


def run_candidate(
    architecture: Architecture,
    recipe: Recipe,
    dataset: Dataset,
    device: torch.device,
    listener: Listener,
) -> Candidate:
    """One whole run, told event by event to `listener`."""
    training, validation = split(dataset, recipe.split, recipe.split_seed)
    candidate, started = Candidate(recipe), time.perf_counter()
    model = build_model(architecture, recipe)
    for event in train(model, recipe, training, validation, architecture.normalization, device):
        candidate.listen(event)
        listener(recipe, event)
    candidate.seconds = time.perf_counter() - started
    return candidate


def run_candidates(
    architecture: Architecture,
    recipe: Recipe,
    seeds: Sequence[int],
    dataset: Dataset,
    device: torch.device,
    listener: Listener,
) -> Iterator[list[Candidate]]:
    """One run a seed; after each, all candidates so far, the best first.

    Best means: most validation images right. The test images have no say in it.
    """
    candidates: list[Candidate] = []
    for seed in seeds:
        seeded = replace(recipe, seed=seed)
        candidates.append(run_candidate(architecture, seeded, dataset, device, listener))
        yield sorted(candidates, key=lambda candidate: candidate.rank, reverse=True)
