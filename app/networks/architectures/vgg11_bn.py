"""VGG-11 with batch normalization: eight 3×3 convolutions, five poolings, three dense layers.

Source: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
2014, table 1, column A, as torchvision has it: each convolution is followed by a batch
normalization, and the last maps are pooled to 7×7 whatever the size of the photograph.
"""

from __future__ import annotations

from app.networks.architecture import Costs
from app.networks.architectures.torchvision_network import torchvision_network
from app.networks.torchvision_weights import TorchvisionWeights

ARCHITECTURE = torchvision_network(
    "vgg11_bn",
    "VGG-11 with batch normalization",
    "Simonyan & Zisserman 2014, torchvision's",
    Costs(132_868_840, 7_616_516_096),
    TorchvisionWeights("VGG11_BN_Weights.IMAGENET1K_V1", "vgg11_bn-6002323d.pth"),
)
