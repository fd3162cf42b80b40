"""From a finished run to a folder that ships: fewer moments, smaller weights, and a card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from app import __version__
from app.networks.checkpoint import narrowed, sha256, widened, write_atomically
from app.networks.other_weights import with_weights
from app.training.datasets import credit_of
from app.training.recipe import Recipe
from app.training.runs.conductor import Lesson
from app.training.runs.judgement import judge, judgement_file
from app.training.runs.moment import Moment, load_moment, moments_of
from app.training.runs.run import Checkpoint, Run, RunError
from app.training.runs.shipped_run import CARD_FILE, EVENTS_FILE
from app.training.runs.store import RunStore

DONE = ("finished", "stopped_early")
CPU = torch.device("cpu")
ROUNDED = (
    "Weights are rounded to float16 at the moments where that changes the prediction of no "
    "validation image; losses and accuracies are those of the weights before they were rounded."
)


def publish_run(
    store: RunStore, run: Run, lesson: Lesson, folder: Path, most: int
) -> Mapping[str, Any]:
    """Writes a run into `folder`, whose name the run will have wherever it is taken in.

    Args:
        most: how many moments are kept; of those within the first epoch some are left out.

    Raises: RunError when the run has not come to its end, or has more epochs than moments.
    """
    if run.state not in DONE:
        raise RunError(f"Only a run that has come to its end ships; this one is {run.state}.")
    chosen = _chosen(moments_of(store, run), most)
    shutil.rmtree(folder, ignore_errors=True)
    checkpoints = [_write_moment(store, moment, lesson, folder) for moment in chosen]
    steps = {each.step for each in checkpoints}
    told = (json.loads(each.document) for each in store.events(run.id, limit=-1))
    kept = [d for d in told if d["kind"] != "checkpoint" or d["step"] in steps]
    lines = "".join(json.dumps(document) + "\n" for document in kept)
    write_atomically(folder / EVENTS_FILE, lines.encode())
    command = f"python -m app runs publish RUN --as {folder.name} --moments {most}"
    card = {"command": command, **_card(folder, run, lesson, checkpoints)}
    write_atomically(folder / CARD_FILE, json.dumps(card, indent=1).encode() + b"\n")
    return card


def _chosen(moments: list[Moment], most: int) -> list[Moment]:
    """The end of every epoch, and of the moments within the first as many as there is room for."""
    ends = [moment for moment in moments if moment.checkpoint.epoch]
    within = [moment for moment in moments if not moment.checkpoint.epoch]
    room = most - len(ends)
    if room < 1:
        raise RunError(f"{len(ends)} epochs and a beginning are more than {most} moments.")
    places = {round(index * len(within) / room) for index in range(room)}
    return [within[place] for place in sorted(places)] + ends


def _write_moment(store: RunStore, moment: Moment, lesson: Lesson, folder: Path) -> Checkpoint:
    """Writes the weights of a moment, and what they take each validation image for."""
    network = load_moment(store, moment, moment.name, CPU)
    weights: Mapping[str, Tensor] = network.model.state_dict()
    judgement = judge(network, lesson.validation)
    small = narrowed(weights)
    rounded = with_weights(network, widened(small), network.architecture, network.card)
    rounded_judgement = judge(rounded, lesson.validation)
    if (rounded_judgement.predictions == judgement.predictions).all():
        weights, judgement = small, rounded_judgement
    data = save({name: tensor.contiguous() for name, tensor in weights.items()})
    checkpoint = replace(moment.checkpoint, sha256=sha256(data), bytes=len(data))
    write_atomically(folder / checkpoint.file, data)
    name = judgement_file(checkpoint, lesson.validation)
    write_atomically(folder / name, judgement.as_bytes())
    return checkpoint


def _card(folder: Path, run: Run, lesson: Lesson, checkpoints: list[Checkpoint]) -> dict[str, Any]:
    """What the folder holds, and where it is from."""
    recipe = Recipe.from_dict(run.recipe)
    files = [
        {"file": path.name, "bytes": path.stat().st_size, "sha256": sha256(path.read_bytes())}
        for path in sorted(folder.iterdir())
        if path.name != EVENTS_FILE
    ]
    row = {**asdict(run), "recipe": recipe.as_dict()}
    del row["id"], row["process"]
    return {
        "run": row,
        "checkpoints": [asdict(each) for each in checkpoints],
        "files": files,
        "file": EVENTS_FILE,
        "weights": {"note": ROUNDED},
        "data": {
            "name": lesson.training.name,
            "sha256": lesson.training.sha256,
            **credit_of(lesson.training.name),
        },
        "made_with": {"convoscope": __version__, "torch": torch.__version__},
    }
