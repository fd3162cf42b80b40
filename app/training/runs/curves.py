"""What a run has told of its steps and epochs, as arrays and as marks on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from app.training.runs.run import Run
from app.training.runs.store import RunStore

STEP_CURVES = ("loss", "gradient_norm", "lr")


@dataclass
class Curves:
    """One run's curves up to the event of a number.

    Args:
        layers: whose gradient norms were told, in the order of the network.
        marks: what happened to the learning rate and to the validation loss, the earliest first.

    Shape: step (n,); each of `values` (n,); layer_gradient_norms (n, L).
    """

    event: int
    layers: list[str]
    step: NDArray[np.int64]
    values: dict[str, NDArray[np.float32]]
    layer_gradient_norms: NDArray[np.float32]
    epochs: list[dict[str, Any]]
    steps_per_epoch: int
    marks: list[dict[str, Any]] = field(default_factory=list)


def curves_of(store: RunStore, run: Run) -> Curves:
    """All that a run has told so far, as curves."""
    told = store.events(run.id, limit=-1)
    steps = [orjson.loads(each.document) for each in told if each.kind == "step"]
    epochs = [orjson.loads(each.document) for each in told if each.kind == "epoch"]
    norms = [step.get("layer_gradient_norms", {}) for step in steps]
    layers = list(norms[-1]) if norms else []
    per_epoch = run.steps // int(run.recipe["epochs"])
    return Curves(
        event=told[-1].number if told else 0,
        layers=layers,
        step=np.array([step["step"] for step in steps], np.int64),
        values={name: _floats([step[name] for step in steps]) for name in STEP_CURVES},
        layer_gradient_norms=_floats(
            [[each.get(layer, "NaN") for layer in layers] for each in norms]
        ).reshape(len(steps), len(layers)),
        epochs=epochs,
        steps_per_epoch=per_epoch,
        marks=marks_of(run.recipe, epochs, per_epoch),
    )


def _floats(values: Sequence[Any]) -> NDArray[np.float32]:
    """Numbers as an array; of one that is not finite there is the name."""
    return np.array(values, np.float32)


def marks_of(
    recipe: Mapping[str, Any], epochs: Sequence[Mapping[str, Any]], steps_per_epoch: int
) -> list[dict[str, Any]]:
    """Where the plateau reduced the rate, which epoch is the best, where early stopping would end.

    Each is at the end of its epoch. The rate is lower from there on; training would end there if
    no epoch came that is better than the best.
    """
    found = []
    if recipe["scheduler"] and "name" not in recipe["scheduler"]:
        both = pairwise(epochs)
        found += [("lr_reduced", old["epoch"]) for old, new in both if new["lr"] < old["lr"]]
    best = [epoch["epoch"] for epoch in epochs if epoch["best"]][-1:]
    found += [("best", epoch) for epoch in best]
    if best and recipe["early_stopping"]:
        end = best[0] + recipe["early_stopping"]["patience"]
        found += [("early_stop", end)] if end <= recipe["epochs"] else []
    return [
        {"kind": kind, "epoch": epoch, "step": epoch * steps_per_epoch}
        for kind, epoch in sorted(found, key=lambda mark: mark[1])
    ]
