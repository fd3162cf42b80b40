"""What the page has to show of why MyCNN decides so, by captum on a model of torch's own."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import torch
from captum.attr import IntegratedGradients, LayerGradCam, Occlusion, Saliency
from torch import Tensor, nn

from tests.pages import oracle


@cache
def model() -> nn.Sequential:
    """MyCNN up to its logits, in float64, with the committed weights."""
    names = ("conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1", "relu3", "fc2")
    layers: dict[str, nn.Module] = {
        "conv1": nn.Conv2d(1, 32, 3, padding=1),
        "conv2": nn.Conv2d(32, 64, 3, padding=1),
        "fc1": nn.Linear(3136, 128),
        "fc2": nn.Linear(128, 10),
        "flatten": nn.Flatten(),
        **{f"relu{i}": nn.ReLU() for i in (1, 2, 3)},
        **{f"pool{i}": nn.MaxPool2d(2) for i in (1, 2)},
    }
    found = nn.Sequential()
    for name in names:
        found.add_module(name, layers[name])
    found.double().load_state_dict(oracle.weights())
    return found.eval()


def normalized(image: Any) -> Tensor:
    """An image (28, 28) in [0, 1] as the network sees it, (1, 1, 28, 28)."""
    return (torch.as_tensor(image, dtype=torch.float64)[None, None] - oracle.MEAN) / oracle.STD


def randomized(layers: list[str]) -> nn.Sequential:
    """A copy whose layers are drawn anew as they are by default."""
    copy, dice = deepcopy(model()), torch.Generator().manual_seed(0)
    with torch.no_grad():
        for layer in layers:
            for parameter in copy.get_submodule(layer).parameters():
                noise = torch.randn(parameter.shape, generator=dice)
                single = parameter.float()
                parameter.copy_(single.mean() + single.std(correction=0) * noise)
    return copy


class Contrast(nn.Module):
    """By how much one logit is above another."""

    def __init__(self, network: nn.Module, index: int, against: int) -> None:
        super().__init__()
        self.network, self.index, self.against = network, index, against

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.network(images)
        return logits[:, self.index] - logits[:, self.against]


def saliency(network: nn.Module, images: Tensor, index: int) -> Tensor:
    """Of each pixel the strongest channel. Shape: (H, W)."""
    found: Tensor = Saliency(network).attribute(images.clone().requires_grad_(), target=index)
    return found[0].detach().amax(dim=0)


def grad_cam(network: nn.Module, images: Tensor, index: int, layer: str) -> Tensor:
    """Shape: that of the layer's maps."""
    cam = LayerGradCam(network, network.get_submodule(layer))
    found: Tensor = cam.attribute(images, target=index, relu_attributions=True)
    return found[0, 0].detach()


def occlusion(network: nn.Module, images: Tensor, index: int, side: int, stride: int) -> Tensor:
    """Shape: (28, 28)."""
    found: Tensor = Occlusion(network).attribute(
        images,
        (1, side, side),
        (1, stride, stride),
        baselines=normalized(0 * images[0, 0]),
        target=index,
    )
    return found[0, 0].detach()


def integrated_gradients(network: nn.Module, images: Tensor) -> Tensor:
    """Of a network with one number. Shape: (28, 28)."""
    found: Tensor = IntegratedGradients(network).attribute(
        images, baselines=normalized(0 * images[0, 0])
    )
    return found[0, 0].detach()
