"""MyCNN: two convolutions, two poolings and two dense layers that read a handwritten digit."""

from __future__ import annotations

from torch import Tensor, nn

from app.networks.architecture import DIGITS, Architecture, Costs
from app.networks.normalization import MNIST_NORMALIZATION


class MyCNN(nn.Module):
    """The network this program opens with: a 28×28 digit in, ten logits out.

    Every operation is a module of its own, activation functions and poolings included, so that
    each of them can be hooked, drawn and explained.

    Shape:
        input (N, 1, 28, 28) → conv1 (N, 32, 28, 28) → pool1 (N, 32, 14, 14)
        → conv2 (N, 64, 14, 14) → pool2 (N, 64, 7, 7) → flatten (N, 3136)
        → fc1 (N, 128) → fc2 (N, 10)
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, stride=1, padding=1)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, stride=1, padding=1)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(kernel_size=2, stride=2)
        self.flatten = nn.Flatten()
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.relu3 = nn.ReLU()
        self.fc2 = nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized digits.

        Shape: images (N, 1, 28, 28) → (N, 10).
        """
        x = self.pool1(self.relu1(self.conv1(images)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = self.relu3(self.fc1(self.flatten(x)))
        logits: Tensor = self.fc2(x)
        return logits


def initialize(model: nn.Module) -> None:
    """Draw the starting weights: convolutions normal(0, 0.01), dense layers Xavier, biases 0.

    Takes the numbers from torch's global generator, so seed it first for a repeatable start.
    """
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.normal_(module.weight, mean=0.0, std=0.01)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
        else:
            continue
        if module.bias is not None:
            nn.init.zeros_(module.bias)


ARCHITECTURE = Architecture(
    name="mycnn",
    title="MyCNN",
    source="The Math Behind Convolutional Neural Networks, section 3",
    dataset="mnist",
    classes=DIGITS,
    input_shape=(1, 28, 28),
    normalization=MNIST_NORMALIZATION,
    preparation="digit",
    build=MyCNN,
    initialize=initialize,
    costs=Costs(421_642, 4_241_152),
)
