"""From a finished training to a folder of models/: the weights and the card that explains them."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from app import __version__
from app.networks.checkpoint import load_checkpoint, narrowed, save_checkpoint, widened
from app.networks.registry import Architecture
from app.training.candidates import Candidate
from app.training.datasets import Dataset, credit_of
from app.training.evaluation import Evaluation, evaluate


class TrainingError(ValueError):
    """A training that brought no network; the message is a sentence."""


def publish(
    architecture: Architecture,
    candidates: Sequence[Candidate],
    test: Dataset,
    device: torch.device,
    folder: Path,
    command: str,
) -> dict[str, Any]:
    """Test the best candidate once, write it into `folder`, and return its card.

    Args:
        candidates: the best first; only that one meets the test images.
        command: what remakes this folder.

    Raises: TrainingError when no candidate has a checkpoint.
    """
    best = candidates[0]
    if best.checkpoint is None:
        raise TrainingError(f"No run got as far as a checkpoint: the first ended {best.state}.")
    weights = best.checkpoint.weights
    tested = _test(architecture, weights, test, device)
    if best.recipe.weights_dtype == "float16":
        small = narrowed(weights)
        retested = _test(architecture, widened(small), test, device)
        if retested.predictions.equal(tested.predictions):
            weights, tested = small, retested
    card = make_card(architecture, candidates, tested, test, device, command)
    save_checkpoint(folder, weights, card)
    return load_checkpoint(folder, architecture.build())


def _test(
    architecture: Architecture, weights: Mapping[str, Tensor], test: Dataset, device: torch.device
) -> Evaluation:
    """How these weights do on the test images."""
    model = architecture.build()
    model.load_state_dict(weights)
    return evaluate(model.to(device), test, architecture.normalization, device)


def make_card(
    architecture: Architecture,
    candidates: Sequence[Candidate],
    tested: Evaluation,
    test: Dataset,
    device: torch.device,
    command: str,
) -> dict[str, Any]:
    """What there is to know about the first candidate, as plain values."""
    best = candidates[0]
    kept = best.checkpoint
    assert kept is not None
    return {
        "network": architecture.name,
        "title": architecture.title,
        "data": {
            "name": test.name,
            "sha256": test.sha256,
            **credit_of(test.name),
        },
        "seed": best.recipe.seed,
        "command": command,
        "recipe": best.recipe.as_dict(),
        "state": best.state,
        "epochs": len(best.history["val_loss"]),
        "epoch_kept": kept.epoch,
        "kept_because": "it names the most validation images rightly, of all epochs and seeds",
        "candidates": [candidate.summary() for candidate in candidates],
        "validation": {"accuracy": kept.val_accuracy, "loss": kept.val_loss},
        "test": {
            "accuracy": tested.accuracy,
            "correct": tested.correct,
            "count": tested.count,
            "loss": tested.loss,
        },
        "history": best.history,
        "seconds": round(best.seconds, 1),
        "made_with": {
            "convoscope": __version__,
            "torch": torch.__version__,
            "python": platform.python_version(),
            "device": str(device),
            "threads": torch.get_num_threads(),
        },
    }


def evaluate_published(
    architecture: Architecture, folder: Path, test: Dataset, device: torch.device
) -> tuple[Evaluation, dict[str, Any]]:
    """How the weights in `folder` do on the test images, and their card.

    Raises: CheckpointError when the weights cannot be used.
    """
    model = architecture.build()
    card = load_checkpoint(folder, model)
    return evaluate(model.to(device), test, architecture.normalization, device), card


def differs(evaluation: Evaluation, card: dict[str, Any]) -> bool:
    """Whether the weights do otherwise than their card says."""
    return (evaluation.correct, evaluation.count) != (
        card["test"]["correct"],
        card["test"]["count"],
    )
