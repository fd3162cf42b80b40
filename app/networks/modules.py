"""What PyTorch has as functions alone, as modules: a sum, a concatenation, and any other call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, fx, nn


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

    What feeds it and is no activation itself (a shape, a constant, a tuple's part) is worked out
    anew on the way.

    Args:
        node: the call, as recorded.
        feeds: the recorded activations that it reads, in the order they are given to `forward`.
        model: the network, for the parameters that forward names itself.
    """

    def __init__(self, node: fx.Node, feeds: tuple[fx.Node, ...], model: nn.Module) -> None:
        super().__init__()
        self.node, self.feeds = node, feeds
        self._model = (model,)  # in a tuple, since it is no part of this module

    @property
    def title(self) -> str:
        """What is called, in a word."""
        if self.node.op == "call_module":
            return type(self._model[0].get_submodule(str(self.node.target))).__name__
        target = self.node.target
        return target if isinstance(target, str) else getattr(target, "__name__", str(target))

    def forward(self, *inputs: Tensor) -> Tensor:
        """Shape: as the call has it."""
        # A call that writes into what it reads must not change what is shown of the layer before.
        given = {feed: value.clone() for feed, value in zip(self.feeds, inputs, strict=True)}
        result: Tensor = self._value(self.node, given)
        return result

    def _value(self, node: fx.Node, given: Mapping[fx.Node, Any]) -> Any:
        """What a recorded node gives."""
        if node in given:
            return given[node]
        args = fx.map_arg(node.args, lambda each: self._value(each, given))
        kwargs = fx.map_arg(node.kwargs, lambda each: self._value(each, given))
        model, target = self._model[0], node.target
        if node.op == "get_attr":
            return _attribute(model, str(target))
        if node.op == "call_module":
            return model.get_submodule(str(target))(*args, **kwargs)
        if node.op == "call_method":
            return getattr(args[0], str(target))(*args[1:], **kwargs)
        assert callable(target)
        return target(*args, **kwargs)


def _attribute(model: nn.Module, path: str) -> Any:
    """What stands at a dotted path below a module."""
    found: Any = model
    for name in path.split("."):
        found = getattr(found, name)
    return found
