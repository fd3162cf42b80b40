"""Networks by others, opened as one's own are, and fifty of their values taken apart."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import torch
from torch import nn

from app.networks.kinds import UNEXPLAINED
from app.networks.own.own_network import OwnNetwork
from app.networks.position import Position

CPU = torch.device("cpu")
CELLS = 50

U_SHAPED = """
import torch
from torch import nn
from torch.nn import functional as F

class Twice(nn.Sequential):
    def __init__(self, before, behind):
        super().__init__(
            nn.Conv2d(before, behind, 3, padding=1), nn.BatchNorm2d(behind), nn.ReLU(inplace=True),
            nn.Conv2d(behind, behind, 3, padding=1), nn.BatchNorm2d(behind), nn.ReLU(inplace=True),
        )

class UNet(nn.Module):
    '''Source: Ronneberger, Fischer, Brox 2015, with two levels, and classes at its end.'''

    def __init__(self):
        super().__init__()
        self.downs = nn.ModuleList([Twice(1, 4), Twice(4, 8)])
        self.bottom = Twice(8, 16)
        self.ups = nn.ModuleList([nn.Conv2d(16, 8, 1), nn.Conv2d(8, 4, 1)])
        self.mixes = nn.ModuleList([Twice(16, 8), Twice(8, 4)])
        self.head = nn.Conv2d(4, 3, 1)

    def forward(self, x):
        skips = []
        for down in self.downs:
            x = down(x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.bottom(x)
        for up, mix in zip(self.ups, self.mixes):
            x = up(F.interpolate(x, scale_factor=2))
            x = mix(torch.cat([skips.pop(), x], dim=1))
        return F.adaptive_avg_pool2d(self.head(x), 1).flatten(1)

build = UNet
"""

DECIDING = """
import torch
from torch import nn

class Depths(nn.Module):
    '''As many steps as the picture is bright, and a gate where it is dark.'''

    def __init__(self):
        super().__init__()
        self.step = nn.Conv2d(1, 1, 3, padding=1)
        self.fc = nn.Linear(196, 4)

    def forward(self, x):
        for _ in range(1 + int(x.mean().abs() > 1e6)):
            x = torch.sigmoid(self.step(x)) * x
        if x.max() < -1e6:
            x = -x
        return self.fc(nn.functional.avg_pool2d(x, 2).flatten(1))

build = Depths
"""


def of_torchvision(made: str) -> str:
    return f"""
    from torchvision import models
    def build():
        return models.{made}
    """


NETWORKS: dict[str, tuple[str, str, set[str]]] = {
    "densely connected": (
        of_torchvision("DenseNet(8, (2, 3, 2), 8, num_classes=5)"), "3x64x64", set(),
    ),
    "inception": (
        of_torchvision("GoogLeNet(num_classes=5, aux_logits=False, init_weights=False)"),
        "3x64x64",
        set(),
    ),
    "mobile, with gates": (
        of_torchvision("mobilenet_v3_small(num_classes=5)"), "3x64x64", set(),
    ),
    "U-shaped": (U_SHAPED, "1x28x28", {"interpolate"}),
    "with control flow": (DECIDING, "1x28x28", set()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "shape", "unexplained"), NETWORKS.values(), ids=NETWORKS)
def test_fifty_values_are_torchs(
    tmp_path: Path, text: str, shape: str, unexplained: set[str]
) -> None:
    """Each layer's value by itself, from the inputs it had, in float64 against float32."""
    (tmp_path / "theirs.py").write_text(textwrap.dedent(text))
    torch.manual_seed(4)
    network = OwnNetwork(f"{tmp_path}/theirs.py:build", input_shape=shape).load(CPU)
    image = torch.rand(network.architecture.input_shape)
    activations = network.forward(image).activations
    layers = network.outline.layers
    unknown = [layer.facts.settings for layer in layers if layer.explained_by is UNEXPLAINED]
    assert {settings["operation"] for settings in unknown} == unexplained
    generator = torch.Generator().manual_seed(0)
    for _ in range(CELLS):
        layer = layers[int(torch.randint(len(layers), (), generator=generator))]
        cell = [int(torch.randint(size, (), generator=generator)) for size in layer.output_shape]
        trace = network.trace(image, layer.name, *cell)
        own = activations[layer.name][Position(*cell).index(layer.output_shape)].item()
        assert trace.torch_value == own
        largest = activations[layer.name].abs().max().item()
        assert trace.trace.value == pytest.approx(own, rel=1e-4, abs=1e-4 * max(largest, 1e-6))


def test_they_are_torch_modules_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "theirs.py").write_text(U_SHAPED)
    network = OwnNetwork(f"{tmp_path}/theirs.py:build", input_shape="1x28x28").load(CPU)
    assert type(network.model).__mro__[1] is nn.Module
    cats = [node for node in network.graph.nodes if node.name.startswith("cat")]
    skips = [node.inputs[0] for node in cats]
    assert skips == ["downs.1.5", "downs.0.5"], "the deeper skip is joined first"
