"""What a network answers: a forward pass, and what one value is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from app.mechanics.trace import Trace
from app.networks.position import Position
from app.networks.statistics import Summary, summarize


@dataclass(frozen=True)
class Forward:
    """What a network made of one image, on the CPU and without the batch axis.

    Shape: input (C, H, W), normalized; logits and probabilities (K,); each activation as the
    outline says. `activations` are in the order data flows.
    """

    input: Tensor
    logits: Tensor
    probabilities: Tensor
    activations: dict[str, Tensor]

    @cached_property
    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The activations as arrays on the same memory."""
        return {name: activation.numpy() for name, activation in self.activations.items()}

    def statistics(self) -> list[Summary]:
        """Minimum, maximum, mean and share of zeros of each activation, in their order."""
        return summarize(list(self.arrays.values()))


@dataclass(frozen=True)
class LayerTrace:
    """What one value of a layer is made of, beside the value that PyTorch has for it."""

    layer: str
    position: Position
    trace: Trace
    torch_value: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values and tensors, under the names of `POST …/trace`."""
        return {
            "layer": self.layer,
            "position": self.position.as_dict(),
            **self.trace.as_dict(),
            "torch_value": self.torch_value,
            "difference": self.trace.value - self.torch_value,
        }
