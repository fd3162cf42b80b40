"""What a page has to show, computed by torch's own functions in float64 from the weights file.

Nothing of the program is used: not its network, not its preparation, not its API.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from tests.places import ROOT

MEAN, STD = 0.1307, 0.3081


@cache
def weights() -> dict[str, Tensor]:
    """The committed weights of MyCNN in float64."""
    return {
        name: tensor.double()
        for name, tensor in load_file(ROOT / "models" / "mycnn" / "weights.safetensors").items()
    }


@cache
def test_digits() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The shipped test digits (n, 28, 28) and their labels."""
    with np.load(ROOT / "models" / "mnist-subset" / "digits.npz", allow_pickle=False) as digits:
        return digits["test_images"], digits["test_labels"]


def activations(image: NDArray[Any]) -> dict[str, Tensor]:
    """Every layer's activation for an image (28, 28) in [0, 1], without the batch axis."""
    w = weights()
    found: dict[str, Tensor] = {}
    x = (torch.as_tensor(np.asarray(image, dtype=np.float64))[None, None] - MEAN) / STD

    def keep(name: str, value: Tensor) -> Tensor:
        found[name] = value[0]
        return value

    x = keep("conv1", functional.conv2d(x, w["conv1.weight"], w["conv1.bias"], padding=1))
    x = keep("pool1", functional.max_pool2d(keep("relu1", functional.relu(x)), 2))
    x = keep("conv2", functional.conv2d(x, w["conv2.weight"], w["conv2.bias"], padding=1))
    x = keep("pool2", functional.max_pool2d(keep("relu2", functional.relu(x)), 2))
    x = keep("flatten", x.flatten(1))
    x = keep("fc1", functional.linear(x, w["fc1.weight"], w["fc1.bias"]))
    x = keep("relu3", functional.relu(x))
    x = keep("fc2", functional.linear(x, w["fc2.weight"], w["fc2.bias"]))
    keep("softmax", functional.softmax(x, 1))
    return found
