"""A network's graph, read off its module: every call of its forward, and what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, fx, nn

from app.networks.functions import Activation, module_of
from app.networks.graph import INPUT, SOFTMAX, Graph, GraphError, Node
from app.networks.modules import Call
from app.networks.position import Shape
from app.networks.recording import Recorder, Tracer, counted

MAX_AXES = 4
"""How many axes an activation of one image has at most, that of the batch counted."""


def read_graph(model: nn.Module, input_shape: Shape) -> Graph:
    """The data flow of a network in evaluation, with softmax added at its end.

    One image is sent through, so that each activation's shape is known, and through the layers one
    by one, so that it is sure that they are the network.

    Raises: GraphError when forward cannot be recorded, or the layers one by one do not give what
        the network gives.
    """
    image = torch.rand((1, *input_shape), generator=torch.Generator().manual_seed(0))
    with _in_evaluation(model), torch.no_grad():
        parameter = next(model.parameters(), image)
        image = image.to(parameter.device, parameter.dtype)
        try:
            return _read(model, image)
        except GraphError:
            raise
        except Exception as error:  # a network's own code may raise anything
            raise GraphError(f"forward cannot be followed: {type(error).__name__}.") from error


@contextmanager
def _in_evaluation(model: nn.Module) -> Iterator[None]:
    """The model in evaluation, and nothing in it writing into what it reads."""
    was_training = model.training
    model.eval()
    for module in model.modules():
        if getattr(module, "inplace", False) is True:
            module.inplace = False  # type: ignore[assignment]  # an ordinary attribute of PyTorch's
    try:
        yield
    finally:
        model.train(was_training)


def _read(model: nn.Module, image: Tensor) -> Graph:
    """The graph, checked against the model's own answer to one image."""
    tracer = Tracer()
    recorded = tracer.trace(model)
    if sum(node.op == "placeholder" and bool(node.users) for node in recorded.nodes) != 1:
        raise GraphError("forward takes something else than one batch of images.")
    values = Recorder(fx.GraphModule(model, recorded)).values_for(image)
    reader = _Reader(model, tracer.names, values)
    for node in recorded.nodes:
        reader.add(node)
    graph = reader.graph()
    found, expected = graph.run(image)[graph.logits], model(image)
    if not torch.allclose(found, expected, rtol=1e-3, atol=1e-5, equal_nan=True):
        raise GraphError(
            "forward changes a value after it was used, or draws by chance: its layers one by one "
            "give another answer."
        )
    return graph


class _Reader:
    """Makes layers of recorded calls."""

    def __init__(
        self, model: nn.Module, names: dict[fx.Node, str], values: dict[fx.Node, Any]
    ) -> None:
        self.model, self.names, self.values = model, names, values
        self.nodes: list[Node] = []
        self.layers: dict[fx.Node, str] = {}
        self.logits = ""

    def add(self, node: fx.Node) -> None:
        """One recorded call: a layer where it gives an activation, else a part of others."""
        if node.op == "placeholder" and node.users:
            self.layers[node] = INPUT
        elif node.op == "output":
            self.logits = self._logits(node)
        elif self._is_activation(node):
            op, read = self._op(node)
            self.nodes.append(Node(self.names[node], op, tuple(self.layers[r] for r in read)))
            self.layers[node] = self.names[node]

    def graph(self) -> Graph:
        """All of it, the probabilities added."""
        taken = {node.name for node in self.nodes}
        name = SOFTMAX if SOFTMAX not in taken else counted(SOFTMAX, taken)
        nodes = (*self.nodes, Node(name, nn.Softmax(dim=1), (self.logits,)))
        shapes = {name: tuple(self.values[node].shape[1:]) for node, name in self.layers.items()}
        shapes[name] = shapes[self.logits]
        parameters = sum(parameter.numel() for parameter in self.model.parameters())
        return Graph(nodes, self.logits, shapes, parameters)

    def _logits(self, node: fx.Node) -> str:
        """The layer that is returned."""
        (returned,) = node.args
        is_layer = isinstance(returned, fx.Node) and self.layers.get(returned, INPUT) != INPUT
        if not isinstance(returned, fx.Node) or not is_layer or self.values[returned].dim() != 2:
            raise GraphError("forward returns something else than one row of logits an image.")
        return self.layers[returned]

    def _is_activation(self, node: fx.Node) -> bool:
        """Whether a call gives an activation of the one image, and reads one."""
        value = self.values[node]
        return node.op.startswith("call") and (
            isinstance(value, Tensor)
            and value.is_floating_point()
            and 2 <= value.dim() <= MAX_AXES
            and len(value) == 1
            and bool(self._feeds(node))
        )

    def _feeds(self, node: fx.Node) -> tuple[fx.Node, ...]:
        """The activations that a call reads, also by way of what is none, in the order it reads."""
        found: list[fx.Node] = []
        for source in node.all_input_nodes:
            found += [source] if source in self.layers else self._feeds(source)
        return tuple(dict.fromkeys(found))

    def _op(self, node: fx.Node) -> tuple[nn.Module, tuple[fx.Node, ...]]:
        """What a call does, as a module, and the activations that it reads."""
        feeds = self._feeds(node)
        if node.op == "call_module":
            if not node.kwargs and all(arg in self.layers for arg in node.args):
                return self.model.get_submodule(str(node.target)), node.args  # type: ignore[return-value]  # all of them nodes
        else:
            read: list[fx.Node] = []

            def argument(each: fx.Node) -> Any:
                if each not in self.layers:
                    return self.values[each]
                read.append(each)
                return Activation()

            args, kwargs = fx.map_arg(node.args, argument), fx.map_arg(node.kwargs, argument)
            found = module_of(node.target, args, kwargs, self._flattens(node, feeds))
            if found is not None:
                return found.eval(), tuple(read)
        return Call(node, feeds, self.model), feeds

    def _flattens(self, node: fx.Node, feeds: tuple[fx.Node, ...]) -> bool:
        """Whether one activation becomes one axis."""
        before, after = self.values[feeds[0]], self.values[node]
        return len(feeds) == 1 and after.dim() == 2 and after.numel() == before.numel()
