"""A call under way, and where the tensors that it is given come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.networks.recording.call import Ref
from app.networks.recording.containers import leaves, mapped

Refer = Callable[[Any], Any]


@dataclass
class Source:
    """Where a tensor comes from, and how often it had been written into by then.

    Args:
        writings: how often a call had written where it lies in memory, also by way of `.data`,
            whose version is its own.
    """

    ref: Ref
    tensor: Tensor  # kept, since another tensor could get its id
    version: int
    writings: int


class OpenCall:
    """What a call was given, as it was before the call.

    Args:
        refer: gives the `Ref` of a tensor that came from a call, and anything else as it is.
    """

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any], refer: Refer) -> None:
        self.leaves = leaves((args, kwargs))
        self.args, self.kwargs = mapped((args, kwargs), refer)
        self.versions = [version_of(leaf) for leaf in self.leaves]

    def add(self, kwargs: dict[str, Any], refer: Refer) -> None:
        """Keywords that were told only when the call was over: none of them was written into."""
        self.kwargs = mapped(kwargs, refer)
        self.leaves += leaves(kwargs)
        self.versions += [version_of(leaf) for leaf in leaves(kwargs)]

    @property
    def writes(self) -> tuple[int, ...]:
        """Which of the leaves have been written into since."""
        pairs = enumerate(zip(self.leaves, self.versions, strict=True))
        return tuple(i for i, (leaf, was) in pairs if version_of(leaf) != was)


def version_of(leaf: Any) -> int:
    """How often a tensor has been written into."""
    if not isinstance(leaf, Tensor) or leaf.is_inference():
        return 0
    return leaf._version
