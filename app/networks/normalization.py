"""The shift and scale a network expects of its input."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import torch
from torch import Tensor

from app.digit_normalization import MEAN, STD


@dataclass(frozen=True)
class Normalization:
    """Takes values in [0, 1] to `(x - mean) / std`, channel by channel.

    Args:
        mean, std: one number a channel, those of the data the network was trained on.
    """

    mean: tuple[float, ...]
    std: tuple[float, ...]

    @classmethod
    def taking(cls, darkest: tuple[float, ...], brightest: tuple[float, ...]) -> Self:
        """The normalization that takes 0 to `darkest` and 1 to `brightest`."""
        std = tuple(1 / (high - low) for low, high in zip(darkest, brightest, strict=True))
        return cls(tuple(-low * s for low, s in zip(darkest, std, strict=True)), std)

    def __call__(self, images: Tensor) -> Tensor:
        """The images, normalized.

        Shape: (..., C, H, W) → the same.
        """
        mean, std = _per_channel(self.mean, self.std, images.dtype, images.device)
        return (images - mean).div_(std)


@lru_cache(maxsize=64)
def _per_channel(
    mean: tuple[float, ...], std: tuple[float, ...], dtype: torch.dtype, device: torch.device
) -> tuple[Tensor, Tensor]:
    """The numbers as (C, 1, 1) each, made once for every kind of image."""
    with torch.inference_mode(False):  # also good for gradients, whoever asks first
        both = torch.tensor((mean, std), dtype=dtype, device=device)[:, :, None, None]
    return both[0], both[1]


MNIST_NORMALIZATION = Normalization(mean=(MEAN,), std=(STD,))
IMAGENET_NORMALIZATION = Normalization(mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))
"""Those of ImageNet's training images. Source: torchvision's references for classification."""

FASHION_NORMALIZATION = Normalization(mean=(0.2860,), std=(0.3530,))
"""Mean and standard deviation of Fashion-MNIST's training pixels."""
