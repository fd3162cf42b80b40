"""MyCNN once more, for pictures of clothes instead of digits.

Source: the network is that of The Math Behind Convolutional Neural Networks, section 3; the data is
Fashion-MNIST (Xiao, Rasul, Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
Learning Algorithms", 2017), whose pictures are as large and as many as MNIST's.
"""

from __future__ import annotations

from app.networks.architecture import Architecture, Costs
from app.networks.architectures.mycnn import MyCNN, initialize
from app.networks.normalization import FASHION_NORMALIZATION

CLOTHES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

ARCHITECTURE = Architecture(
    name="fashion_mycnn",
    title="MyCNN on Fashion-MNIST",
    source="The Math Behind Convolutional Neural Networks, section 3; Xiao et al. 2017",
    dataset="fashion-mnist",
    classes=CLOTHES,
    input_shape=(1, 28, 28),
    normalization=FASHION_NORMALIZATION,
    preparation="clothes",
    build=MyCNN,
    initialize=initialize,
    costs=Costs(421_642, 4_241_152),
)
