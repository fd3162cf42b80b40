"""MyCNN with what section 4 of its article adds: batch normalization and dropout.

Source: The Math Behind Convolutional Neural Networks, section 4. The normalization stands behind
the first convolution and before its activation function, the dropout between the dense layers.
"""

from __future__ import annotations

from torch import Tensor, nn

from app.networks.architecture import DIGITS, Architecture, Costs
from app.networks.architectures.mycnn import initialize
from app.networks.normalization import MNIST_NORMALIZATION


class MyCNNBatchNormDropout(nn.Module):
    """MyCNN, layer for layer, with `conv1_bn` and `dropout` between them, or with one of the two.

    Args:
        batch_norm: whether `conv1_bn` is there.
        dropout: the share of units that is left out while it learns; None: the layer is not there.

    Shape:
        input (N, 1, 28, 28) → conv1, conv1_bn (N, 32, 28, 28) → pool1 (N, 32, 14, 14)
        → conv2 (N, 64, 14, 14) → pool2 (N, 64, 7, 7) → flatten (N, 3136)
        → fc1, dropout (N, 128) → fc2 (N, 10)
    """

    def __init__(self, batch_norm: bool = True, dropout: float | None = 0.5) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, stride=1, padding=1)
        self.conv1_bn = nn.BatchNorm2d(32) if batch_norm else None
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, stride=1, padding=1)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(kernel_size=2, stride=2)
        self.flatten = nn.Flatten()
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.relu3 = nn.ReLU()
        self.dropout = None if dropout is None else nn.Dropout(dropout)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized digits.

        Shape: images (N, 1, 28, 28) → (N, 10).
        """
        x = self.conv1(images)
        if self.conv1_bn is not None:
            x = self.conv1_bn(x)
        x = self.pool1(self.relu1(x))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = self.relu3(self.fc1(self.flatten(x)))
        if self.dropout is not None:
            x = self.dropout(x)
        logits: Tensor = self.fc2(x)
        return logits


ARCHITECTURE = Architecture(
    name="mycnn_bn_dropout",
    title="MyCNN with batch normalization and dropout",
    source="The Math Behind Convolutional Neural Networks, section 4",
    dataset="mnist",
    classes=DIGITS,
    input_shape=(1, 28, 28),
    normalization=MNIST_NORMALIZATION,
    preparation="digit",
    build=MyCNNBatchNormDropout,
    initialize=initialize,
    costs=Costs(421_706, 4_266_240),
)
