"""The shift and scale a network expects of its input."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Normalization:
    """Takes values in [0, 1] to `(x - mean) / std`, channel by channel.

    Args:
        mean, std: one number a channel, those of the data the network was trained on.
    """

    mean: tuple[float, ...]
    std: tuple[float, ...]

    def __call__(self, images: Tensor) -> Tensor:
        """The images, normalized.

        Shape: (..., C, H, W) → the same.
        """
        mean = torch.tensor(self.mean, dtype=images.dtype, device=images.device)
        std = torch.tensor(self.std, dtype=images.dtype, device=images.device)
        return (images - mean[:, None, None]) / std[:, None, None]


MNIST_NORMALIZATION = Normalization(mean=(0.1307,), std=(0.3081,))
