"""Networks of the user's own that give no logits: maps, or an exception half-way."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import torch

from app.mechanics.errors import MechanicsError
from app.networks import LoadedNetwork, UnknownLayer
from app.networks.attribution import METHODS, explain
from app.networks.own.error import OwnNetworkError
from app.networks.own.own_network import OwnNetwork

CPU = torch.device("cpu")

HALF_WAY = """
import torch
from torch import nn

class HalfWay(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.act = nn.ReLU()
        self.fc = nn.Linear(100, 10)

    def forward(self, x):
        x = self.act(self.conv(x))
        x = x.flatten(1)
        return self.fc(x)

class Divides(HalfWay):
    def forward(self, x):
        x = self.conv(x)
        scale = x.numel() // 0
        return x * scale

class AtOnce(HalfWay):
    def forward(self, x):
        return self.fc(x)
"""

MAPS = """
import torch
from torch import nn
from torch.nn import functional as F

class Maps(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 4, 3, padding=1, stride=2)
        self.up = nn.ConvTranspose2d(4, 2, 2, stride=2)

    def forward(self, x):
        small = F.relu(self.down(x))
        return {"maps": torch.cat([self.up(small), x], dim=1), "small": small}
"""


def opened(folder: Path, text: str, name: str) -> LoadedNetwork:
    file = folder / "own.py"
    file.write_text(textwrap.dedent(text))
    return OwnNetwork(f"{file}:{name}", input_shape="1x8x8").load(CPU)


def test_a_forward_that_raises_half_way_gives_the_layers_before(tmp_path: Path) -> None:
    network = opened(tmp_path, HALF_WAY, "HalfWay")
    assert list(network.paths.first.layers) == ["conv", "act", "flatten"]
    row = network.summary
    assert row["weights"] == "ready"
    assert row["classes"] == []
    assert row["reason"] == (
        "forward raised RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x144 and "
        "100x10), in Linear of 1×144, in the module fc, at line 15 of own.py, “return self.fc(x)”."
    )
    image = torch.rand(1, 8, 8)
    result = network.forward(image)
    assert not result.has_classes
    conv, act, _ = result.activations.values()
    model = network.model
    assert torch.equal(conv, model.get_submodule("conv")(network.normalize(image))[0])
    assert torch.equal(act, conv.relu())
    trace = network.trace(image, "conv", 2, 3, 4)
    assert trace.trace.value == pytest.approx(conv[2, 3, 4].item(), abs=1e-5)
    with pytest.raises(UnknownLayer, match="it has conv, act, flatten"):
        network.trace(image, "fc", 1)


def test_a_line_of_its_own_that_raises_is_named(tmp_path: Path) -> None:
    network = opened(tmp_path, HALF_WAY, "Divides")
    assert list(network.paths.first.layers) == ["conv"]
    assert network.summary["reason"] == (
        "forward raised ZeroDivisionError: integer division or modulo by zero, in Divides, at line "
        "20 of own.py, “scale = x.numel() // 0”."
    )


def test_one_that_raises_at_once_has_nothing_to_show(tmp_path: Path) -> None:
    with pytest.raises(OwnNetworkError, match=r"forward raised RuntimeError: .*at line 25 of"):
        opened(tmp_path, HALF_WAY, "AtOnce")


def test_a_network_that_gives_maps_is_read_with_them_as_its_outputs(tmp_path: Path) -> None:
    network = opened(tmp_path, MAPS, "Maps")
    assert list(network.paths.first.layers) == ["down", "relu", "up", "cat"]
    assert network.outline.outputs == ("cat", "relu")
    assert network.summary["classes"] == []
    assert network.summary["reason"] == (
        "Maps names no classes; it gives cat of 3×8×8 and relu of 4×4×4."
    )
    image = torch.rand(1, 8, 8)
    result = network.forward(image)
    assert not result.has_classes
    assert torch.equal(
        torch.from_numpy(result.last), network.model(network.normalize(image))["maps"][0]
    )
    with pytest.raises(MechanicsError, match="Maps gives no classes: there is none to explain"):
        explain(network, image, METHODS["saliency"])


def test_labels_for_what_gives_no_logits_are_refused(tmp_path: Path) -> None:
    file, labels = tmp_path / "own.py", tmp_path / "labels.txt"
    file.write_text(MAPS)
    labels.write_text("one\ntwo\n")
    with pytest.raises(OwnNetworkError, match="holds 2 labels, but the network gives no logits"):
        OwnNetwork(f"{file}:Maps", input_shape="1x8x8", labels=labels).load(CPU)
