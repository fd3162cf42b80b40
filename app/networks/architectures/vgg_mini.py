"""A small VGG: pairs of 3×3 convolutions, each pair twice as wide as the one before.

Source: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
2014: nothing but 3×3 convolutions with padding 1, max pooling 2×2 between the blocks, dense layers
with dropout at the end. Sized here for digits of 28×28: three blocks of two convolutions and two
dense layers, where VGG-16 has five blocks of two or three and three dense layers. As in
torchvision's vgg16_bn, a batch normalization stands between each convolution and its ReLU
(Ioffe, Szegedy 2015), so that the convolutions need no bias.
"""

from __future__ import annotations

from torch import Tensor, nn

from app.networks.architecture import DIGITS, Architecture, Costs
from app.networks.initialization import he_normal
from app.networks.normalization import MNIST_NORMALIZATION

WIDTHS = (32, 64, 128)


class Block(nn.Module):
    """Two convolutions of 3×3, each normalized, and a pooling that halves the maps.

    Shape: (N, inputs, H, W) → (N, width, ⌊H/2⌋, ⌊W/2⌋).
    """

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, kernel_size=3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(width, width, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.relu2 = nn.ReLU()
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        """The block's maps."""
        x = self.relu1(self.bn1(self.conv1(x)))
        x = self.relu2(self.bn2(self.conv2(x)))
        pooled: Tensor = self.pool(x)
        return pooled


class VGGMini(nn.Module):
    """Logits of a digit.

    Shape:
        input (N, 1, 28, 28) → block1 (N, 32, 14, 14) → block2 (N, 64, 7, 7)
        → block3 (N, 128, 3, 3) → flatten (N, 1152) → fc1, dropout (N, 128) → fc2 (N, 10)
    """

    def __init__(self) -> None:
        super().__init__()
        self.block1 = Block(1, WIDTHS[0])
        self.block2 = Block(WIDTHS[0], WIDTHS[1])
        self.block3 = Block(WIDTHS[1], WIDTHS[2])
        self.flatten = nn.Flatten()
        self.fc1 = nn.Linear(WIDTHS[2] * 3 * 3, 128)
        self.relu = nn.ReLU()
        self.dropout = nn.Dropout(0.5)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized digits.

        Shape: images (N, 1, 28, 28) → (N, 10).
        """
        x = self.block3(self.block2(self.block1(images)))
        x = self.dropout(self.relu(self.fc1(self.flatten(x))))
        logits: Tensor = self.fc2(x)
        return logits


ARCHITECTURE = Architecture(
    name="vgg_mini",
    title="VGG mini",
    source="Simonyan & Zisserman 2014, sized for 28×28, with batch normalization",
    dataset="mnist",
    classes=DIGITS,
    input_shape=(1, 28, 28),
    normalization=MNIST_NORMALIZATION,
    preparation="digit",
    build=VGGMini,
    initialize=he_normal,
    costs=Costs(435_754, 29_363_712),
)
