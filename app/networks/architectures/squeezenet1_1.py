"""SqueezeNet 1.1: fire modules of 1×1 and 3×3 convolutions, no dense layer, for photographs.

Source: Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer, "SqueezeNet: AlexNet-level accuracy with
50x fewer parameters and <0.5MB model size", 2016; version 1.1 of the authors' repository.

Its three poolings of 3×3 with stride 2 meet maps that they do not divide evenly. Caffe, where it
was trained, and torchvision round the number of windows up (`ceil_mode`); its port to Keras, whose
weights these are, rounds it down. Both are here: `squeezenet1_1` and `squeezenet1_1_ceil` have the
same weights, and 27 against 28, 13 against 14 rows.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from torch import Tensor, nn

from app.networks.architecture import Architecture, Costs
from app.networks.architectures.imagenet import read_classes
from app.networks.initialization import he_normal
from app.networks.modules import Concatenate
from app.networks.normalization import Normalization

MEANS = (122.67891434, 116.66876762, 104.00698793)
"""Of ImageNet's red, green and blue, 0 to 255; Caffe's networks learn from the difference."""


class Fire(nn.Module):
    """Few maps made by 1×1, then many made of them by 1×1 and by 3×3, laid end to end.

    Shape: (N, inputs, H, W) → (N, 2 · expand, H, W).
    """

    def __init__(self, inputs: int, squeeze: int, expand: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeeze, kernel_size=1)
        self.relu = nn.ReLU()
        self.expand1x1 = nn.Conv2d(squeeze, expand, kernel_size=1)
        self.relu1x1 = nn.ReLU()
        self.expand3x3 = nn.Conv2d(squeeze, expand, kernel_size=3, padding=1)
        self.relu3x3 = nn.ReLU()
        self.cat = Concatenate(1)

    def forward(self, x: Tensor) -> Tensor:
        """The module's maps."""
        few = self.relu(self.squeeze(x))
        maps: Tensor = self.cat(
            self.relu1x1(self.expand1x1(few)), self.relu3x3(self.expand3x3(few))
        )
        return maps


class SqueezeNet(nn.Module):
    """Logits of a photograph, none of them below 0: a ReLU stands before the last average.

    Args:
        ceil_mode: whether a pooling's last window may reach beyond its map.

    Shape:
        input (N, 3, 227, 227) → conv1 (N, 64, 113, 113) → pool1 (N, 64, 56, 56)
        → fire3 (N, 128, 56, 56) → pool3 (N, 128, 27, 27), 28×28 with `ceil_mode`
        → fire5 (N, 256, 27, 27) → pool5 (N, 256, 13, 13), 14×14 with `ceil_mode`
        → fire9 (N, 512, 13, 13) → conv10 (N, 1000, 13, 13) → average (N, 1000, 1, 1)
    """

    def __init__(self, ceil_mode: bool = False) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=3, stride=2)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=ceil_mode)
        self.fire2 = Fire(64, 16, 64)
        self.fire3 = Fire(128, 16, 64)
        self.pool3 = nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=ceil_mode)
        self.fire4 = Fire(128, 32, 128)
        self.fire5 = Fire(256, 32, 128)
        self.pool5 = nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=ceil_mode)
        self.fire6 = Fire(256, 48, 192)
        self.fire7 = Fire(384, 48, 192)
        self.fire8 = Fire(384, 64, 256)
        self.fire9 = Fire(512, 64, 256)
        self.dropout = nn.Dropout(0.5)
        self.conv10 = nn.Conv2d(512, 1000, kernel_size=1)
        self.relu10 = nn.ReLU()
        self.average = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized photographs.

        Shape: images (N, 3, 227, 227) → (N, 1000).
        """
        x = self.pool1(self.relu1(self.conv1(images)))
        x = self.pool3(self.fire3(self.fire2(x)))
        x = self.pool5(self.fire5(self.fire4(x)))
        x = self.fire9(self.fire8(self.fire7(self.fire6(x))))
        x = self.relu10(self.conv10(self.dropout(x)))
        logits: Tensor = self.flatten(self.average(x))
        return logits


ARCHITECTURE = Architecture(
    name="squeezenet1_1",
    title="SqueezeNet 1.1",
    source="Iandola et al. 2016, poolings rounded down",
    dataset="imagenet",
    classes=read_classes(),
    input_shape=(3, 227, 227),
    normalization=Normalization(mean=tuple(mean / 255 for mean in MEANS), std=(1 / 255,) * 3),
    preparation="photo",
    build=SqueezeNet,
    initialize=he_normal,
    costs=Costs(1_235_496, 352_540_352),
)

CEIL = replace(
    ARCHITECTURE,
    name="squeezenet1_1_ceil",
    title="SqueezeNet 1.1, poolings rounded up",
    source="Iandola et al. 2016, poolings rounded up",
    build=partial(SqueezeNet, ceil_mode=True),
    weights_of="squeezenet1_1",
    costs=Costs(1_235_496, 387_747_520),
)
