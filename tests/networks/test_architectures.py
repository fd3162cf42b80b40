"""The networks that ship against what was published of them: counts, sizes, and what feeds what."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from torch import nn

from app.networks.architectures import lenet5, mycnn_bn_dropout, resnet20, vgg_mini
from app.networks.architectures.efficientnet_lite0 import EfficientNetLite0
from app.networks.architectures.imagenet import read_classes
from app.networks.architectures.mycnn import MyCNN
from app.networks.architectures.squeezenet1_1 import SqueezeNet
from app.networks.modules import PartialConv2d, ScaledTanh
from app.networks.outline import Outline, make_outline
from app.networks.registry import Architecture
from app.networks.tracing import read_graph
from tests.networks.architectures import PHOTO_NETWORKS, built


def count(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def outline_of(architecture: Architecture) -> Outline:
    graph = read_graph(architecture.build(), architecture.input_shape)
    return make_outline(architecture, graph)


def inputs_of(outline: Outline) -> dict[str, tuple[str, ...]]:
    return {layer.name: layer.inputs for layer in outline.layers}


def test_lenet5_learns_what_its_paper_counts_and_ten_logits() -> None:
    """Section II.B gives a number for each layer but S4's, which it counts as 32."""
    model = lenet5.LeNet5()
    published = {"c1": 156, "s2": 12, "c3": 1516, "s4": 32, "c5": 48_120, "f6": 10_164}
    assert {name: count(model.get_submodule(name)) for name in published} == published
    assert sum(published.values()) == 60_000
    assert count(model) == 60_000 + 84 * 10 + 10


def test_lenet5s_layers_have_the_papers_sizes() -> None:
    shapes = {layer.name: layer.output_shape for layer in outline_of(lenet5.ARCHITECTURE).layers}
    assert [shapes[name] for name in ("pad", "c1", "s2.tanh", "c3", "s4.tanh", "c5", "f6")] == [
        (1, 32, 32), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120, 1, 1), (84,),
    ]  # fmt: skip


def test_c3_reads_what_table_1_says() -> None:
    reads = lenet5.FEEDS_OF_C3
    assert [len(maps) for maps in reads] == [3] * 6 + [4] * 9 + [6]
    for maps in reads[:12]:
        gaps = [(after - before) % 6 for before, after in itertools.pairwise(maps)]
        around = (maps[0] - maps[-1]) % 6
        assert sorted([*gaps, around])[:-1] == [1] * (len(maps) - 1), "these are neighbours"
    assert all(sum(index in maps for maps in reads) == 10 for index in range(6))
    assert len(set(reads)) == 16


def test_lenets_outline_has_the_papers_table_and_says_what_it_learns_more() -> None:
    architecture = lenet5.ARCHITECTURE
    outline = outline_of(architecture)
    (c3,) = (layer for layer in outline.layers if layer.name == "c3")
    assert tuple(map(tuple, c3.facts.settings["feeds"])) == lenet5.FEEDS_OF_C3
    assert outline.parameters - 60_000 == 850
    assert "850 numbers more than the paper’s 60,000" in architecture.source


def test_a_partial_convolution_is_the_one_with_zeros_where_nothing_is_connected() -> None:
    torch.manual_seed(0)
    module = PartialConv2d(3, ((0, 2), (1,)), kernel_size=3)
    assert module.weight.shape == (2, 3, 3, 3)
    assert not module.weight[0, 1].any()
    assert not module.weight[1, 0].any()
    assert torch.equal(module.weight[1, 1], module.slices[2])
    images = torch.randn(2, 3, 6, 5)
    expected = nn.functional.conv2d(images, module.weight, module.bias)
    assert torch.equal(module(images), expected)
    module(images).sum().backward()
    assert module.slices.grad is not None
    assert module.slices.grad.shape == (3, 3, 3)


def test_the_scaled_tanh_leaves_1_and_minus_1() -> None:
    assert ScaledTanh()(torch.tensor([1.0, -1.0])).tolist() == pytest.approx([1, -1], abs=1e-4)


def test_lenet5s_starting_weights_are_within_the_papers_bounds() -> None:
    model = lenet5.LeNet5()
    lenet5.initialize(model)
    for module, inputs in ((model.c1, 25), (model.c5, 400), (model.f6, 120)):
        assert 0.95 * 2.4 / inputs < float(module.weight.detach().abs().max()) <= 2.4 / inputs
        assert module.bias is not None
        assert not module.bias.any()
    six = model.c3.slices[-6:].detach()
    assert 0.9 * 2.4 / 150 < float(six.abs().max()) <= 2.4 / 150


def test_lenet5_takes_background_to_minus_a_tenth_and_pads_with_it() -> None:
    normalized = lenet5.ARCHITECTURE.normalization(torch.tensor([[[0.0, 1.0]]]))
    assert normalized.flatten().tolist() == pytest.approx([-0.1, 1.175])
    assert lenet5.LeNet5().pad.value == lenet5.BACKGROUND


