"""ResNet-20 of the CIFAR family: nine blocks of two convolutions, each with a way around it.

Source: He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", 2015, section 4.2:
6n + 2 layers with n = 3, three stages of 16, 32 and 64 channels, the second and third beginning
with stride 2, then a global average and one dense layer. Where a stage widens, the way around has
no parameters (the paper's option A): every second row and column is taken, and channels of zeros
are put behind those there are.

Here the input is a digit, 1×28×28 instead of 3×32×32, so that the stages have 28×28, 14×14 and 7×7
positions, and the first convolution 288 weights fewer.
"""

from __future__ import annotations

from torch import Tensor, nn

from app.networks.architecture import DIGITS, Architecture, Costs
from app.networks.initialization import he_normal
from app.networks.modules import Add, Pad
from app.networks.normalization import MNIST_NORMALIZATION

WIDTHS = (16, 32, 64)
BLOCKS = 3


class Block(nn.Module):
    """Two convolutions of 3×3, what came in added to what they give, and ReLU.

    Shape: (N, inputs, H, W) → (N, width, H/stride, W/stride), rounded up.
    """

    def __init__(self, inputs: int, width: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.shortcut: nn.Sequential | None = None
        if stride > 1 or width > inputs:
            self.shortcut = nn.Sequential()
            self.shortcut.add_module("every_second", nn.AvgPool2d(kernel_size=1, stride=stride))
            self.shortcut.add_module("zeros", Pad((0, 0, 0, 0, 0, width - inputs)))
        self.add = Add()
        self.relu2 = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        """The block's maps."""
        residual = self.bn2(self.conv2(self.relu1(self.bn1(self.conv1(x)))))
        around = x if self.shortcut is None else self.shortcut(x)
        result: Tensor = self.relu2(self.add(residual, around))
        return result


def _stage(inputs: int, width: int, stride: int) -> nn.Sequential:
    """So many blocks in a row, the first of them widening and halving."""
    rest = [Block(width, width) for _ in range(BLOCKS - 1)]
    return nn.Sequential(Block(inputs, width, stride), *rest)


class ResNet20(nn.Module):
    """Logits of a digit.

    Shape:
        input (N, 1, 28, 28) → stage1 (N, 16, 28, 28) → stage2 (N, 32, 14, 14)
        → stage3 (N, 64, 7, 7) → average (N, 64, 1, 1) → fc (N, 10)
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, WIDTHS[0], 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(WIDTHS[0])
        self.relu1 = nn.ReLU()
        self.stage1 = _stage(WIDTHS[0], WIDTHS[0], stride=1)
        self.stage2 = _stage(WIDTHS[0], WIDTHS[1], stride=2)
        self.stage3 = _stage(WIDTHS[1], WIDTHS[2], stride=2)
        self.average = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(WIDTHS[2], 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized digits.

        Shape: images (N, 1, 28, 28) → (N, 10).
        """
        x = self.relu1(self.bn1(self.conv1(images)))
        x = self.stage3(self.stage2(self.stage1(x)))
        logits: Tensor = self.fc(self.flatten(self.average(x)))
        return logits


ARCHITECTURE = Architecture(
    name="resnet20",
    title="ResNet-20",
    source="He et al. 2015, section 4.2, on digits of 28×28",
    dataset="mnist",
    classes=DIGITS,
    input_shape=(1, 28, 28),
    normalization=MNIST_NORMALIZATION,
    preparation="digit",
    build=ResNet20,
    initialize=he_normal,
    costs=Costs(269_434, 30_965_504),
)
