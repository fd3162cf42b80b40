"""What the page has to show of the branching network, by torch's own functions in float64."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from tests.networks.branching import BRANCHING, models_folder
from tests.pages.oracle import MEAN, STD

LAYERS = [
    "input", "stem.0", "stem.1", "stem.2", "pool", "shared", "relu", "shared_1", "add", "relu_1",
    "narrow", "wide", "cat", "mish", "avg_pool2d", "average", "flatten", "dropout", "fc", "softmax",
]  # fmt: skip


@cache
def weights() -> dict[str, Tensor]:
    """What was learned, in float64."""
    file = models_folder() / BRANCHING.name / "weights.safetensors"
    return {name: tensor.double() for name, tensor in load_file(file).items()}


def activations(image: NDArray[Any]) -> dict[str, Tensor]:
    """Every layer's activation for an image (28, 28) in [0, 1], without the batch axis."""
    w = weights()
    found: dict[str, Tensor] = {}

    def keep(name: str, value: Tensor) -> Tensor:
        found[name] = value[0]
        return value

    def convolution(name: str, x: Tensor, **options: Any) -> Tensor:
        return functional.conv2d(x, w[f"{name}.weight"], w.get(f"{name}.bias"), **options)

    x = (torch.as_tensor(np.asarray(image, dtype=np.float64))[None, None] - MEAN) / STD
    x = keep("stem.0", convolution("stem.0", x, padding=1))
    mean, variance = w["stem.1.running_mean"], w["stem.1.running_var"]
    scale, shift = w["stem.1.weight"], w["stem.1.bias"]
    x = keep("stem.1", functional.batch_norm(x, mean, variance, scale, shift))
    x = keep("stem.2", functional.relu(x))
    x = keep("pool", functional.max_pool2d(x, 3, stride=2, padding=1))
    branch = keep("relu", functional.relu(keep("shared", convolution("shared", x, padding=1))))
    branch = keep("shared_1", convolution("shared", branch, padding=1))
    x = keep("relu_1", functional.relu(keep("add", x + branch)))
    narrow = keep("narrow", convolution("narrow", x))
    wide = keep("wide", convolution("wide", x, padding=2, groups=2))
    x = keep("mish", functional.mish(keep("cat", torch.cat([narrow, wide], dim=1))))
    x = keep(
        "average",
        functional.adaptive_avg_pool2d(keep("avg_pool2d", functional.avg_pool2d(x, 2)), 3),
    )
    x = keep("dropout", keep("flatten", x.flatten(1)))
    keep(
        "softmax",
        functional.softmax(keep("fc", functional.linear(x, w["fc.weight"], w["fc.bias"])), 1),
    )
    return found