def test_resnet20_has_the_papers_layers_and_parameters() -> None:
    """269,722 for CIFAR's three colours, as counted by who rebuilt it; 288 fewer for one."""
    model = resnet20.ResNet20()
    assert count(model) == 269_722 - 16 * 2 * 9
    convolutions = [m for m in model.modules() if isinstance(m, nn.Conv2d)]
    assert len(convolutions) + 1 == 6 * 3 + 2
    assert not [name for name, _ in model.named_parameters() if "shortcut" in name]


def test_resnet20s_sums_show_both_ways() -> None:
    inputs = inputs_of(outline_of(resnet20.ARCHITECTURE))
    sums = {name: read for name, read in inputs.items() if name.endswith(".add")}
    assert len(sums) == 9
    assert sums["stage1.0.add"] == ("stage1.0.bn2", "relu1")
    assert sums["stage1.1.add"] == ("stage1.1.bn2", "stage1.0.relu2")
    assert sums["stage2.0.add"] == ("stage2.0.bn2", "stage2.0.shortcut.zeros")
    assert inputs["stage2.0.shortcut.every_second"] == ("stage1.2.relu2",)
    assert inputs["stage2.0.conv1"] == ("stage1.2.relu2",)


def test_resnet20s_way_around_takes_every_second_value_and_puts_zeros_behind() -> None:
    block = resnet20.Block(2, 5, stride=2)
    assert block.shortcut is not None
    maps = torch.randn(1, 2, 6, 6)
    around = block.shortcut(maps)
    assert torch.equal(around[:, :2], maps[:, :, ::2, ::2])
    assert not around[:, 2:].any()
    assert around.shape == (1, 5, 3, 3)


def test_vgg_mini_is_pairs_of_3x3_and_poolings_that_halve() -> None:
    outline = outline_of(vgg_mini.ARCHITECTURE)
    sizes = [layer.facts.settings["kernel_size"] for layer in outline.layers
             if layer.kind == "Conv2d"]  # fmt: skip
    assert sizes == [[3, 3]] * 6
    pooled = [layer.output_shape for layer in outline.layers if layer.kind == "MaxPool2d"]
    assert pooled == [(32, 14, 14), (64, 7, 7), (128, 3, 3)]


def test_the_articles_second_network_is_its_first_with_two_layers_more() -> None:
    more = mycnn_bn_dropout.ARCHITECTURE.build()
    assert count(more) == count(MyCNN()) + 64
    inputs = inputs_of(outline_of(mycnn_bn_dropout.ARCHITECTURE))
    assert inputs["conv1_bn"] == ("conv1",)
    assert inputs["relu1"] == ("conv1_bn",)
    assert inputs["dropout"] == ("relu3",)
    assert inputs["fc2"] == ("dropout",)


def test_the_networks_of_photographs_have_the_published_parameters() -> None:
    assert count(EfficientNetLite0()) == 4_652_008
    assert count(SqueezeNet()) == 1_235_496


def test_efficientnet_adds_where_the_shape_stays_and_pads_as_tensorflow_does() -> None:
    outline = built("efficientnet_lite0").outline
    sums = [layer for layer in outline.layers if layer.kind == "Add"]
    assert len(sums) == 9
    assert all(len(layer.inputs) == 2 for layer in sums)
    depthwise = [layer for layer in outline.layers if layer.name.endswith("depthwise.conv")]
    assert len(depthwise) == 16
    assert all(layer.facts.settings["groups"] == layer.output_shape[0] for layer in depthwise)
    pads = [layer.facts.settings["padding"] for layer in outline.layers if layer.kind == "Pad"]
    small, large = ({"top": n, "bottom": n + 1, "left": n, "right": n + 1} for n in (0, 1))
    assert pads == [small, small, large, small, large]
    assert math.prod(outline.layers[-1].output_shape) == 1000


@pytest.mark.parametrize(
    ("name", "rows"), [("squeezenet1_1", (56, 27, 13)), ("squeezenet1_1_ceil", (56, 28, 14))]
)
def test_squeezenet_rounds_its_poolings_down_or_up(name: str, rows: tuple[int, ...]) -> None:
    outline = built(name).outline
    pools = [layer for layer in outline.layers if layer.kind == "MaxPool2d"]
    assert tuple(layer.output_shape[1] for layer in pools) == rows
    inputs = inputs_of(outline)
    assert inputs["fire2.cat"] == ("fire2.relu1x1", "fire2.relu3x3")


def test_every_network_of_photographs_knows_the_thousand_classes() -> None:
    classes = read_classes()
    assert (len(classes), len(set(classes))) == (1000, 1000)
    assert (classes[0], classes[285], classes[967], classes[999]) == (
        "tench", "Egyptian cat", "espresso", "toilet tissue",
    )  # fmt: skip
    for name in PHOTO_NETWORKS:
        assert built(name).architecture.classes == classes
