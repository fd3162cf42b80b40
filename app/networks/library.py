"""All networks of a folder of weights, loaded once; a bad file costs its own network only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import torch
from torch import nn

from app.networks.checkpoint import CheckpointError, load_checkpoint
from app.networks.errors import NetworkUnavailable, UnknownNetwork
from app.networks.graph import GraphError
from app.networks.loaded_network import LoadedNetwork
from app.networks.outline import make_outline
from app.networks.own.error import OwnNetworkError
from app.networks.own.own_network import OWN_DATASET, OwnNetwork
from app.networks.registry import ARCHITECTURES, Architecture
from app.networks.tracing import read_graph


@dataclass(frozen=True)
class UnreadNetwork:
    """A network of the user's own that could not be had, and the reason in a sentence."""

    name: str
    target: str
    reason: str

    @property
    def summary(self) -> dict[str, Any]:
        """The network in one row of a list; of what it is nothing is known."""
        return {
            "name": self.name,
            "title": self.name,
            "source": Path(self.target).name,
            "dataset": OWN_DATASET,
            "classes": [],
            "input_shape": [],
            "parameters": 0,
            "multiply_accumulates": 0,
            "weights": "unavailable",
            "accuracy": None,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class UnavailableNetwork:
    """A network that cannot be used, and the reason in a sentence.

    Args:
        weights: "untrained" when there are none, "unavailable" when they are bad, or when the
            network cannot be followed.
    """

    architecture: Architecture
    weights: str
    reason: str

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The network in one row of a list: the architecture is known all the same."""
        parameters, multiply_accumulates = _costs(self.architecture)
        return {
            **self.architecture.as_dict(),
            "parameters": parameters,
            "multiply_accumulates": multiply_accumulates,
            "weights": self.weights,
            "accuracy": None,
            "reason": self.reason,
        }


AnyNetwork = LoadedNetwork | UnavailableNetwork | UnreadNetwork


class Library:
    """The networks that can be asked for, by name."""

    def __init__(self, networks: dict[str, AnyNetwork]) -> None:
        self._networks = networks

    @classmethod
    def load(cls, models_dir: Path, device: torch.device, own: OwnNetwork | None = None) -> Self:
        """Every registered network, with its weights from its own folder in `models_dir`.

        Args:
            own: the user's, last; of a name that is taken it takes the place.
        """
        networks: dict[str, AnyNetwork] = {
            name: load_network(architecture, models_dir / name, device)
            for name, architecture in ARCHITECTURES.items()
        }
        if own is not None:
            networks[own.name] = load_own(own, device)
        return cls(networks)

    def summaries(self) -> list[dict[str, Any]]:
        """One row a network, in the order they are registered."""
        return [network.summary for network in self._networks.values()]

    def get(self, name: str) -> LoadedNetwork:
        """The network of that name.

        Raises: UnknownNetwork; NetworkUnavailable with the reason.
        """
        network = self._networks.get(name)
        if network is None:
            raise UnknownNetwork(
                f"There is no network of that name; there is {', '.join(self._networks)}."
            )
        if not isinstance(network, LoadedNetwork):
            raise NetworkUnavailable(network.reason)
        return network


def load_own(own: OwnNetwork, device: torch.device) -> LoadedNetwork | UnreadNetwork:
    """The user's network, or the reason why not."""
    try:
        return own.load(device)
    except OwnNetworkError as error:
        return UnreadNetwork(own.name, own.target, str(error))


def load_network(
    architecture: Architecture, folder: Path, device: torch.device
) -> LoadedNetwork | UnavailableNetwork:
    """One network with the weights of `folder`, or the reason why not."""
    if not folder.is_dir():
        reason = f"{architecture.title} has not been trained here yet: train it to use it."
        return UnavailableNetwork(architecture, "untrained", reason)
    try:
        model = _build(architecture)
        card = load_checkpoint(folder, model)
        return LoadedNetwork(architecture, model, card, device)
    except (CheckpointError, GraphError) as error:
        return UnavailableNetwork(architecture, "unavailable", f"{architecture.title}: {error}")


def _build(architecture: Architecture) -> nn.Module:
    """The network's module.

    Raises: GraphError when its own code fails.
    """
    try:
        return architecture.build()
    except Exception as error:  # a network's own code may raise anything
        raise GraphError(f"it cannot be built: {type(error).__name__}.") from error


def _costs(architecture: Architecture) -> tuple[int, int]:
    """How many numbers a network learns, and its multiply-accumulates; 0 as far as it has none."""
    try:
        model = _build(architecture)
    except GraphError:
        return 0, 0
    try:
        outline = make_outline(architecture, read_graph(model, architecture.input_shape))
    except GraphError:
        return sum(parameter.numel() for parameter in model.parameters()), 0
    return outline.parameters, outline.multiply_accumulates
