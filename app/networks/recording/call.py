"""The calls of a network's forward: what was called, with what, and what it gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from app.networks.recording.containers import Key, Leaf, at_path, leaves, mapped, with_paths

Precision = tuple[str, torch.dtype]
"""A kind of device, and what autocast computes in on it."""


def precision_on(device: str) -> Precision | None:
    """What autocast computes in there at this moment; None where it is off."""
    return (device, torch.get_autocast_dtype(device)) if torch.is_autocast_enabled(device) else None


@dataclass(frozen=True)
class Ref(Leaf):
    """One tensor among what a call gave, or wrote into.

    Args:
        path: the keys that lead to it in what the call gave; empty where that is the tensor.
    """

    call: RecordedCall
    path: tuple[Key, ...] = ()

    @property
    def value(self) -> Tensor:
        """As it was right after the call."""
        found: Tensor = at_path(self.call.result, self.path)
        return found


@dataclass(eq=False)
class RecordedCall:
    """A call, with a `Ref` in its arguments wherever a tensor came from a call before it.

    Args:
        name: the path of the module, or of the module that calls a function and the function.
        target: a module, a function or a method.
        result: what it gave, each tensor as it was right after. A call that writes into an argument
            and gives no tensor (`x[0] = 1`) has what it wrote here.
        writes: which of the `leaves` of its arguments it wrote into.
        precision: what autocast computed in; None where it was off.
        storage: where in memory what it gave lies: views of one tensor have the same.
    """

    name: str
    target: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    result: Any = None
    writes: tuple[int, ...] = ()
    gives_what_it_wrote: bool = False
    precision: Precision | None = None
    storage: int = 0

    @property
    def is_module(self) -> bool:
        """Whether a module was called, and no function."""
        return isinstance(self.target, nn.Module)

    @property
    def title(self) -> str:
        """What was called, in a word."""
        return type(self.target).__name__ if self.is_module else function_name(self.target)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The tensors of other calls that it reads, in the order it reads them."""
        return tuple(leaf for leaf in leaves((self.args, self.kwargs)) if isinstance(leaf, Ref))

    @property
    def tensors(self) -> tuple[Ref, ...]:
        """All that it gave."""
        found = with_paths(self.result)
        return tuple(Ref(self, path) for path, leaf in found if isinstance(leaf, Tensor))

    def values_again(self, values: dict[Ref, Any], into_given: bool = False) -> None:
        """Adds to `values` what it gives for those that stand there."""
        found = with_paths(self.again(values, into_given))
        values |= {Ref(self, path): leaf for path, leaf in found}

    def again(self, given: Mapping[Ref, Any], into_given: bool = False) -> Any:
        """What it gives for other tensors than those that were recorded.

        A module's hooks are left alone: they belong to whoever calls the network.

        Args:
            given: the tensor of each reference.
            into_given: whether what is given may be written into where the call writes; else it
                writes into a copy.
        """
        at = -1

        def tensor(leaf: Any) -> Any:
            nonlocal at
            at += 1
            value = given[leaf] if isinstance(leaf, Ref) else leaf
            return value.clone() if at in self.writes and not into_given else value

        args, kwargs = mapped((self.args, self.kwargs), tensor)
        call = self.target.forward if isinstance(self.target, nn.Module) else self.target
        with torch.autocast(*self.precision) if self.precision else nullcontext():
            result = call(*args, **kwargs)
        return leaves((args, kwargs))[self.writes[0]] if self.gives_what_it_wrote else result


@dataclass
class Recording:
    """What a forward called.

    Args:
        given: the images, as a call that nothing feeds.
        calls: all that gave tensors, or wrote into some, in their order.
        result: what forward returned, with a `Ref` for each tensor that a call gave.
        readings: what Python read out of tensors that come from the images: the forward may decide
            by it, or put it back as a constant.
    """

    given: RecordedCall
    calls: list[RecordedCall] = field(default_factory=list)
    result: Any = None
    readings: list[RecordedCall] = field(default_factory=list)


def function_name(function: Any) -> str:
    """What a function is called: `__getitem__` is getitem, `add_` add, a property its own name."""
    name = getattr(function, "__name__", type(function).__name__.lower())
    if name == "__get__":
        name = getattr(function.__self__, "__name__", name)
    return name.strip("_")
