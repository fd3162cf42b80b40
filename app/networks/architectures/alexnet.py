"""AlexNet: five convolutions, the first of 11×11 and stride 4, and three dense layers.

Source: Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014, as
torchvision has it: one column instead of the two of Krizhevsky, Sutskever, Hinton, "ImageNet
Classification with Deep Convolutional Neural Networks", 2012, and no local response normalization.
"""

from __future__ import annotations

from app.networks.architecture import Costs
from app.networks.architectures.torchvision_network import torchvision_network
from app.networks.torchvision_weights import TorchvisionWeights

ARCHITECTURE = torchvision_network(
    "alexnet",
    "AlexNet",
    "Krizhevsky 2014, torchvision's",
    Costs(61_100_840, 714_188_480),
    TorchvisionWeights("AlexNet_Weights.IMAGENET1K_V1", "alexnet-owt-7be5be79.pth"),
)
