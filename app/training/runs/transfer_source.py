"""Where a run begins that goes on with a trained network: which layers, and which weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from app.networks.errors import NetworkUnavailable, UnknownNetwork
from app.networks.loaded_network import LoadedNetwork
from app.networks.registry import ARCHITECTURES
from app.networks.shelf import Places, load_network
from app.training.recipe import Recipe, TransferRecipe
from app.training.runs.moment import load_moment, moment_of
from app.training.runs.store import RunStore
from app.training.variant import RecipeError

OF_A_RUN = "run:"
CPU = torch.device("cpu")
FIELD = "transfer.from"


@dataclass(frozen=True)
class TransferSource:
    """The networks that a run may go on with: those that ship or are found, and those of runs."""

    store: RunStore
    places: Places

    def settle(self, recipe: Recipe) -> Recipe:
        """The recipe with the layers of what it goes on with, and that named to the step.

        Raises: RecipeError when there is no such network, or it has no weights.
        """
        if (transfer := recipe.transfer) is None:
            return recipe
        if recipe.layers is not None:
            raise RecipeError(
                "Learned layers stay as they are: leave out layers, or leave out transfer.",
                "layers",
            )
        if not transfer.source.startswith(OF_A_RUN):
            self._trained(transfer.source)
            return replace(recipe, network=transfer.source, batch_norm=False, dropout=None)
        try:
            run, checkpoint = moment_of(self.store, transfer.source)
        except UnknownNetwork as error:
            raise RecipeError(str(error), FIELD) from None
        before = Recipe.from_dict(run.recipe)
        return replace(
            recipe,
            network=before.network,
            layers=before.layers,
            batch_norm=before.batch_norm,
            dropout=before.dropout,
            transfer=TransferRecipe(f"{OF_A_RUN}{run.id}@step-{checkpoint.step}", transfer.freeze),
        )

    def weights(self, transfer: TransferRecipe) -> Mapping[str, Tensor]:
        """The weights of a settled recipe's source.

        Raises: RecipeError when they are not there any more, or are damaged.
        """
        if not transfer.source.startswith(OF_A_RUN):
            return self._trained(transfer.source).model.state_dict()
        try:
            moment = moment_of(self.store, transfer.source)
            network = load_moment(self.store, moment, transfer.source, CPU)
        except (UnknownNetwork, NetworkUnavailable) as error:
            raise RecipeError(f"What it goes on with cannot be had: {error}", FIELD) from None
        return network.model.state_dict()

    def _trained(self, name: str) -> LoadedNetwork:
        """A registered network with the weights that it was trained to."""
        if name not in ARCHITECTURES:
            known = ", ".join(ARCHITECTURES)
            raise RecipeError(f"There is no network of that name; there is {known}.", FIELD)
        network = load_network(ARCHITECTURES[name], self.places, CPU)
        if not isinstance(network, LoadedNetwork):
            raise RecipeError(network.reason, FIELD)
        if network.standing.weights != "ready":
            title = network.architecture.title
            raise RecipeError(f"There are no trained weights of {title} here.", FIELD)
        return network
