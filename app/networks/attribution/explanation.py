"""A question to a network why it decided as it did, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks.attribution.method import Attribution, Method, Question, Reason, Tell
from app.networks.loaded_network import LoadedNetwork
from app.networks.position import times


@dataclass(frozen=True)
class Explanation:
    """Which places count, and for what.

    Args:
        reason: the class, and the one it is compared with.
    """

    reason: Reason
    attribution: Attribution


def explain(
    network: LoadedNetwork,
    image: Tensor,
    method: Method,
    index: int | None = None,
    against: int | None = None,
    layer: str | None = None,
    tell: Tell = lambda done, of: None,
) -> Explanation:
    """Which places in an image made a network decide as it did.

    Args:
        image: (C, H, W) in [0, 1].
        index: the class; the one the network names where it is None.
        against: another class, where what counts is the difference.
        layer: for methods that look at one; the last convolution where it is None.
        tell: told how many steps of how many are done.

    Raises: UnknownLayer; MechanicsError for a layer without maps, or a class there is not.
    """
    images = network.normalize(image)
    graph = network.graph_of(images)
    for name, given in (("class", index), ("against", against)):
        if given is not None and given >= len(network.architecture.classes):
            raise MechanicsError(
                f"{name} is {given}, but the network has {len(network.architecture.classes)} "
                "classes, counted from 0.",
                name,
            )
    if index is None:
        with torch.inference_mode():
            index = int(graph.run(images)[graph.logits][0].argmax())
    if index == against:
        raise MechanicsError(
            f"Class {index} is compared with itself, which is no difference.", "against"
        )
    reason = Reason(index, against)
    looked_at = layer_with_maps(network, layer) if method.needs_layer or layer else ""
    paper = network.normalize(torch.zeros_like(image))
    question = Question(graph, images, paper, reason, looked_at, tell)
    return Explanation(reason, method.attribute(question))


def layer_with_maps(network: LoadedNetwork, name: str | None) -> str:
    """A layer whose maps can be looked at; the last convolution, or the last with maps.

    Raises: UnknownLayer; MechanicsError where there are no maps.
    """
    if name is not None:
        shape = network.layer(name).output_shape
        if len(shape) != 3:
            raise MechanicsError(f"{name} has no maps, but is {times(shape)}.", "layer")
        return name
    with_maps = [node for node in network.graph.nodes if len(network.graph.shapes[node.name]) == 3]
    last = [node for node in with_maps if isinstance(node.op, nn.Conv2d)] or with_maps
    if not last:
        raise MechanicsError(f"{network.architecture.title} has no layer with maps.", "layer")
    return last[-1].name
