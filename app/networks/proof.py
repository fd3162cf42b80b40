"""Whether a layer by itself gives what it gave within the network."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

NOT_ACCEPTED = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(RuntimeError, TypeError, ValueError),
)
"""What a layer may raise of inputs that do not fit it."""


def gives(op: nn.Module, inputs: Sequence[Tensor], expected: Tensor) -> bool:
    """Whether an op gives that, bit by bit, for these inputs."""
    try:
        found = op(*inputs)
    except NOT_ACCEPTED:
        return False
    return isinstance(found, Tensor) and is_same(found, expected)


def is_same(one: Tensor, other: Tensor) -> bool:
    """Whether two tensors are equal bit by bit, what is no number included."""
    return (one.shape, one.dtype) == (other.shape, other.dtype) and bool(
        torch.equal(one, other) or torch.allclose(one, other, rtol=0, atol=0, equal_nan=True)
    )
