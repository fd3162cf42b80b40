"""The networks of runs' moments that were asked for last, as many as there is room for."""

from __future__ import annotations

import torch

from app.networks.loaded_network import LoadedNetwork
from app.training.recent import Recent
from app.training.runs.moment import Moment, load_moment, moment_of
from app.training.runs.store import RunStore

# A hundred and fifty moments of MyCNN.
MOST_BYTES = 256_000_000
MOST_RUNS = 8


class MomentNetworks:
    """Loads each moment once; of a run's second moment on, nothing but the weights is new.

    Any number of threads may ask.
    """

    def __init__(self, store: RunStore, most_bytes: int = MOST_BYTES) -> None:
        self.store = store
        self._networks = Recent[tuple[str, str], LoadedNetwork](most_bytes, bytes_of)
        self._first = Recent[str, LoadedNetwork](MOST_RUNS)

    def has(self, name: str) -> bool:
        """Whether a network of this name has been loaded already."""
        return any(known == name for known, _ in self._networks)

    def get(self, name: str, device: torch.device) -> LoadedNetwork:
        """The network of a run's moment.

        Raises: UnknownNetwork; NetworkUnavailable.
        """
        return self.of(moment_of(self.store, name), device, name)

    def of(self, moment: Moment, device: torch.device, name: str | None = None) -> LoadedNetwork:
        """The network of a moment, under the name of its step unless it is given another.

        Raises: NetworkUnavailable.
        """
        name, run = name or moment.name, moment.run.id
        key = (name, moment.checkpoint.sha256)
        if known := self._networks.get(key):
            return known
        like = self._first.get(run)
        network = load_moment(self.store, moment, name, device, like)
        self._networks.keep(key, network)
        self._first.keep(run, like or network)
        return network


def bytes_of(network: LoadedNetwork) -> int:
    """How much room the weights of a network take up."""
    return sum(tensor.nbytes for tensor in network.model.state_dict().values())
