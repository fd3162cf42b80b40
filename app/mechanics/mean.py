"""What the mean of a whole map is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.trace import Trace, check_index


@dataclass(frozen=True, slots=True)
class MeanTrace(Trace):
    """What one value is made of: the sum of a map, divided by how many values it has.

    Shape: window (H, W), the whole map.
    """

    kind: ClassVar[str] = "Mean"
    main: ClassVar[str] = "window"
    window: Tensor
    sum: float
    count: int


def trace_mean(input: Tensor, channel: int) -> MeanTrace:
    """The map whose mean stands at one channel.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: a channel that is not there.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.mean.html

    Example:
        >>> import torch
        >>> trace_mean(torch.tensor([[[1.0, 2.0], [3.0, 6.0]]]), 0).value
        3.0
    """
    check_index(channel, input.shape[0], "channel")
    window = input[channel].double()
    total, count = float(window.sum()), window.numel()
    return MeanTrace(value=total / count, window=window, sum=total, count=count)
