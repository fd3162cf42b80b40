"""What torchvision's networks have in common: ImageNet, photographs, weights that it publishes."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from torch import nn

from app.networks.architecture import Architecture, Costs
from app.networks.architectures.imagenet import read_classes
from app.networks.normalization import IMAGENET_NORMALIZATION
from app.networks.torchvision_weights import TorchvisionWeights

SIDE = 224
CROP = SIDE / 256
"""The weights' transforms bring the shorter side to 256 pixels and keep the middle 224."""


def torchvisions(name: str) -> nn.Module:
    """A module of torchvision's, with the starting weights that it draws.

    torchvision is imported when the network is built: a second that whoever does not ask for it
    need not wait.
    """
    module: nn.Module = getattr(import_module("torchvision.models"), name)(weights=None)
    return module


def as_drawn(model: nn.Module) -> None:
    """Leave the weights as they were drawn when the module was made."""


def torchvision_network(
    name: str, title: str, source: str, costs: Costs, published: TorchvisionWeights
) -> Architecture:
    """A network of torchvision's, by the name of the function that makes it there."""
    return Architecture(
        name=name,
        title=title,
        source=source,
        dataset="imagenet",
        classes=read_classes(),
        input_shape=(3, SIDE, SIDE),
        normalization=IMAGENET_NORMALIZATION,
        preparation="photo",
        build=partial(torchvisions, name),
        initialize=as_drawn,
        costs=costs,
        crop=CROP,
        published=published,
    )
