"""All networks, each loaded when it is first asked for; a bad file costs its own network only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import torch

from app.networks.errors import NetworkUnavailable, UnknownNetwork
from app.networks.loaded_network import LoadedNetwork
from app.networks.own.error import OwnNetworkError
from app.networks.own.own_network import OWN_DATASET, OwnNetwork
from app.networks.registry import ARCHITECTURES
from app.networks.shelf import Places, Shelved, UnavailableNetwork


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


AnyNetwork = LoadedNetwork | UnavailableNetwork | UnreadNetwork


class Library:
    """The networks that can be asked for, by name."""

    def __init__(self, shelved: Iterable[Shelved], own: Mapping[str, AnyNetwork]) -> None:
        self._shelved = {each.architecture.name: each for each in shelved}
        self._own = own

    @classmethod
    def load(
        cls,
        models_dir: Path,
        device: torch.device,
        own: OwnNetwork | None = None,
        weights_dir: Path | None = None,
    ) -> Self:
        """Every registered network, each with its weights from its own folder in `models_dir`.

        Args:
            own: the user's, last; of a name that is taken it takes the place.
            weights_dir: where the files are that torchvision publishes.
        """
        places = Places(models_dir, weights_dir)
        shelved = [Shelved(each, places, device) for each in ARCHITECTURES.values()]
        return cls(shelved, {} if own is None else {own.name: load_own(own, device)})

    def summaries(self) -> list[dict[str, Any]]:
        """One row a network, in the order they are registered."""
        return [network.summary for network in {**self._shelved, **self._own}.values()]

    def is_loaded(self, name: str) -> bool:
        """Whether asking it takes no more than its layers, or there is none of that name.

        One whose user's code runs anew for each image may take any time.
        """
        own = self._own.get(name)
        if own is not None:
            return not (isinstance(own, LoadedNetwork) and own.graph.reads_numbers)
        return name not in self._shelved or self._shelved[name].is_loaded

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
