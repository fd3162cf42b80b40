"""What feeds what in a network, read off the module itself."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from torch import Tensor, fx, nn

INPUT = "input"
SOFTMAX = "softmax"


class GraphError(ValueError):
    """A module whose data flow cannot be drawn; the message says what to change in it."""


@dataclass(frozen=True)
class Node:
    """One layer: its name in the network, its module, and the layers (or "input") it reads."""

    name: str
    module: nn.Module
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """Every layer in the order data flows, softmax last; `logits` names the layer before it."""

    nodes: tuple[Node, ...]
    logits: str

    def run(
        self, images: Tensor, keep: Container[str] | None = None, until: str | None = None
    ) -> dict[str, Tensor]:
        """Every layer's activation for a batch, in the order data flows, "input" first.

        The layers are called one by one, which costs no more than the model's own `forward` and,
        unlike hooks, lets any number of threads ask at the same time.

        Args:
            keep: the layers whose activations are returned; all where it is None.
            until: the last layer to compute.
        """
        values = {INPUT: images}
        for node in self.nodes:
            values[node.name] = node.module(*[values[name] for name in node.inputs])
            if node.name == until:
                break
        if keep is None:
            return values
        return {name: value for name, value in values.items() if name in keep}


class _Tracer(fx.Tracer):
    """Records which module reads which; a module without children is one layer."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return next(m.children(), None) is None


def read_graph(model: nn.Module) -> Graph:
    """The data flow of a network whose every operation is a module, with softmax added at its end.

    Raises: GraphError when `forward` does something that is not a module's, or calls one twice.
    """
    nodes: list[Node] = []
    names: dict[fx.Node, str] = {}
    for node in _Tracer().trace(model).nodes:
        if node.op == "placeholder":
            names[node] = INPUT
        elif node.op == "output":
            logits = names[node.all_input_nodes[0]]
            nodes.append(Node(SOFTMAX, nn.Softmax(dim=1), (logits,)))
            return Graph(tuple(nodes), logits)
        elif node.op == "call_module":
            name = str(node.target)
            if name in names.values():
                raise GraphError(f"{name} is called twice; give each call a module of its own.")
            names[node] = name
            inputs = tuple(names[source] for source in node.all_input_nodes)
            nodes.append(Node(name, model.get_submodule(name), inputs))
        else:
            raise GraphError(
                f"forward uses {node.target} itself; make it a module, so that it can be shown."
            )
    raise GraphError("forward returns nothing.")
