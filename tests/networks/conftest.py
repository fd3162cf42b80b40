"""Networks to ask, and a real digit to show them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from app.networks import Library, LoadedNetwork
from tests.networks.branching import BRANCHING
from tests.places import ROOT

CPU = torch.device("cpu")


@pytest.fixture(scope="session")
def network() -> LoadedNetwork:
    """MyCNN with the weights that ship."""
    return Library.load(ROOT / "models", CPU).get("mycnn")


@pytest.fixture(scope="session")
def branching() -> LoadedNetwork:
    """A network that is no row of layers, with weights and statistics drawn by chance."""
    generator = torch.Generator().manual_seed(0)
    model = BRANCHING.build()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(0, 0.3, generator=generator)
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                assert module.running_mean is not None
                assert module.running_var is not None
                module.running_mean.normal_(generator=generator)
                module.running_var.uniform_(0.5, 2, generator=generator)
    return LoadedNetwork(BRANCHING, model, {}, CPU)


class Networks(dict[str, LoadedNetwork]):
    """The networks by name, each loaded when a test first asks for it."""

    def __init__(self, library: Library, **given: LoadedNetwork) -> None:
        super().__init__(given)
        self.library = library

    def __missing__(self, name: str) -> LoadedNetwork:
        self[name] = self.library.get(name)
        return self[name]


@pytest.fixture(scope="session")
def networks(network: LoadedNetwork, branching: LoadedNetwork) -> dict[str, LoadedNetwork]:
    """Every network that is registered, and the tests' own."""
    library = Library.load(ROOT / "models", CPU)
    return Networks(library, branching=branching, mycnn=network)


@pytest.fixture(scope="session")
def digit() -> Tensor:
    """A digit that the network never learned from, (1, 28, 28) in [0, 1]."""
    with np.load(ROOT / "models" / "mnist-subset" / "digits.npz", allow_pickle=False) as arrays:
        pixels = arrays["test_images"][3]
    return torch.from_numpy(pixels).float().div(255).unsqueeze(0)
