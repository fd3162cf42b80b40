"""Which networks there are: one file of `architectures/` each."""

from __future__ import annotations

from app.networks.architecture import DIGITS, Architecture
from app.networks.architectures import (
    alexnet,
    efficientnet_lite0,
    fashion_mycnn,
    lenet5,
    mycnn,
    mycnn_bn_dropout,
    resnet18,
    resnet20,
    squeezenet1_1,
    vgg11_bn,
    vgg16,
    vgg_mini,
)

__all__ = ["ARCHITECTURES", "DIGITS", "Architecture"]

ARCHITECTURES: dict[str, Architecture] = {
    architecture.name: architecture
    for architecture in (
        mycnn.ARCHITECTURE,
        mycnn_bn_dropout.ARCHITECTURE,
        fashion_mycnn.ARCHITECTURE,
        lenet5.ARCHITECTURE,
        vgg_mini.ARCHITECTURE,
        resnet20.ARCHITECTURE,
        efficientnet_lite0.ARCHITECTURE,
        squeezenet1_1.ARCHITECTURE,
        squeezenet1_1.CEIL,
        resnet18.ARCHITECTURE,
        vgg11_bn.ARCHITECTURE,
        vgg16.ARCHITECTURE,
        alexnet.ARCHITECTURE,
    )
}
