"""What goes through a network at a moment and comes back, layer by layer, as histograms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from app.networks.gradients import gradients_kept
from app.networks.loaded_network import LoadedNetwork
from app.networks.other_weights import copied
from app.training.datasets import Dataset, ordered_batches
from app.training.runs.moment_gradients import MOST_IMAGES, layers_with_weights


@dataclass(frozen=True)
class Histogram:
    """How often values lie where, from `minimum` to `maximum` in equal steps.

    Shape: counts (bins,).
    """

    counts: NDArray[np.int64]
    minimum: float
    maximum: float
    std: float

    @classmethod
    def of(cls, values: Tensor, bins: int) -> Histogram:
        """The histogram of all values of a tensor."""
        flat = values.detach().flatten().double().cpu().numpy()
        counts, edges = np.histogram(flat, bins)
        return cls(counts.astype(np.int64), float(edges[0]), float(edges[-1]), float(flat.std()))

    def as_dict(self) -> dict[str, Any]:
        """Its ends and its spread."""
        return {"minimum": self.minimum, "maximum": self.maximum, "std": self.std}


@dataclass(frozen=True)
class LayerHistograms:
    """What a layer gave, and the gradient of the loss with respect to its weight."""

    layer: str
    activations: Histogram
    gradients: Histogram


def histograms_of(network: LoadedNetwork, training: Dataset, bins: int) -> list[LayerHistograms]:
    """The histograms of each layer with kernels or a matrix, by the first training images.

    As in evaluation: nothing drops out and nothing is moved by chance.
    """
    first = training.subset(torch.arange(min(MOST_IMAGES, len(training))))
    normalization = network.architecture.normalization
    ((images, labels),) = ordered_batches(first, MOST_IMAGES, normalization, network.device)
    layers = {network.graph.node(name).op: name for name in layers_with_weights(network)}
    modules = network.model.named_modules()
    names = {name: layers[module] for name, module in modules if module in layers}
    kept: dict[str, Tensor] = {}
    with gradients_kept():
        held = network.model.state_dict(keep_vars=True)
        wanted = {f"{name}.weight" for name in names}
        own = {
            name: value.detach().requires_grad_() if name in wanted else value
            for name, value in held.items()
        }
        model = copied(network.model, held, own)
        for name, layer in names.items():
            model.get_submodule(name).register_forward_hook(_keeper(kept, layer))
        loss = functional.cross_entropy(model(images), labels)
        gradients = torch.autograd.grad(loss, [own[f"{name}.weight"] for name in names])
    return [
        LayerHistograms(layer, Histogram.of(kept[layer], bins), Histogram.of(gradient, bins))
        for layer, gradient in zip(names.values(), gradients, strict=True)
    ]


def _keeper(kept: dict[str, Tensor], layer: str) -> Any:
    """A hook that keeps what a layer gives."""

    def keep(_: nn.Module, __: Any, output: Tensor) -> None:
        kept[layer] = output.detach()

    return keep
