"""How the weights of a moment do on images that nothing was learned from, image by image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import safetensors.numpy
import torch
from numpy.typing import NDArray
from torch.nn import functional

from app.networks.checkpoint import sha256
from app.networks.loaded_network import LoadedNetwork
from app.training.datasets import Dataset, ordered_batches
from app.training.runs.run import Checkpoint

MOST_IMAGES = 2_000
BATCH_SIZE = 250
DIGEST_LENGTH = 64


@dataclass(frozen=True)
class Judgement:
    """The first images of the validation part, at most 2,000, and what each was taken for.

    Args:
        loss: mean cross entropy.

    Shape: all (n,). labels and predictions int64; confidence, the probability of the class that was
    predicted, and truth, that of the image's own, float32.
    """

    labels: NDArray[np.int64]
    predictions: NDArray[np.int64]
    confidence: NDArray[np.float32]
    truth: NDArray[np.float32]
    loss: float

    @property
    def accuracy(self) -> float:
        """The share that is right, 0 to 1."""
        return float((self.labels == self.predictions).mean())

    def confusion(self, classes: int) -> NDArray[np.int64]:
        """How many images of each class (row) were taken for each (column). Shape: (C, C)."""
        counts = np.zeros((classes, classes), np.int64)
        np.add.at(counts, (self.labels, self.predictions), 1)
        return counts

    def as_bytes(self) -> bytes:
        """The judgement as a safetensors file behind its SHA-256."""
        data = safetensors.numpy.save({**vars(self), "loss": np.array([self.loss])})
        return sha256(data).encode() + data

    @classmethod
    def of_bytes(cls, content: bytes) -> Judgement | None:
        """What `as_bytes` was called on; None for anything else, and where a bit is another."""
        digest, data = content[:DIGEST_LENGTH], content[DIGEST_LENGTH:]
        if sha256(data).encode() != digest:
            return None
        held = safetensors.numpy.load(data)
        arrays = {name: held[name] for name in ("labels", "predictions", "confidence", "truth")}
        return cls(**arrays, loss=float(held["loss"][0]))


def judgement_file(checkpoint: Checkpoint, validation: Dataset) -> str:
    """Under which name a judgement is kept: that of its weights and of the images together."""
    key = sha256(f"{checkpoint.sha256} {validation.sha256}".encode())[:16]
    return f"judgement-{checkpoint.step:07}-{key}.kept"


def judge(
    network: LoadedNetwork, validation: Dataset, before_batch: Callable[[], None] = lambda: None
) -> Judgement:
    """What a network takes the first of these images for.

    Args:
        before_batch: called before every batch; what it raises ends the work.
    """
    images = validation.subset(torch.arange(min(MOST_IMAGES, len(validation))))
    logits = []
    normalization = network.architecture.normalization
    with torch.inference_mode():
        for batch, _ in ordered_batches(images, BATCH_SIZE, normalization, network.device):
            before_batch()
            logits.append(network.model(batch).float().cpu())
        every = torch.cat(logits)
        loss = functional.cross_entropy(every, images.labels).item()
        probabilities = every.softmax(dim=1)
        confidence, predictions = probabilities.max(dim=1)
        truth = probabilities.gather(1, images.labels[:, None])[:, 0]
    return Judgement(
        labels=images.labels.numpy(),
        predictions=predictions.numpy(),
        confidence=confidence.numpy(),
        truth=truth.numpy(),
        loss=loss,
    )
