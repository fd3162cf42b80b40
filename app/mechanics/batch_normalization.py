"""What one value of a batch normalization is made of, once the network has been trained."""

import math
from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.trace import Trace, check_place, check_shape


@dataclass(frozen=True, slots=True)
class BatchNorm2dTrace(Trace):
    """What one value is made of: weight · (input − mean) / √(variance + eps) + bias.

    Mean and variance are those that the channel had over the training images; `normalized` is the
    input before weight and bias.
    """

    kind: ClassVar[str] = "BatchNorm2d"
    input: float
    mean: float
    variance: float
    eps: float
    normalized: float
    weight: float
    bias: float


@dataclass(frozen=True, slots=True)
class ChannelStatistics:
    """What a batch normalization knows of its channels.

    Shape:
        mean, variance, weight, bias: (C); the last two None where it learns nothing
    """

    mean: Tensor
    variance: Tensor
    weight: Tensor | None = None
    bias: Tensor | None = None
    eps: float = 1e-5


def trace_batch_norm2d(
    input: Tensor, statistics: ChannelStatistics, channel: int, row: int, column: int
) -> BatchNorm2dTrace:
    """What the value at one position is made of.

    Args:
        channel, row, column: the position, counted from 0.

    Shape:
        input: (C, H, W)

    Raises:
        MechanicsError: statistics of another number of channels; a position that the input lacks.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html, in evaluation.

    Example:
        >>> import torch
        >>> known = ChannelStatistics(torch.tensor([1.0]), torch.tensor([4.0]), eps=0.0)
        >>> trace_batch_norm2d(torch.tensor([[[5.0]]]), known, 0, 0, 0).value
        2.0
    """
    check_shape("running_mean", tuple(statistics.mean.shape), tuple(input.shape[:1]))
    place = check_place(tuple(input.shape), channel, row, column)
    value, mean = float(input[place]), float(statistics.mean[channel])
    variance = float(statistics.variance[channel])
    normalized = (value - mean) / math.sqrt(variance + statistics.eps)
    weight = 1.0 if statistics.weight is None else float(statistics.weight[channel])
    bias = 0.0 if statistics.bias is None else float(statistics.bias[channel])
    return BatchNorm2dTrace(
        value=normalized * weight + bias,
        input=value,
        mean=mean,
        variance=variance,
        eps=statistics.eps,
        normalized=normalized,
        weight=weight,
        bias=bias,
    )
