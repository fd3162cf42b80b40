"""How well a network does on labelled images it is not learning from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from app.networks.normalization import Normalization
from app.training.datasets import Dataset, ordered_batches

BATCH_SIZE = 500


@dataclass(frozen=True)
class Evaluation:
    """Mean cross entropy over a data set, and how many of its images are named rightly.

    Shape: predictions (count,), the class of each image.
    """

    loss: float
    correct: int
    count: int
    predictions: Tensor

    @property
    def accuracy(self) -> float:
        """The share that is right, 0 to 1."""
        return self.correct / self.count


def evaluate(
    model: nn.Module,
    dataset: Dataset,
    normalization: Normalization,
    device: torch.device,
    before_batch: Callable[[], None] = lambda: None,
) -> Evaluation:
    """How `model` does on `dataset`, in evaluation mode and without gradients.

    Args:
        before_batch: called before every batch; what it raises ends the evaluation.
    """
    model.eval()
    total_loss, correct, predictions = 0.0, 0, []
    with torch.inference_mode():
        for images, labels in ordered_batches(dataset, BATCH_SIZE, normalization, device):
            before_batch()
            logits = model(images)  # (n, K)
            total_loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            predictions.append(logits.argmax(dim=1))
            correct += int((predictions[-1] == labels).sum().item())
    count = len(dataset)
    return Evaluation(total_loss / count, correct, count, torch.cat(predictions).cpu())
