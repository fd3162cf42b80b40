"""VGG-16: thirteen 3×3 convolutions, five poolings, three dense layers.

Source: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
2014, table 1, column D, as torchvision has it.
"""

from __future__ import annotations

from app.networks.architecture import Costs
from app.networks.architectures.torchvision_network import torchvision_network
from app.networks.torchvision_weights import TorchvisionWeights

ARCHITECTURE = torchvision_network(
    "vgg16",
    "VGG-16",
    "Simonyan & Zisserman 2014, torchvision's",
    Costs(138_357_544, 15_470_264_320),
    TorchvisionWeights("VGG16_Weights.IMAGENET1K_V1", "vgg16-397923af.pth"),
)
