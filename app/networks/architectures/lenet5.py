"""LeNet-5 as its paper draws it: 32×32 pixels, seven layers, a table of what feeds what.

Source: LeCun, Bottou, Bengio, Haffner, "Gradient-Based Learning Applied to Document Recognition",
1998, section II.B.

 - The input is 32×32: a digit of 28×28 with two pixels of background around it. Background is -0.1
   and ink 1.175, so that the pixels' mean is about 0 and their variance about 1.
 - S2 and S4 add the four values of a window, multiply the sum by a coefficient and add a bias, both
   learned, one of each a map: here a sum (a pooling that divides by 1) and a 1×1 convolution of
   each map alone.
 - C3 reads each of its 16 maps from only some of S2's six (table I).
 - Every unit up to F6 is squashed by 1.7159 · tanh(2/3 · a).

These layers learn exactly 60,000 numbers, as the paper counts. Ours differs from it in the output
alone: the paper compares F6 with ten fixed drawings of the characters (radial basis functions, no
trained number); here a dense layer gives ten logits, with 850 numbers more.
"""

from __future__ import annotations

from torch import Tensor, nn

from app.networks.architecture import DIGITS, Architecture, Costs
from app.networks.modules import PartialConv2d, ScaledTanh
from app.networks.normalization import Normalization

BACKGROUND, INK = -0.1, 1.175

FEEDS_OF_C3 = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)
"""For each map of C3, the maps of S2 that it reads: the paper's table I, column by column."""


class Subsampling(nn.Module):
    """Windows of 2×2 added up, the sum scaled and shifted by learned numbers, and squashed.

    Shape: (N, C, H, W) → (N, C, H/2, W/2).
    """

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.sum = nn.AvgPool2d(kernel_size=2, stride=2, divisor_override=1)
        self.coefficient = nn.Conv2d(maps, maps, kernel_size=1, groups=maps)
        self.tanh = ScaledTanh()

    def forward(self, x: Tensor) -> Tensor:
        """Maps half as high and wide."""
        maps: Tensor = self.tanh(self.coefficient(self.sum(x)))
        return maps


class LeNet5(nn.Module):
    """Logits of a digit.

    Shape:
        input (N, 1, 28, 28) → pad (N, 1, 32, 32) → c1 (N, 6, 28, 28) → s2 (N, 6, 14, 14)
        → c3 (N, 16, 10, 10) → s4 (N, 16, 5, 5) → c5 (N, 120, 1, 1) → f6 (N, 84) → output (N, 10)
    """

    def __init__(self) -> None:
        super().__init__()
        self.pad = nn.ConstantPad2d(2, BACKGROUND)
        self.c1 = nn.Conv2d(1, 6, kernel_size=5)
        self.tanh1 = ScaledTanh()
        self.s2 = Subsampling(6)
        self.c3 = PartialConv2d(6, FEEDS_OF_C3, kernel_size=5)
        self.tanh3 = ScaledTanh()
        self.s4 = Subsampling(16)
        self.c5 = nn.Conv2d(16, 120, kernel_size=5)
        self.tanh5 = ScaledTanh()
        self.flatten = nn.Flatten()
        self.f6 = nn.Linear(120, 84)
        self.tanh6 = ScaledTanh()
        self.output = nn.Linear(84, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized digits.

        Shape: images (N, 1, 28, 28) → (N, 10).
        """
        x = self.s2(self.tanh1(self.c1(self.pad(images))))
        x = self.s4(self.tanh3(self.c3(x)))
        x = self.tanh5(self.c5(x))
        x = self.tanh6(self.f6(self.flatten(x)))
        logits: Tensor = self.output(x)
        return logits


def initialize(model: nn.Module) -> None:
    """Draw every weight evenly from ±2.4 / (inputs of its unit), as the paper's section III says.

    Takes the numbers from torch's global generator, so seed it first for a repeatable start. The
    biases start at 0.
    """
    for module in model.modules():
        if isinstance(module, PartialConv2d):
            module.draw(2.4)
        elif isinstance(module, nn.Conv2d | nn.Linear):
            bound = 2.4 / module.weight[0].numel()
            nn.init.uniform_(module.weight, -bound, bound)
        else:
            continue
        if module.bias is not None:
            nn.init.zeros_(module.bias)


ARCHITECTURE = Architecture(
    name="lenet5",
    title="LeNet-5",
    source=(
        "LeCun et al. 1998, with ten logits as its output: 850 numbers more than the paper’s 60,000"
    ),
    dataset="mnist",
    classes=DIGITS,
    input_shape=(1, 28, 28),
    normalization=Normalization.taking((BACKGROUND,), (INK,)),
    preparation="digit",
    build=LeNet5,
    initialize=initialize,
    costs=Costs(60_850, 328_096),
)
