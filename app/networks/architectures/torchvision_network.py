"""What torchvision's networks have in common: ImageNet, photographs, weights that it publishes."""

from __future__ import annotations

from importlib import import_module

from torch import nn

from app.networks.architecture import Architecture, Costs
from app.networks.architectures.imagenet import read_classes
from app.networks.normalization import IMAGENET_NORMALIZATION
from app.networks.torchvision_weights import TorchvisionWeights

SIDE = 224
CROP = SIDE / 256
"""The weights' transforms bring the shorter side to 256 pixels and keep the middle 224."""


def torchvision_network(
    name: str, title: str, source: str, costs: Costs, published: TorchvisionWeights
) -> Architecture:
    """A network of torchvision's, by the name of the function that makes it there.

    torchvision is imported when the network is built: a second that whoever does not ask for it
    need not wait.
    """

    def build() -> nn.Module:
        """The module, with the starting weights that torchvision draws."""
        module: nn.Module = getattr(import_module("torchvision.models"), name)(weights=None)
        return module

    return Architecture(
        name=name,
        title=title,
        source=source,
        dataset="imagenet",
        classes=read_classes(),
        input_shape=(3, SIDE, SIDE),
        normalization=IMAGENET_NORMALIZATION,
        preparation="photo",
        build=build,
        initialize=lambda _: None,  # build has drawn them
        costs=costs,
        crop=CROP,
        published=published,
    )
