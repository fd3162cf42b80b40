"""Torch, the device and the networks, loaded beside a server that already answers."""

from __future__ import annotations

import gc
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from app.web.wire.problems import Problem

if TYPE_CHECKING:
    import torch

    from app.networks import Library, LoadedNetwork
    from app.settings import Settings
    from app.web.training_runs import TrainingRuns

RETRY_AFTER_SECONDS = 1
OF_A_RUN = "run:"


class Loaded(NamedTuple):
    """What computing needs: the device, and every network.

    `own` is the name of the user's own network where there is one that can be used.
    """

    device: torch.device
    library: Library
    own: str | None = None


class Loading:
    """The networks, from the moment somebody begins to load them."""

    def __init__(self, settings: Settings, runs: TrainingRuns) -> None:
        self.settings, self.runs = settings, runs
        self.future: Future[Loaded] = Future()

    def start(self) -> None:
        """Begins to load in a thread of its own, which ends when it is done; once."""
        if self.future.done():
            return
        executor = ThreadPoolExecutor(1, thread_name_prefix="convoscope-loading")
        self.future = executor.submit(load, self.settings)
        executor.shutdown(wait=False)

    @property
    def is_ready(self) -> bool:
        """Whether weights are loaded and checked."""
        return self.future.done() and self.future.exception() is None

    def loaded(self) -> Loaded:
        """What is loaded. Raises: Problem 503 before that, or when it failed."""
        if not self.future.done():
            headers = {"retry-after": str(RETRY_AFTER_SECONDS)}
            sentence = "The networks are still being loaded; try again in a second."
            raise Problem(503, sentence, headers=headers)
        if self.future.exception() is not None:
            raise Problem(503, "The networks could not be loaded; the server's log says why.")
        return self.future.result()

    def is_at_hand(self, name: str) -> bool:
        """Whether a network answers without being loaded first."""
        if name.startswith(OF_A_RUN):
            return self.loaded() is not None and self.runs.is_at_hand(name)
        return self.loaded().library.is_loaded(name)

    def network(self, name: str) -> LoadedNetwork:
        """A network that can compute. Raises: Problem 503, UnknownName, Unavailable."""
        if name.startswith(OF_A_RUN):
            return self.runs.network(name, self.loaded().device)
        return self.loaded().library.get(name)


def load(settings: Settings) -> Loaded:
    """The device and the networks of these settings; what the page opens with has computed once.

    Raises: DeviceError when this machine has no such device.
    """
    import torch

    from app.networks import Library, NetworkUnavailable
    from app.networks.device import resolve_device
    from app.networks.own.own_network import OwnNetwork
    from app.networks.registry import ARCHITECTURES

    torch.set_num_threads(settings.torch_threads)
    device = resolve_device(settings.device)
    own = None
    if settings.network is not None:
        more = (settings.network_weights, settings.network_input, settings.network_classes)
        own = OwnNetwork(settings.network, *more)
    library = Library.load(settings.models_dir, device, own, settings.weights_dir)
    first = next(iter(ARCHITECTURES))  # what the page opens with; any other waits to be asked for
    ready = {
        row["name"]: row["input_shape"] for row in library.summaries() if row["weights"] == "ready"
    }
    # A card may know a file that is nothing the network can use: then it is unavailable.
    with suppress(NetworkUnavailable):
        if first in ready:
            library.get(first).forward(torch.zeros(ready[first]))
    # What is there now stays: looking through all of torch for garbage would stop every thread for
    # a twentieth of a second, each time.
    gc.freeze()
    return Loaded(device, library, own.name if own and own.name in ready else None)
