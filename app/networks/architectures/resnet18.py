"""ResNet-18: eight residual blocks of two 3×3 convolutions, from 56×56 maps down to 7×7.

Source: He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", 2015, table 1, as
torchvision has it: where a stage halves its maps, the way around is a 1×1 convolution of stride 2.
"""

from __future__ import annotations

from app.networks.architecture import Costs
from app.networks.architectures.torchvision_network import torchvision_network
from app.networks.torchvision_weights import TorchvisionWeights

ARCHITECTURE = torchvision_network(
    "resnet18",
    "ResNet-18",
    "He et al. 2015, torchvision's",
    Costs(11_689_512, 1_816_557_056),
    TorchvisionWeights("ResNet18_Weights.IMAGENET1K_V1", "resnet18-f37072fd.pth"),
)
