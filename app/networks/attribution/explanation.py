"""A question to a network why it decided as it did, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.mechanics.rank_correlation import rank_correlation
from app.networks.attribution.method import Attribution, Method, Question, Reason, Tell
from app.networks.attribution.randomization import (
    Randomization,
    Randomized,
    with_random_layers,
)
from app.networks.loaded_network import LoadedNetwork
from app.networks.modules import PartialConv2d
from app.networks.paths import Path
from app.networks.position import times


@dataclass(frozen=True)
class Explanation:
    """Which places count, and for what.

    Args:
        reason: the class, and the one it is compared with.
        randomized: the same with random layers, where that was asked for.
    """

    reason: Reason
    attribution: Attribution
    randomized: Randomized | None = None


def explain(
    network: LoadedNetwork,
    image: Tensor,
    method: Method,
    index: int | None = None,
    against: int | None = None,
    layer: str | None = None,
    tell: Tell = lambda done, of: None,
    randomization: Randomization | None = None,
) -> Explanation:
    """Which places in an image made a network decide as it did.

    Args:
        image: (C, H, W) in [0, 1].
        index: the class; the one the network names where it is None.
        against: another class, where what counts is the difference.
        layer: for methods that look at one; the last convolution where it is None.
        tell: told how many steps of how many are done.
        randomization: which layers are drawn anew to see whether the method notices; the class is
            that of the trained network all the same.

    Raises: UnknownLayer; MechanicsError for a layer without maps, a class there is not, or more
        random layers than there are.
    """
    images = network.normalize(image)
    path = network.paths.of(images)
    graph, logits = path.graph, path.graph.logits
    if logits is None:
        raise MechanicsError(
            f"{network.architecture.title} gives no classes: there is none to explain.", "class"
        )
    for name, given in (("class", index), ("against", against)):
        if given is not None and given >= len(network.architecture.classes):
            last = len(network.architecture.classes) - 1
            raise MechanicsError(
                f"{name} is {given}, but the network's classes go from 0 to {last}.", name
            )
    if index is None:
        with torch.inference_mode():
            index = int(graph.run(images)[logits][0].argmax())
    if index == against:
        raise MechanicsError(
            f"Class {index} is compared with itself, which is no difference.", "against"
        )
    reason = Reason(index, against)
    looked_at = layer_with_maps(path, layer) if method.needs_layer or layer else ""
    paper = network.normalize(torch.zeros_like(image))
    question = Question(
        graph, images, paper, reason, looked_at, tell, tuple(network.architecture.classes)
    )
    if not randomization or not randomization.count:
        return Explanation(reason, method.attribute(question))
    return _beside_random(question, method, randomization)


def _beside_random(question: Question, method: Method, wanted: Randomization) -> Explanation:
    """What a method finds in the trained network, and in the one with random layers."""
    graph, layers = with_random_layers(question.graph, wanted)

    def half(before: int) -> Tell:
        """Tells the steps of one of the two as the first or the second half of all."""
        return lambda done, of: question.tell(before * of + done, 2 * of)

    found = method.attribute(replace(question, tell=half(0)))
    values = method.attribute(replace(question, graph=graph, tell=half(1))).values
    alike = rank_correlation(found.values, values)
    return Explanation(question.reason, found, Randomized(layers, wanted.seed, values, alike))


def layer_with_maps(path: Path, name: str | None) -> str:
    """A layer whose maps can be looked at; the last convolution, or the last with maps.

    A map of a single place tells no place from another: it is taken only where there is no other.
    Nor is a 1×1 convolution of each map by itself meant, which is a factor and a term.

    Raises: UnknownLayer; MechanicsError where there are no maps.
    """
    if name is not None:
        shape = path.layer(name).output_shape
        if len(shape) != 3:
            raise MechanicsError(f"{name} has no maps, but is {times(shape)}.", "layer")
        return name
    with_maps = [node for node in path.graph.nodes if len(path.graph.shapes[node.name]) == 3]
    if not with_maps:
        raise MechanicsError(f"{path.title} has no layer with maps.", "layer")

    def rank(name: str, op: nn.Module) -> tuple[bool, bool]:
        """What has places at all comes first, of these a convolution."""
        is_convolution = isinstance(op, (nn.Conv2d, PartialConv2d)) and not _is_factor(op)
        return prod(path.graph.shapes[name][1:]) > 1, is_convolution

    # Of several that rank alike the first of those turned round: the last.
    return max(reversed(with_maps), key=lambda node: rank(node.name, node.op)).name


def _is_factor(op: nn.Conv2d | PartialConv2d) -> bool:
    """Whether each map is multiplied by a number of its own, and nothing else."""
    return prod(op.kernel_size) == 1 and 1 < op.groups == op.in_channels
