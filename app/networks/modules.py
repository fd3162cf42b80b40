"""What PyTorch has as functions alone, as modules: a sum, a concatenation, and any other call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from app.networks.recording.call import Ref


class Add(nn.Module):
    """The sum of its inputs, position by position."""

    def forward(self, first: Tensor, *others: Tensor) -> Tensor:
        """Shape: all alike, the sum too."""
        for other in others:
            first = first + other
        return first


class Concatenate(nn.Module):
    """Its inputs laid end to end.

    Args:
        dim: along which axis, that of the batch counted; 1 for the channels.
    """

    def __init__(self, dim: int = 1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, *inputs: Tensor) -> Tensor:
        """Shape: alike but along `dim`; the result as long there as all of them together."""
        return torch.cat(inputs, self.dim)

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"dim={self.dim}"


class Call(nn.Module):
    """A call in a network's forward of which no more is known: it is made again as it stood there.

    What it reads and is no activation (a tuple's part, an index, a scalar) is worked out anew on
    the way.

    Args:
        ref: the tensor that is wanted of what the call gives.
        feeds: the activations that it reads, in the order they are given to `forward`.
    """

    def __init__(self, ref: Ref, feeds: Sequence[Ref]) -> None:
        super().__init__()
        self.ref, self.feeds = ref, tuple(feeds)

    @property
    def title(self) -> str:
        """What is called, in a word."""
        return self.ref.call.title

    def forward(self, *inputs: Tensor) -> Tensor:
        """Shape: as the call has it."""
        values: dict[Ref, Any] = dict(zip(self.feeds, inputs, strict=True))
        result: Tensor = _value(self.ref, values)
        return result


def _value(wanted: Ref, values: dict[Ref, Any]) -> Any:
    """What stands at a reference; what is worked out on the way is added to `values`."""
    waiting = [wanted]
    while waiting:
        ref = waiting[-1]
        missing = [each for each in ref.call.refs if each not in values]
        if ref in values or not missing:
            waiting.pop()
            if ref not in values:
                ref.call.values_again(values)
        else:
            waiting += missing
    return values[wanted]
