"""The calls of a network's forward as `torch.fx` records them: their names, and what they gave."""

from __future__ import annotations

import re
from typing import Any

from torch import Tensor, fx, nn

from app.networks.graph import INPUT


class Tracer(fx.Tracer):
    """Records which call reads which; a module of PyTorch's, or without children, is one layer.

    Layers are named as torchvision's feature extractor names them: by the path of the module, or
    of the module that calls a function and then the function (`layer1.0.add`); what comes again is
    counted (`relu_1`).
    """

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[fx.Node, str] = {}
        self._path = ""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        """Whether a module is one layer: one of PyTorch's own, or one without children."""
        has_children = next(m.children(), None) is not None
        return not has_children or super().is_leaf_module(m, module_qualified_name)

    def call_module(self, m: nn.Module, *rest: Any) -> Any:
        """A module's call, within its path."""
        outer, self._path = self._path, self.path_of_module(m)
        try:
            return super().call_module(m, *rest)
        finally:
            self._path = outer

    def create_proxy(self, *args: Any, **kwargs: Any) -> fx.Proxy:
        """A recorded call, with its name."""
        proxy = super().create_proxy(*args, **kwargs)
        if proxy.node.op.startswith("call"):
            self.names[proxy.node] = self._name(proxy.node)
        return proxy

    def _name(self, node: fx.Node) -> str:
        """The path, with the function where one is called, and a number where it is taken."""
        name = self._path
        if node.op != "call_module":
            function = re.sub(r"_\d+$", "", node.name)
            name = f"{name}.{function}" if name else function
        taken = {INPUT, *self.names.values()}
        return name if name not in taken else counted(name, taken)


def counted(name: str, taken: set[str]) -> str:
    """The name with the first number that makes it new."""
    return next(new for i in range(1, len(taken) + 2) if (new := f"{name}_{i}") not in taken)


class Recorder(fx.Interpreter):
    """Runs what was recorded and keeps what every call gave."""

    def values_for(self, image: Tensor) -> dict[fx.Node, Any]:
        """By recorded call, what it gives for an image."""
        self.values: dict[fx.Node, Any] = {}
        self.run(image)
        return self.values

    def run_node(self, n: fx.Node) -> Any:
        """What one call gives, kept."""
        self.values[n] = super().run_node(n)
        return self.values[n]
