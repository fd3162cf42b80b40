"""A network's graph, read off its module: every call of its forward, and what it reads.

**It is proved, not believed.** Each layer is called again with what it was given and has to give
what it gave, bit by bit; then the layers one by one, on another image, have to give what the
network gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks.graph import Graph, GraphError
from app.networks.graph_reader import GraphReader
from app.networks.kinds import is_explained
from app.networks.position import Shape
from app.networks.proof import NOT_ACCEPTED, is_same
from app.networks.recording.containers import leaves
from app.networks.recording.failure import ForwardFailed
from app.networks.recording.recorder import record


def read_graph(
    model: nn.Module,
    input_shape: Shape,
    image: Tensor | None = None,
    may_end_anywhere: bool = False,
) -> Graph:
    """The data flow of a network in evaluation, with softmax added behind its logits.

    The model is left as it was: its modes, its running statistics and other buffers, and torch's
    random numbers.

    Args:
        image: what is sent through, (1, C, H, W), so that each activation's shape is known; random
            values where it is None.
        may_end_anywhere: whether it may give something else than logits, or raise half-way: the
            graph is then that of the calls before.

    Raises: GraphError when forward raises, or its layers one by one do not give what it gives.
    """
    images = [torch.rand((1, *input_shape), generator=_seeded(seed)) for seed in (0, 1)]
    device, dtype = next(model.parameters(), images[0]).device, dtype_of(model)
    first, second = (
        each.to(device, dtype) for each in (images[0] if image is None else image, images[1])
    )
    # Tensors of inference mode do not count how often they are written into.
    with torch.inference_mode(False), torch.no_grad(), _kept_as_it_is(model):
        try:
            recording, failure = record(model, first, is_layer), None
        except ForwardFailed as error:
            recording, failure = error.recording, str(error)

        def read(*, encodes: bool) -> Graph:
            reader = GraphReader(recording, encodes=encodes)
            graph = reader.graph(model, failure, may_end_anywhere)
            if not graph.reads_numbers and failure is None:
                _compare(graph, model, second)
                if graph.encodings:
                    _check_shapes(graph, torch.zeros_like(second))
            return graph

        try:
            return read(encodes=True)
        except (GraphError, *NOT_ACCEPTED):
            return read(encodes=False)


def dtype_of(model: nn.Module) -> torch.dtype:
    """The type that a model's images have: that of its first weight, where it is a real number."""
    first = next(model.parameters(), torch.empty(0))
    return first.dtype if first.is_floating_point() else torch.float32


def is_layer(module: nn.Module) -> bool:
    """Whether a module is one layer: one that a kind explains, or one of PyTorch's own."""
    if is_explained(type(module)):
        return True
    if isinstance(module, torch.jit.ScriptModule):
        return True  # nobody sees what it calls
    is_container = isinstance(module, (nn.Sequential, nn.ModuleList, nn.ModuleDict))
    return type(module).__module__.startswith("torch.nn.modules") and not is_container


@contextmanager
def _kept_as_it_is(model: nn.Module) -> Iterator[None]:
    """The model in evaluation, and afterwards as it was."""
    modes = {module: module.training for module in model.modules()}
    buffers = [(buffer, buffer.clone()) for buffer in model.buffers()]
    model.eval()
    try:
        with torch.random.fork_rng():
            torch.manual_seed(0)  # what draws by chance is found out always or never
            yield
    finally:
        for module, training in modes.items():
            module.training = training
        for buffer, was in buffers:
            if not is_same(buffer, was):
                buffer.copy_(was)


def _compare(graph: Graph, model: nn.Module, image: Tensor) -> None:
    """Raises: GraphError when the layers one by one do not give what the model gives."""
    values = graph.run(image)
    # Logits may be returned as they are, or as the probabilities that they make.
    found = [graph.ends] if graph.ends else [(name,) for name in graph.outputs]
    returned = [leaf for leaf in leaves(model(image)) if isinstance(leaf, Tensor)]

    def value_of(name: str) -> Tensor:
        """What a layer gave, as it is."""
        encoding = graph.encodings.get(name)
        return values[name] if encoding is None else encoding.decode(values[name])

    if not all(
        any(is_same(value_of(name), each) for name in names for each in returned) for names in found
    ):
        raise GraphError(
            "forward keeps something from one image to the next, or computes outside of PyTorch: "
            "on another image its layers one by one give another answer."
        )


def _check_shapes(graph: Graph, image: Tensor) -> None:
    """Raises: MechanicsError when what is encoded has another shape on an image of one colour.

    As where places are looked for: of random values there is one largest, here all are.
    """
    try:
        graph.run(image)
    except MechanicsError:
        raise
    except NOT_ACCEPTED:
        return  # the network's own, which its layers raise as well


def _seeded(seed: int) -> torch.Generator:
    """Random numbers that are always the same."""
    return torch.Generator().manual_seed(seed)
