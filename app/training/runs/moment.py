"""A moment of a run as a network: the weights that were kept then, in what the run trains."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

import torch
from safetensors.torch import load
from torch import Tensor, nn

from app.networks.checkpoint import (
    CheckpointError,
    NotFiniteError,
    check_weights,
    dtype_of,
    sha256,
    widened,
)
from app.networks.errors import NetworkUnavailable, NotFiniteWeights, UnknownNetwork
from app.networks.loaded_network import LoadedNetwork
from app.networks.other_weights import with_weights
from app.training.recipe import Recipe
from app.training.runs.run import Checkpoint, Run, UnknownRun
from app.training.runs.store import RunStore
from app.training.variant import RecipeError, architecture_of

NAME = re.compile(r"run:(?P<run>\w{1,40})(?:@(?:(?P<epoch>\d{1,9})|step-(?P<step>\d{1,9})))?")
NO_NAME = (
    "A run's network is called run:ID, run:ID@EPOCH or run:ID@step-STEP: its best weights, "
    "those at the end of an epoch, or those of one of the moments that are kept."
)

NOT_FINITE = (
    "The weights of this moment are not all finite numbers: nothing can be computed by them."
)


class Moment(NamedTuple):
    """One moment of one run."""

    run: Run
    checkpoint: Checkpoint

    @property
    def name(self) -> str:
        """What its network is called, as long as it is not called by its epoch."""
        return f"run:{self.run.id}@step-{self.checkpoint.step}"


def moment_of(store: RunStore, name: str) -> Moment:
    """The moment that a name means: of a run alone, the one that validated best.

    Raises: UnknownNetwork, saying which names there are.
    """
    found = NAME.fullmatch(name)
    if found is None:
        raise UnknownNetwork(NO_NAME)
    try:
        run = store.run(found["run"])
    except UnknownRun as error:
        raise UnknownNetwork(str(error)) from None
    kept = [each.checkpoint for each in moments_of(store, run)]
    if found["step"]:
        fitting = [each for each in kept if each.step == int(found["step"])]
    elif found["epoch"]:
        fitting = [each for each in kept if each.epoch == int(found["epoch"])]
        fitting = fitting[:1] if found["epoch"] == "0" else fitting[-1:]
    else:
        best = [each for each in kept if each.best]
        fitting = best[-1:] or kept[-1:]
    if not fitting:
        steps = ", ".join(str(each.step) for each in kept)
        raise UnknownNetwork(f"Of this run the weights of steps {steps} are kept.")
    return Moment(run, fitting[0])


def moments_of(store: RunStore, run: Run) -> list[Moment]:
    """Every moment that is kept of a run, the earliest first.

    Raises: UnknownNetwork when there is none.
    """
    kept = store.checkpoints(run.id)
    if not kept:
        raise UnknownNetwork("Nothing has been kept of this run yet.")
    return [Moment(run, checkpoint) for checkpoint in kept]


def load_moment(
    store: RunStore,
    moment: Moment,
    name: str,
    device: torch.device,
    like: LoadedNetwork | None = None,
) -> LoadedNetwork:
    """The network of a moment, ready to answer under that name.

    Args:
        like: the network of another moment of the same run, which saves building and reading it.

    Raises: NetworkUnavailable when the file is not what was kept, or there is no such network.
    """
    run, checkpoint = moment
    recipe = Recipe.from_dict(run.recipe)
    try:
        architecture = architecture_of(recipe)
    except RecipeError as error:
        raise NetworkUnavailable(str(error)) from None
    when = f"epoch {checkpoint.epoch}" if checkpoint.epoch else f"step {checkpoint.step}"
    title = f"{architecture.title}, run {run.id}, {when}"
    architecture = replace(architecture, name=name, title=title, costs=None)
    model = like.model if like else architecture.build()
    weights, kept_as = _weights_of(store, moment, model)
    card = {
        "network": recipe.network,
        "run": run.id,
        "recipe": run.recipe,
        "step": checkpoint.step,
        "epoch": checkpoint.epoch,
        "validation": {"loss": checkpoint.val_loss, "accuracy": checkpoint.val_accuracy},
        "weights": {"sha256": checkpoint.sha256, "bytes": checkpoint.bytes, "dtype": kept_as},
    }
    if like is not None:
        return with_weights(like, weights, architecture, card)
    model.load_state_dict(weights)
    return LoadedNetwork(architecture, model, card, device)


def _weights_of(store: RunStore, moment: Moment, model: nn.Module) -> tuple[dict[str, Tensor], str]:
    """What was kept, in the type that `model` computes in, and the name of that it was kept as.

    Raises: NetworkUnavailable when the file is not what was kept, or not what the model needs;
        NotFiniteWeights.
    """
    run, checkpoint = moment
    try:
        data = (store.folder_of(run.id) / checkpoint.file).read_bytes()
    except FileNotFoundError:
        raise NetworkUnavailable("The weights of this moment are missing.") from None
    if sha256(data) != checkpoint.sha256:
        raise NetworkUnavailable(
            "The weights of this moment are damaged: their SHA-256 is not the one that was kept."
        )
    kept = load(data)
    weights = widened(kept)
    try:
        check_weights(weights, model)
    except NotFiniteError:  # what a run that diverged ends with
        if checkpoint.finite:  # an earlier version of the program has kept it
            with suppress(sqlite3.Error):  # without room it is found out again
                store.add_checkpoint(run.id, replace(checkpoint, finite=False))
        raise NotFiniteWeights(NOT_FINITE) from None
    except CheckpointError as error:
        raise NetworkUnavailable(str(error)) from None
    return weights, dtype_of(kept)
