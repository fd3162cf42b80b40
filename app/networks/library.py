"""All networks, each loaded when it is first asked for; a bad file costs its own network only."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import torch
from torch import nn

from app.networks.architecture import Costs
from app.networks.checkpoint import CheckpointError, load_checkpoint, read_checked
from app.networks.errors import NetworkUnavailable, UnknownNetwork
from app.networks.graph import GraphError
from app.networks.loaded_network import LoadedNetwork, ready_row
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
        costs = self.architecture.costs or _costs(self.architecture)
        return {
            **self.architecture.as_dict(),
            **costs._asdict(),
            "weights": self.weights,
            "accuracy": None,
            "reason": self.reason,
        }


AnyNetwork = LoadedNetwork | UnavailableNetwork | UnreadNetwork


class _Shelved:
    """A registered network, whose weights become numbers when it is first asked for."""

    def __init__(self, architecture: Architecture, models_dir: Path, device: torch.device) -> None:
        self.architecture, self.device = architecture, device
        self.folder = models_dir / (architecture.weights_of or architecture.name)
        self._lock = threading.Lock()
        self._network: LoadedNetwork | UnavailableNetwork | None = None

    def network(self) -> LoadedNetwork | UnavailableNetwork:
        """The network, loaded once however many ask for it."""
        with self._lock:
            if self._network is None:
                self._network = load_network(self.architecture, self.folder, self.device)
            return self._network

    @property
    def summary(self) -> dict[str, Any]:
        """The network in one row of a list, without building it where its costs are known."""
        if self._network is None and (row := self._row_by_card) is not None:
            return row
        return self.network().summary

    @cached_property
    def _row_by_card(self) -> dict[str, Any] | None:
        """The row as the card has it, where the weights are there and its own."""
        if self.architecture.costs is None:
            return None
        try:
            _, card = read_checked(self.folder)
        except CheckpointError:
            return None
        return ready_row(self.architecture, self.architecture.costs, card)


class Library:
    """The networks that can be asked for, by name."""

    def __init__(self, shelved: Iterable[_Shelved], own: Mapping[str, AnyNetwork]) -> None:
        self._shelved = {each.architecture.name: each for each in shelved}
        self._own = own

    @classmethod
    def load(cls, models_dir: Path, device: torch.device, own: OwnNetwork | None = None) -> Self:
        """Every registered network, each with its weights from its own folder in `models_dir`.

        Args:
            own: the user's, last; of a name that is taken it takes the place.
        """
        shelved = [_Shelved(each, models_dir, device) for each in ARCHITECTURES.values()]
        return cls(shelved, {} if own is None else {own.name: load_own(own, device)})

    def summaries(self) -> list[dict[str, Any]]:
        """One row a network, in the order they are registered."""
        return [network.summary for network in {**self._shelved, **self._own}.values()]

    def get(self, name: str) -> LoadedNetwork:
        """The network of that name, loaded now if it was not before.

        Raises: UnknownNetwork; NetworkUnavailable with the reason.
        """
        if name in self._own:
            network = self._own[name]
        elif name in self._shelved:
            network = self._shelved[name].network()
        else:
            names = ", ".join({**self._shelved, **self._own})
            raise UnknownNetwork(f"There is no network of that name; there is {names}.")
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


def _costs(architecture: Architecture) -> Costs:
    """What a network costs by its module; 0 as far as it has none."""
    try:
        model = _build(architecture)
    except GraphError:
        return Costs(0, 0)
    try:
        outline = make_outline(architecture, read_graph(model, architecture.input_shape))
    except GraphError:
        return Costs(sum(parameter.numel() for parameter in model.parameters()), 0)
    return Costs(outline.parameters, outline.multiply_accumulates)
