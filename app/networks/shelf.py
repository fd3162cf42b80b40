"""A registered network on its shelf: loaded when it is asked for, or said why not."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.networks.architecture import Architecture, Costs
from app.networks.checkpoint import CheckpointError, load_checkpoint, read_checked
from app.networks.graph import GraphError
from app.networks.loaded_network import LoadedNetwork
from app.networks.outline import make_outline
from app.networks.standing import READY, SEED, Standing, row_of, without_weights
from app.networks.tracing import read_graph


@dataclass(frozen=True)
class UnavailableNetwork:
    """A network that cannot be used, and the reason in a sentence: bad weights, or a bad module."""

    architecture: Architecture
    reason: str

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The network in one row of a list: the architecture is known all the same."""
        costs = self.architecture.costs or _costs(self.architecture)
        return row_of(self.architecture, costs, {}, Standing("unavailable", self.reason))


@dataclass(frozen=True)
class Places:
    """Where weights are looked for.

    Args:
        models_dir: with a folder of each network that was trained or converted.
        weights_dir: with the files that torchvision publishes, beside torch.hub's own cache.
    """

    models_dir: Path
    weights_dir: Path | None = None

    def folder_of(self, architecture: Architecture) -> Path:
        """The folder of a network's own weights."""
        return self.models_dir / (architecture.weights_of or architecture.name)


class Shelved:
    """A registered network, whose weights become numbers when it is first asked for."""

    def __init__(self, architecture: Architecture, places: Places, device: torch.device) -> None:
        self.architecture, self.places, self.device = architecture, places, device
        self._lock = threading.Lock()
        self._network: LoadedNetwork | UnavailableNetwork | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether it answers without being loaded first."""
        return self._network is not None

    def network(self) -> LoadedNetwork | UnavailableNetwork:
        """The network, loaded once however many ask for it."""
        with self._lock:
            if self._network is None:
                self._network = load_network(self.architecture, self.places, self.device)
            return self._network

    @property
    def summary(self) -> dict[str, Any]:
        """The network in one row of a list, without building it where its costs are known."""
        if self._network is None and (row := self._row_unbuilt) is not None:
            return row
        return self.network().summary

    @cached_property
    def _row_unbuilt(self) -> dict[str, Any] | None:
        """The row as the card has it, or as it is where the weights are not there at all."""
        architecture, costs = self.architecture, self.architecture.costs
        if costs is None:
            return None
        if architecture.published is not None:
            file = architecture.published.find(self.places.weights_dir)
            return row_of(architecture, costs, {}, READY if file else without_weights(architecture))
        if not self.places.folder_of(architecture).is_dir():
            return row_of(architecture, costs, {}, without_weights(architecture))
        try:
            _, card = read_checked(self.places.folder_of(architecture))
        except CheckpointError:
            return None
        return row_of(architecture, costs, card, READY)


def load_network(
    architecture: Architecture, places: Places, device: torch.device
) -> LoadedNetwork | UnavailableNetwork:
    """One network with its weights, with random ones where there are none, or why not."""
    try:
        if architecture.published is not None:
            file = architecture.published.find(places.weights_dir)
            if file is None:
                return _untrained(architecture, device)
            with torch.device("meta"):  # no number is drawn that the file replaces
                model = _build(architecture)
            card = architecture.published.load(file, model)
        elif not places.folder_of(architecture).is_dir():
            return _untrained(architecture, device)
        else:
            model = _build(architecture)
            card = load_checkpoint(places.folder_of(architecture), model)
        return LoadedNetwork(architecture, model, card, device)
    except (CheckpointError, GraphError) as error:
        return UnavailableNetwork(architecture, f"{architecture.title}: {error}")


def _untrained(architecture: Architecture, device: torch.device) -> LoadedNetwork:
    """The network with the weights that its training would begin with, always the same."""
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(SEED)
        model = _build(architecture)
        architecture.initialize(model)
    return LoadedNetwork(architecture, model, {}, device, standing=without_weights(architecture))


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
