"""What a run has told of its steps and epochs, as arrays and as marks on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from app.training.runs.run import Run, Told
from app.training.runs.store import RunStore

STEP_CURVES = ("loss", "gradient_norm", "lr")
EVENTS_AT_ONCE = 2_000


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
    epochs: list[dict[str, Any]] = []
    layers = _layers_of(store, run)
    names, event = (*STEP_CURVES, *layers), 0
    parts = [_Part(np.empty(0, np.int64), np.empty((0, len(names)), np.float32))]
    while told := store.events(run.id, after=event, limit=EVENTS_AT_ONCE):
        event = told[-1].number
        epochs += [orjson.loads(each.document) for each in told if each.kind == "epoch"]
        parts.append(_part_of(told, layers))
    step = np.concatenate([part.step for part in parts])
    values = np.concatenate([part.values for part in parts])
    count, per_epoch = len(STEP_CURVES), run.steps // int(run.recipe["epochs"])
    return Curves(
        event=event,
        layers=layers,
        step=step,
        values={name: values[:, index].copy() for index, name in enumerate(STEP_CURVES)},
        layer_gradient_norms=values[:, count:].copy(),
        epochs=epochs,
        steps_per_epoch=per_epoch,
        marks=marks_of(run.recipe, epochs, per_epoch),
    )


class _Part(NamedTuple):
    """Some steps, read together: of a long run all documents at once would take up a gigabyte.

    Shape: step (n,); values (n, curves and layers).
    """

    step: NDArray[np.int64]
    values: NDArray[np.float32]


def _part_of(told: Sequence[Told], layers: Sequence[str]) -> _Part:
    """The steps among some events; of a number that is not finite there is the name."""
    rows = [orjson.loads(each.document) for each in told if each.kind == "step"]
    values = [
        [row[name] for name in STEP_CURVES]
        + [row.get("layer_gradient_norms", {}).get(layer, "NaN") for layer in layers]
        for row in rows
    ]
    width = len(STEP_CURVES) + len(layers)
    return _Part(
        np.array([row["step"] for row in rows], np.int64),
        np.array(values, np.float32).reshape(len(rows), width),
    )


def _layers_of(store: RunStore, run: Run) -> list[str]:
    """Whose gradients' norms the last step tells."""
    last = store.last_document(run.id, "step")
    return list(last.get("layer_gradient_norms", {})) if last else []


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
