"""In which direction a kernel would go from a moment on: its gradient, and the loss it lowers."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.networks.errors import UnknownLayer
from app.networks.gradients import gradients_kept
from app.networks.loaded_network import LoadedNetwork
from app.networks.other_weights import copied
from app.training.datasets import Dataset, ordered_batches

MOST_IMAGES = 256


@dataclass(frozen=True)
class MomentGradients:
    """One layer's weight, and the gradient of the mean loss over some images with respect to it.

    Args:
        images: how many.

    Shape: weights, gradients: that of the layer's weight, on the CPU.
    """

    weights: Tensor
    gradients: Tensor
    loss: float
    images: int

    @property
    def nbytes(self) -> int:
        """How much room both take up."""
        return self.weights.nbytes + self.gradients.nbytes


def layers_with_weights(network: LoadedNetwork) -> list[str]:
    """The convolutions and dense layers, in the order data flows."""
    learning = [layer.name for layer in network.outline.layers if layer.parameters.total]
    return [name for name in learning if _weight_of(network, name) is not None]


def gradients_of(network: LoadedNetwork, layer: str, training: Dataset) -> MomentGradients:
    """The gradient of a layer by the first images of the training part, always the same ones.

    In evaluation: nothing drops out, nothing is moved by chance, running statistics normalize.

    Raises: UnknownLayer when there is no such layer, or its weight is no kernel and no matrix.
    """
    weight = _weight_of(network, network.layer(layer).name)
    if weight is None:
        sentence = f"Those with kernels or a matrix are {', '.join(layers_with_weights(network))}."
        raise UnknownLayer(f"This layer has neither. {sentence}")
    first = training.subset(torch.arange(min(MOST_IMAGES, len(training))))
    normalization = network.architecture.normalization
    ((images, labels),) = ordered_batches(first, MOST_IMAGES, normalization, network.device)
    with gradients_kept():
        own = weight.detach().requires_grad_()
        model = _learning_model(network.model, weight, own)
        loss = functional.cross_entropy(model(images), labels)
        (gradient,) = torch.autograd.grad(loss, own)
    return MomentGradients(weight.detach().cpu(), gradient.cpu(), loss.item(), len(labels))


def _weight_of(network: LoadedNetwork, layer: str) -> nn.Parameter | None:
    """A layer's kernels or its matrix; None where it has neither."""
    weight = getattr(network.graph.node(layer).op, "weight", None)
    return weight if isinstance(weight, nn.Parameter) and weight.ndim > 1 else None


def _learning_model(model: nn.Module, weight: nn.Parameter, own: Tensor) -> nn.Module:
    """The model on the same numbers, in which one weight alone has a gradient.

    A model of its own: whoever else asks the network at the same time sees nothing of it.
    """
    held = model.state_dict(keep_vars=True)
    return copied(model, held, {n: own if t is weight else t for n, t in held.items()})
