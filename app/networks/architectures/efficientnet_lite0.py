"""EfficientNet-Lite0: inverted residual blocks with depthwise convolutions, for photographs.

Source: Tan, Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019;
Liu, "Higher accuracy on vision models with EfficientNet-Lite", 2020: EfficientNet-B0 without
squeeze-and-excitation, ReLU6 in place of SiLU, first and last layers of fixed width.

Its convolutions of stride 2 pad as TensorFlow does: one row and column less above and left than
below and right, which here is a padding of its own.
"""

from __future__ import annotations

from torch import Tensor, nn

from app.networks.architecture import Architecture, Costs
from app.networks.architectures.imagenet import read_classes
from app.networks.initialization import he_normal
from app.networks.modules import Add
from app.networks.normalization import Normalization

BATCH_NORM_EPS = 1e-3

STAGES = (
    # channels, blocks, kernel, stride of the first block, expansion
    (16, 1, 3, 1, 1),
    (24, 2, 3, 2, 6),
    (40, 2, 5, 2, 6),
    (80, 3, 3, 2, 6),
    (112, 3, 5, 1, 6),
    (192, 4, 5, 2, 6),
    (320, 1, 3, 1, 6),
)
STEM, HEAD = 32, 1280


class ConvolutionBN(nn.Sequential):
    """A convolution, normalized, and ReLU6 where it is asked for; padding that keeps ⌈size/stride⌉.

    Shape: (N, inputs, H, W) → (N, outputs, ⌈H/stride⌉, ⌈W/stride⌉), H and W even at stride 2.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int = 1,
        stride: int = 1,
        groups: int = 1,
        relu: bool = True,
    ) -> None:
        super().__init__()
        padding = kernel // 2
        if stride == 2:
            self.add_module("pad", nn.ZeroPad2d((padding - 1, padding, padding - 1, padding)))
            padding = 0
        self.add_module(
            "conv",
            nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
        )
        self.add_module("bn", nn.BatchNorm2d(outputs, eps=BATCH_NORM_EPS))
        if relu:
            self.add_module("relu", nn.ReLU6())


class Block(nn.Module):
    """An inverted residual block: widen, look around in each map alone, narrow again.

    What came in is added where it has the same shape.

    Shape: (N, inputs, H, W) → (N, outputs, ⌈H/stride⌉, ⌈W/stride⌉).
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        width = inputs * expansion
        self.expand = ConvolutionBN(inputs, width) if expansion > 1 else None
        self.depthwise = ConvolutionBN(width, width, kernel, stride, groups=width)
        self.project = ConvolutionBN(width, outputs, relu=False)
        self.add = Add() if stride == 1 and inputs == outputs else None

    def forward(self, x: Tensor) -> Tensor:
        """The block's maps."""
        wide = x if self.expand is None else self.expand(x)
        narrow: Tensor = self.project(self.depthwise(wide))
        return narrow if self.add is None else self.add(narrow, x)


class EfficientNetLite0(nn.Module):
    """Logits of a photograph.

    Shape:
        input (N, 3, 224, 224) → stem (N, 32, 112, 112) → stage1 (N, 16, 112, 112)
        → stage2 (N, 24, 56, 56) → stage3 (N, 40, 28, 28) → stage4 (N, 80, 14, 14)
        → stage5 (N, 112, 14, 14) → stage6 (N, 192, 7, 7) → stage7 (N, 320, 7, 7)
        → head (N, 1280, 7, 7) → average (N, 1280, 1, 1) → fc (N, 1000)
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvolutionBN(3, STEM, kernel=3, stride=2)
        channels = STEM
        for number, (width, blocks, kernel, stride, expansion) in enumerate(STAGES, 1):
            first = Block(channels, width, kernel, stride, expansion)
            rest = [Block(width, width, kernel, 1, expansion) for _ in range(blocks - 1)]
            self.add_module(f"stage{number}", nn.Sequential(first, *rest))
            channels = width
        self.head = ConvolutionBN(channels, HEAD)
        self.average = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.dropout = nn.Dropout(0.2)
        self.fc = nn.Linear(HEAD, 1000)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized photographs.

        Shape: images (N, 3, 224, 224) → (N, 1000).
        """
        x = self.stem(images)
        for number in range(1, len(STAGES) + 1):
            x = self.get_submodule(f"stage{number}")(x)
        x = self.dropout(self.flatten(self.average(self.head(x))))
        logits: Tensor = self.fc(x)
        return logits


ARCHITECTURE = Architecture(
    name="efficientnet_lite0",
    title="EfficientNet-Lite0",
    source="Tan & Le 2019; Liu 2020",
    dataset="imagenet",
    classes=read_classes(),
    input_shape=(3, 224, 224),
    normalization=Normalization(mean=(127 / 255,) * 3, std=(128 / 255,) * 3),
    preparation="photo",
    build=EfficientNetLite0,
    initialize=he_normal,
    costs=Costs(4_652_008, 391_925_248),
)
