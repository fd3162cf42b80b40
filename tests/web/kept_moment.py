"""A moment that is kept of a run without anything having been trained."""

from __future__ import annotations

import torch
from safetensors.torch import save

from app.networks.checkpoint import sha256, write_atomically
from app.networks.registry import ARCHITECTURES
from app.training.runs.run import Checkpoint, Run
from app.training.runs.store import RunStore

NORMS = {"conv1": 1.0, "fc1": 2.0}


def keep_moment(store: RunStore, run: Run, step: int = 0) -> torch.nn.Module:
    """Keeps random weights of the run's network as those of this step; the network with them."""
    model = ARCHITECTURES[run.recipe["network"]].build().eval()
    data = save(model.state_dict())
    file = f"weights-{step:07}.safetensors"
    write_atomically(store.folder_of(run.id) / file, data)
    checkpoint = Checkpoint(step, 0, file, sha256(data), len(data), None, None, False)
    store.add_checkpoint(run.id, checkpoint)
    return model


def tell_epochs(store: RunStore, run: Run, losses: list[float], lrs: list[float]) -> None:
    """Tells of an epoch of two steps for each validation loss and learning rate."""
    best = float("inf")
    for number, (loss, lr) in enumerate(zip(losses, lrs, strict=True)):
        step = {
            "epoch": number + 1,
            "loss": loss,
            "gradient_norm": 5**0.5,
            "layer_gradient_norms": NORMS,
            "lr": lr,
            "samples_per_second": 1.0,
            "steps": 2 * len(losses),
        }
        steps = [{"kind": "step", **step, "step": 2 * number + each} for each in (1, 2)]
        epoch = {
            "kind": "epoch",
            "epoch": number + 1,
            "train_loss": loss,
            "val_loss": loss,
            "val_accuracy": 0.5,
            "gradient_norm": 5**0.5,
            "layer_gradient_norms": NORMS,
            "lr": lr,
            "seconds": 1.0,
            "samples_per_second": 1.0,
            "best": loss < best,
        }
        best = min(best, loss)
        store.tell(run.id, 2 * number + 2, [*steps, epoch])
