"""What keeps weights out of a network: which are missing, which too many, which of another form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from torch import Tensor

MOST_NAMES = 4
"""How many of a kind are named; the others are counted."""


@dataclass(frozen=True)
class Misfit:
    """All that differs between some weights and those that a network needs.

    Args:
        missing: names that the network needs.
        unexpected: names that it has not.
        forms: for each tensor of another shape or type, what it is and what is needed.
    """

    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    forms: tuple[str, ...]

    @classmethod
    def of(cls, weights: Mapping[str, Tensor], needed: Mapping[str, Tensor]) -> Self:
        """What differs; what the network needs in its order."""
        return cls(
            tuple(name for name in needed if name not in weights),
            tuple(sorted(weights.keys() - needed.keys())),
            tuple(
                f"{name} {difference}"
                for name, wanted in needed.items()
                if name in weights and (difference := _difference(weights[name], wanted))
            ),
        )

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.missing or self.unexpected or self.forms)

    def __str__(self) -> str:
        """All of it in sentences, the first of which begins with the weights."""
        said = []
        if self.missing:
            said.append(f"The weights lack {_listed(self.missing)}.")
        if self.unexpected:
            subject = "They" if said else "The weights"
            said.append(f"{subject} hold {_listed(self.unexpected)}, which the network has not.")
        said += [f"{form}." for form in self.forms[:MOST_NAMES]]
        if len(self.forms) > MOST_NAMES:
            said.append(f"{len(self.forms) - MOST_NAMES} more are of another shape or type.")
        return " ".join(said)


def _difference(tensor: Tensor, wanted: Tensor) -> str | None:
    """In what a tensor is not what is wanted; None where it is."""
    if tensor.shape != wanted.shape:
        return f"has shape {tuple(tensor.shape)}, but the network needs {tuple(wanted.shape)}"
    if tensor.dtype != wanted.dtype:
        return f"is {tensor.dtype}, but the network needs {wanted.dtype}"
    return None


def _listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMES
    *before, last = names if more <= 0 else (*names[:MOST_NAMES], f"{more} more")
    return f"{', '.join(before)} and {last}" if before else last
