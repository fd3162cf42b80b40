"""A moment of a run as a network: the weights that were kept then, in what the run trains."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import torch
from safetensors.torch import load

from app.networks.checkpoint import CheckpointError, check_weights, sha256
from app.networks.errors import NetworkUnavailable, UnknownNetwork
from app.networks.loaded_network import LoadedNetwork
from app.training.recipe import Recipe
from app.training.runs.run import Checkpoint, Run, UnknownRun
from app.training.runs.store import RunStore
from app.training.variant import architecture_of

NAME = re.compile(r"run:(?P<run>\w{1,40})(?:@(?:(?P<epoch>\d{1,9})|step-(?P<step>\d{1,9})))?")
NO_NAME = (
    "A run's network is called run:ID, run:ID@EPOCH or run:ID@step-STEP: its best weights, "
    "those at the end of an epoch, or those of one of the moments that are kept."
)


class Moment(NamedTuple):
    """One moment of one run."""

    run: Run
    checkpoint: Checkpoint


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
    kept = store.checkpoints(run.id)
    if not kept:
        raise UnknownNetwork("Nothing has been kept of this run yet.")
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


def load_moment(store: RunStore, moment: Moment, name: str, device: torch.device) -> LoadedNetwork:
    """The network of a moment, ready to answer under that name.

    Raises: NetworkUnavailable when the file is not what was kept.
    """
    run, checkpoint = moment
    recipe = Recipe.from_dict(run.recipe)
    architecture = architecture_of(recipe)
    when = f"epoch {checkpoint.epoch}" if checkpoint.epoch else f"step {checkpoint.step}"
    title = f"{architecture.title}, run {run.id}, {when}"
    architecture = replace(architecture, name=name, title=title, costs=None)
    try:
        data = (store.folder_of(run.id) / checkpoint.file).read_bytes()
    except FileNotFoundError:
        raise NetworkUnavailable("The weights of this moment are missing.") from None
    if sha256(data) != checkpoint.sha256:
        raise NetworkUnavailable(
            "The weights of this moment are damaged: their SHA-256 is not the one that was kept."
        )
    model, weights = architecture.build(), load(data)
    try:
        check_weights(weights, model)
    except CheckpointError as error:  # what a run that diverged ends with is no number
        raise NetworkUnavailable(str(error)) from None
    model.load_state_dict(weights)
    card = {
        "network": recipe.network,
        "run": run.id,
        "recipe": run.recipe,
        "step": checkpoint.step,
        "epoch": checkpoint.epoch,
        "validation": {"loss": checkpoint.val_loss, "accuracy": checkpoint.val_accuracy},
        "weights": {"sha256": checkpoint.sha256, "bytes": checkpoint.bytes, "dtype": "float32"},
    }
    return LoadedNetwork(architecture, model, card, device)
