"""What a network that learns answers to a batch."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn


def answer(
    model: nn.Module,
    images: Tensor,
    precision: Literal["float32", "bfloat16"],
    chance: torch.Generator | None,
) -> Tensor:
    """The logits, float32, with the products in a precision.

    Args:
        chance: what drops out by chance is drawn from it, whatever else draws meanwhile; None where
            nothing does.

    Shape: (N, C, H, W) → (N, K).
    """
    half = precision == "bfloat16"
    if half:
        images = images.contiguous(memory_format=torch.channels_last)
    with (
        torch.random.fork_rng(enabled=chance is not None),
        torch.autocast(images.device.type, torch.bfloat16, enabled=half),
    ):
        if chance is not None:
            torch.manual_seed(int(torch.randint(2**62, (), generator=chance)))
        logits: Tensor = model(images)
    return logits.float()
