"""A network that is there already, with other weights: neither built nor read again."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, TypeVar

from torch import Tensor, nn

from app.networks.architecture import Architecture
from app.networks.loaded_network import LoadedNetwork

T = TypeVar("T")


def with_weights(
    network: LoadedNetwork,
    weights: Mapping[str, Tensor],
    architecture: Architecture,
    card: dict[str, Any],
) -> LoadedNetwork:
    """The network with these weights; its modules are copied, and no number of theirs.

    Args:
        weights: under the names of the model's `state_dict`, checked before.
        architecture: under whose name it answers.
    """
    held = network.model.state_dict(keep_vars=True)
    others = {
        name: nn.Parameter(weights[name].to(network.device), requires_grad=False)
        if isinstance(tensor, nn.Parameter)
        else weights[name].to(network.device)
        for name, tensor in held.items()
    }
    model, graph = copied((network.model, network.graph), held, others)
    return LoadedNetwork(architecture, model, card, network.device, graph)


def copied(value: T, tensors: Mapping[str, Tensor], others: Mapping[str, Tensor]) -> T:
    """A copy of modules, in which other tensors are in the places of these, name by name."""
    return deepcopy(value, {id(tensor): others[name] for name, tensor in tensors.items()})
