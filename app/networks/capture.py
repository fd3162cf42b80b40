"""Activations caught by forward hooks while a model runs by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

from torch import Tensor, nn

Hook = Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]


@contextmanager
def capture(model: nn.Module, layers: Iterable[str]) -> Iterator[dict[str, Tensor]]:
    """A mapping that fills, layer by layer, with the activations of every run inside the block.

    The hooks are gone when the block is left, also by an error, and they hear only the thread that
    opened it: somebody else's run of the same model does not get in.

    Args:
        layers: names of modules of the model, as `named_modules` gives them.

    Raises: AttributeError when the model has no such module.

    Example:
        >>> import torch
        >>> model = nn.Sequential(nn.ReLU())
        >>> with capture(model, ["0"]) as activations:
        ...     _ = model(torch.tensor([-1.0, 2.0]))
        >>> activations["0"].tolist()
        [0.0, 2.0]
    """
    thread = threading.get_ident()
    activations: dict[str, Tensor] = {}

    def hook_for(name: str) -> Hook:
        def keep(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            if threading.get_ident() == thread:
                activations[name] = output

        return keep

    with ExitStack() as hooks:
        for name in layers:
            module = model.get_submodule(name)
            hooks.enter_context(module.register_forward_hook(hook_for(name)))
        yield activations
