"""What one probability is made of."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.operands import to_float64
from app.mechanics.trace import Trace, check_index


@dataclass(frozen=True, slots=True)
class SoftmaxTrace(Trace):
    """What one probability is made of: its exponential over the sum of all of them.

    The maximum is subtracted first, which changes no probability and lets no exponential overflow:
    `exponentials` = exp(logits − maximum).

    Shape:
        logits, exponentials: (K)
    """

    kind: ClassVar[str] = "Softmax"
    main: ClassVar[str | None] = "exponentials"
    logits: Tensor
    maximum: float
    exponentials: Tensor
    sum: float


def trace_softmax(logits: Tensor, channel: int) -> SoftmaxTrace:
    """What one probability is made of, term by term.

    Args:
        channel: the class, counted from 0.

    Shape:
        logits: (K)

    Raises:
        MechanicsError: a class that there is no logit for.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax.html

    Example:
        >>> import torch
        >>> trace_softmax(torch.tensor([1000.0, 1000.0]), channel=0).value
        0.5
    """
    check_index(channel, logits.shape[0] if logits.dim() == 1 else 0, "channel")
    terms = to_float64(logits)
    maximum = float(terms.max())
    exponentials = (terms - maximum).exp()
    total = float(exponentials.sum())
    return SoftmaxTrace(
        value=float(exponentials[channel]) / total,
        logits=terms,
        maximum=maximum,
        exponentials=exponentials,
        sum=total,
    )
