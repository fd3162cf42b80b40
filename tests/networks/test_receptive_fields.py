"""Of every layer of every network: no value answers to a pixel outside of its receptive field."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
import torch
from torch import nn

from app.mechanics.receptive_field import Box
from app.mechanics.window import PaddingMode
from app.networks import LoadedNetwork
from app.networks.kinds import View
from app.networks.outline import make_outline
from app.networks.position import Position, Shape
from app.networks.registry import ARCHITECTURES
from app.networks.tracing import read_graph
from tests.networks.architectures import built

TOO_MANY = 5_000_000_000
"""Multiply-accumulates: of such a network an image half as large is taken."""
CELLS = 4
"""Of each layer of a network of digits; of one of photographs one."""


def some_box(view: View, shape: Shape, generator: torch.Generator) -> tuple[tuple[int, ...], Box]:
    """A value of a layer, drawn by chance, and the box that it is said to see."""
    at = tuple(int(torch.randint(size, (), generator=generator)) for size in shape)
    return at, view.box(Position(*(*at, 0, 0)[:3]))


def inside(start: int, end: int) -> slice:
    """The lines of the image among those of a box, which may begin and end in padding."""
    return slice(max(0, start), max(0, end))


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_no_gradient_leaves_the_box(name: str) -> None:
    """Image, weights and values by chance; not one pixel outside, with no tolerance."""
    architecture, model, graph, outline = built(name)
    generator = torch.Generator().manual_seed(len(name))
    channels, height, width = architecture.input_shape
    if outline.multiply_accumulates > TOO_MANY:
        height, width = height // 2, width // 2
        graph = read_graph(model, (channels, height, width))
        outline = make_outline(architecture, graph)
    pixels = torch.randn(1, channels, height, width, generator=generator, requires_grad=True)
    values = graph.run(pixels)
    answering = 0
    for layer in outline.layers:
        for _ in range(CELLS if height * width < 10_000 else 1):
            at, box = some_box(layer.facts.view, layer.output_shape, generator)
            (gradient,) = torch.autograd.grad(values[layer.name][0][at], pixels, retain_graph=True)
            answering += bool(gradient.any())
            gradient[..., inside(box.top, box.bottom), inside(box.left, box.right)] = 0
            assert not gradient.any(), (layer.name, at, box)
    assert answering > len(outline.layers) / 2, "a gradient that is zero everywhere proves nothing"


@pytest.mark.parametrize(
    ("mode", "padding", "status"),
    [
        ("reflect", 1, "exact"),
        ("reflect", 2, "upper_bound"),
        ("replicate", 2, "exact"),
        ("circular", 1, "upper_bound"),
        ("circular", 0, "exact"),
    ],
)
def test_what_padding_borrows_lies_in_the_box(mode: PaddingMode, padding: int, status: str) -> None:
    """A padded cell that shows a pixel from elsewhere makes the unit answer to that pixel."""
    conv = nn.Conv2d(1, 1, 3, stride=2, padding=padding, padding_mode=mode)
    model = nn.Sequential(conv, nn.Flatten(), nn.LazyLinear(2))
    model(torch.zeros(1, 1, 11, 11))
    graph = read_graph(model.eval(), (1, 11, 11))
    architecture = replace(ARCHITECTURES["mycnn"], input_shape=(1, 11, 11))
    layer = make_outline(architecture, graph).layers[0]
    assert layer.receptive_field.status == status
    pixels = torch.randn(1, 1, 11, 11, requires_grad=True)
    maps = conv(pixels)[0, 0]
    for row, column in itertools.product(*map(range, maps.shape)):
        (gradient,) = torch.autograd.grad(maps[row, column], pixels, retain_graph=True)
        box = layer.facts.view.box(Position(0, row, column))
        gradient[..., inside(box.top, box.bottom), inside(box.left, box.right)] = 0
        assert not gradient.any(), (row, column)


class Undecided(nn.Module):
    """Decides by what it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.flatten, self.fc = nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(18, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x)
        x = x if x.mean() > 100 else x.relu()
        found: torch.Tensor = self.fc(self.flatten(x))
        return found


def test_a_value_of_constant_padding_sees_nothing_and_no_pixel_moves_it() -> None:
    model = ARCHITECTURES["resnet20"].build()
    network = LoadedNetwork(ARCHITECTURES["resnet20"], model, {}, torch.device("cpu"))
    zeros, pixels = "stage2.0.shortcut.zeros", torch.rand(1, 28, 28)
    (outline,) = (layer for layer in network.outline.layers if layer.name == zeros)
    before, behind = outline.facts.settings["channels"]
    maps = outline.output_shape[0]
    for channel in range(maps):
        at = Position(channel, 5, 5)
        status = network.receptive_field_status(zeros, network.receptive_field(zeros, 5, 5), at)
        is_padding = not before <= channel < maps - behind
        assert (status == "nothing") == is_padding
        if is_padding:
            assert not network.effective_receptive_field(pixels, zeros, channel, 5, 5).any()


class Padded(nn.Module):
    """Padding, a function of each value, and a convolution."""

    def __init__(self) -> None:
        super().__init__()
        self.pad, self.relu, self.conv = nn.ZeroPad2d(1), nn.ReLU(), nn.Conv2d(1, 2, 3)
        self.flatten, self.fc = nn.Flatten(), nn.Linear(50, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.fc(self.flatten(self.conv(self.relu(self.pad(x)))))
        return found


def test_what_is_made_of_padding_alone_sees_nothing_either() -> None:
    architecture = replace(ARCHITECTURES["mycnn"], input_shape=(1, 5, 5))
    network = LoadedNetwork(architecture, Padded(), {}, torch.device("cpu"))
    for layer, row, is_blind in (("pad", 0, True), ("relu", 0, True), ("relu", 1, False)):
        box, at = network.receptive_field(layer, row, 1), Position(0, row, 1)
        assert (network.receptive_field_status(layer, box, at) == "nothing") == is_blind
    box = network.receptive_field("conv", 0, 0)
    assert network.receptive_field_status("conv", box, Position(0, 0, 0)) != "nothing"


def test_a_network_that_decides_by_what_it_sees_says_so_of_its_boxes() -> None:
    architecture = replace(ARCHITECTURES["mycnn"], input_shape=(1, 5, 5))
    network = LoadedNetwork(architecture, Undecided(), {}, torch.device("cpu"))
    assert network.receptive_field_status("conv", network.receptive_field("conv")) == (
        "data_dependent"
    )
    assert {layer.receptive_field.status for layer in network.outline.layers} == {"data_dependent"}
    assert built("mycnn").outline.layers[-1].receptive_field.status == "exact"
