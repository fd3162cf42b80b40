"""What frozen layers make of every image: computed once, since it is the same in every epoch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from torch import Tensor, fx, nn

from app.networks.normalization import Normalization
from app.training.datasets import Dataset, ordered_batches
from app.training.evaluation import BATCH_SIZE

DROPOUTS = (nn.Dropout, nn.Dropout2d)
# More than that is not kept; the frozen layers compute in each epoch then.
MOST_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Features(Dataset):
    """What frozen layers made of a data set's images; nothing is left to be done to them.

    Shape: images (N, …) float32.
    """

    def batch(
        self,
        indices: Tensor,
        normalization: Normalization,
        device: torch.device,
        change: Callable[[Tensor], Tensor] | None = None,
    ) -> tuple[Tensor, Tensor]:
        """The features at `indices`, with their labels, on the device."""
        return _laid_out(self.images[indices]).to(device), self.labels[indices].to(device)


class Halves(NamedTuple):
    """A network cut in two, both halves made of its own modules."""

    frozen: nn.Module
    learning: nn.Module


class Apart(NamedTuple):
    """The half that learns, and what it learns from and is judged by."""

    learning: nn.Module
    training: Dataset
    validation: Dataset


def read_apart(
    model: nn.Module,
    training: Dataset,
    validation: Dataset,
    batch_size: int,
    normalization: Normalization,
    device: torch.device,
    before_batch: Callable[[], None],
) -> Apart | None:
    """Everything computed that stays the same while a network learns.

    Args:
        before_batch: called before every batch; what it raises ends the reading.

    Returns: None where no part of it is frozen, or what that gives is too much to be kept.
    """
    if (halves := cut(model)) is None:
        return None
    model.eval()
    read = []
    for dataset, size in ((training, batch_size), (validation, BATCH_SIZE)):
        parts: list[Tensor] = []
        with torch.no_grad():
            for images, _ in ordered_batches(dataset, size, normalization, device):
                before_batch()
                parts.append(halves.frozen(images).cpu())
                if parts[0].nbytes / len(parts[0]) * len(dataset) > MOST_BYTES:
                    return None
        values = replace(dataset, images=torch.cat(parts))
        read.append(Features(**vars(values)))
    return Apart(halves.learning, *read)


def cut(model: nn.Module) -> Halves | None:
    """A network as the part before anything learns or is left out by chance, and the rest.

    Returns: None where there is no such part, or more than one value goes from it to the rest.
    """
    try:
        graph = fx.Tracer().trace(model)
    except (TypeError, ValueError, RuntimeError):  # what a forward does cannot be read
        return None
    if any("dropout" in str(node.target) for node in graph.nodes if node.op == "call_function"):
        return None  # what is drawn by no module is drawn before and behind alike
    alive = _alive(graph, model)
    handed = {each for node in alive for each in node.all_input_nodes if each not in alive}
    if len(handed) != 1 or (place := handed.pop()).op == "placeholder":
        return None
    first, copies = fx.Graph(), dict[fx.Node, fx.Node]()
    for node in graph.nodes:
        if node not in alive:
            copies[node] = first.node_copy(node, copies.__getitem__)
    first.output(copies[place])
    second = fx.Graph()
    copies = {place: second.placeholder("features")}
    for node in alive:
        copies[node] = second.node_copy(node, copies.__getitem__)
    return Halves(fx.GraphModule(model, first), fx.GraphModule(model, second))


def _alive(graph: fx.Graph, model: nn.Module) -> dict[fx.Node, None]:
    """What learns or is drawn by chance, and all that is computed from it, in order."""
    alive: dict[fx.Node, None] = {}
    for node in graph.nodes:
        itself = node.op == "output"
        if node.op == "get_attr":
            itself = getattr(_attribute(model, str(node.target)), "requires_grad", False)
        elif node.op == "call_module":
            module = model.get_submodule(str(node.target))
            itself = any(each.requires_grad for each in module.parameters()) or any(
                isinstance(each, DROPOUTS) for each in module.modules()
            )
        if itself or any(each in alive for each in node.all_input_nodes):
            alive[node] = None
    return alive


def _attribute(model: nn.Module, target: str) -> object:
    """What a network has under a name with dots."""
    owner, _, name = target.rpartition(".")
    return getattr(model.get_submodule(owner), name)


def _laid_out(values: Tensor) -> Tensor:
    """As the layers that learn had them from the frozen ones: maps with the channels last."""
    return values.contiguous(memory_format=torch.channels_last) if values.ndim == 4 else values
