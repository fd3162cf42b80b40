"""A network whose layers near the answer have forgotten what they learned."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks.graph import Graph


@dataclass(frozen=True)
class Randomization:
    """How many layers are drawn anew, and by which dice.

    Args:
        count: of the layers that learn, from the answer backwards; 0 for none.
        seed: the same one draws the same weights, and of more layers the first ones alike.
    """

    count: int
    seed: int = 0


@dataclass(frozen=True)
class Randomized:
    """What a method finds with random layers, beside what it finds in the trained network.

    Args:
        layers: those drawn anew, the one nearest to the answer first.
        values: as the trained network's, on the CPU.
        rank_correlation: of both; None where all values of one are alike.
    """

    layers: tuple[str, ...]
    seed: int
    values: Tensor
    rank_correlation: float | None


def learning_layers(graph: Graph) -> list[str]:
    """The layers that learn, the one nearest to the answer first; a shared one stands once."""
    by_op = {node.op: node.name for node in graph.nodes if any(True for _ in node.op.parameters())}
    last_first = [node.name for node in reversed(graph.nodes)]
    return sorted(by_op.values(), key=last_first.index)


def with_random_layers(graph: Graph, wanted: Randomization) -> tuple[Graph, tuple[str, ...]]:
    """The graph with other weights in the layers nearest to its answer, and which these are.

    Each of their tensors is drawn anew from a normal distribution with its own mean and standard
    deviation, so that activations neither die nor explode. The layers are copies: the network
    itself stays as it is.

    Raises: MechanicsError where fewer layers learn.

    Source: Adebayo et al., "Sanity Checks for Saliency Maps", 2018, section 3: the cascading
        randomization. There the weights are initialized anew, whatever their scale had become.
    """
    learning = learning_layers(graph)
    if wanted.count > len(learning):
        raise MechanicsError(
            f"randomize is {wanted.count}, but only {len(learning)} layers learn.", "randomize"
        )
    names = tuple(learning[: wanted.count])
    dice = torch.Generator().manual_seed(wanted.seed)
    drawn = {graph.node(name).op: _drawn_anew(graph.node(name).op, dice) for name in names}
    nodes = tuple(replace(node, op=drawn.get(node.op, node.op)) for node in graph.nodes)
    return replace(graph, nodes=nodes), names


def _drawn_anew(op: nn.Module, dice: torch.Generator) -> nn.Module:
    """A copy of a layer with random weights, drawn on the CPU: alike on every device."""
    # Made where gradients are kept, as what they flow through has to be.
    with torch.inference_mode(False), torch.no_grad():
        copy = deepcopy(op)
        for parameter in copy.parameters():
            spread = parameter.float().std(correction=0)
            noise = torch.randn(parameter.shape, generator=dice).to(parameter.device)
            parameter.copy_(parameter.float().mean() + spread * noise)
    return copy
