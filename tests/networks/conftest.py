"""The shipped network, and a real digit to show it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from app.networks import Library, LoadedNetwork
from tests.places import ROOT


@pytest.fixture(scope="session")
def network() -> LoadedNetwork:
    """MyCNN with the weights that ship."""
    return Library.load(ROOT / "models", torch.device("cpu")).get("mycnn")


@pytest.fixture(scope="session")
def digit() -> Tensor:
    """A digit that the network never learned from, (1, 28, 28) in [0, 1]."""
    with np.load(ROOT / "models" / "mnist-subset" / "digits.npz", allow_pickle=False) as arrays:
        pixels = arrays["test_images"][3]
    return torch.from_numpy(pixels).float().div(255).unsqueeze(0)
