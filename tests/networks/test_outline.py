from __future__ import annotations

import copy
import json

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from app.networks import LoadedNetwork
from app.networks.architecture import Costs
from app.networks.architectures.mycnn import MyCNN
from app.networks.modules import PartialConv2d
from app.networks.tracing import read_graph
from tests.networks.architectures import EVERY_ARCHITECTURE, built

each_network = pytest.mark.parametrize("name", sorted(EVERY_ARCHITECTURE))


@each_network
def test_shapes_are_those_of_the_running_network(name: str) -> None:
    architecture, _, graph, outline = built(name)
    values = graph.run(torch.zeros(1, *architecture.input_shape))
    for layer in outline.layers:
        assert layer.input_shapes == tuple(tuple(values[i].shape[1:]) for i in layer.inputs)
        assert layer.output_shape == tuple(values[layer.name].shape[1:])


@each_network
def test_parameters_are_those_of_the_modules(name: str) -> None:
    _, model, graph, outline = built(name)
    for layer, node in zip(outline.layers, graph.nodes, strict=True):
        counted = {n: p.numel() for n, p in node.op.named_parameters()}
        assert layer.parameters.total == sum(counted.values())
        assert layer.parameters.bias == counted.pop("bias", 0)
        assert layer.parameters.weight == sum(counted.values())
    assert outline.parameters == sum(p.numel() for p in model.parameters())


@each_network
def test_multiply_accumulates_are_half_of_what_torch_counts(name: str) -> None:
    architecture, _, graph, outline = built(name)
    values = graph.run(torch.zeros(1, *architecture.input_shape))
    for layer, node in zip(outline.layers, graph.nodes, strict=True):
        with FlopCounterMode(display=False) as counter:
            node.op(*[values[source] for source in node.inputs])
        counted = counter.get_total_flops()
        if layer.kind == "BatchNorm2d":
            # Torch counts nothing of a normalization, which multiplies and adds once a value.
            counted = 2 * values[node.name].numel()
        elif isinstance(node.op, PartialConv2d):
            # Torch multiplies by the zeros of what is not connected, too.
            connected = len(node.op.pairs) / (node.op.in_channels * node.op.out_channels)
            counted = round(counted * connected)
        macs = layer.facts.multiply_accumulates
        assert (macs is None) == (layer.kind == "Unexplained")
        assert macs is None or 2 * macs == counted
    known = [layer.facts.multiply_accumulates for layer in outline.layers]
    assert outline.multiply_accumulates == sum(each for each in known if each)


@each_network
def test_costs_that_are_known_without_building_are_the_outlines(name: str) -> None:
    architecture, _, _, outline = built(name)
    found = Costs(outline.parameters, outline.multiply_accumulates)
    assert architecture.costs in (None, found)
    assert architecture.costs is not None or name == "branching"


def open_copy(model: MyCNN) -> MyCNN:
    """The same geometry with nothing that shuts: positive weights, and a mean for a maximum."""
    for parameter in model.parameters():
        nn.init.constant_(parameter, 0.01)
    for name, module in list(model.named_children()):
        if isinstance(module, nn.MaxPool2d):
            setattr(model, name, nn.AvgPool2d(module.kernel_size, module.stride))
    return model


@pytest.mark.parametrize(
    ("layer", "position"),
    [
        ("conv1", (0, 0, 0)),
        ("conv1", (5, 27, 13)),
        ("pool1", (3, 0, 13)),
        ("conv2", (1, 7, 7)),
        ("conv2", (1, 0, 13)),
        ("relu2", (9, 13, 1)),
        ("pool2", (2, 3, 3)),
        ("pool2", (2, 6, 0)),
        ("flatten", (7 * 49 + 2 * 7 + 5,)),
        ("fc1", (17,)),
        ("fc2", (3,)),
        ("softmax", (3,)),
    ],
)
def test_receptive_field_is_where_the_gradient_can_be(
    network: LoadedNetwork, layer: str, position: tuple[int, ...]
) -> None:
    graph = read_graph(open_copy(MyCNN()), (1, 28, 28))
    pixels = torch.ones(1, 1, 28, 28, requires_grad=True)
    # A probability's own gradient vanishes when all logits are alike: look at the logits' sum.
    value = graph.run(pixels)["fc2" if layer == "softmax" else layer][0][position]
    (gradient,) = torch.autograd.grad(value, pixels)
    channel, row, column = (*position, 0, 0)[:3]
    box = network.receptive_field(layer, row, column, channel=channel)
    seen = torch.zeros(28, 28, dtype=torch.bool)
    seen[max(0, box.top) : box.bottom, max(0, box.left) : box.right] = True
    assert torch.equal(gradient[0, 0] != 0, seen)


def test_the_document_of_mycnn() -> None:
    document = built("mycnn").outline.as_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["parameters"] == 421_642
    assert document["multiply_accumulates"] == 225_792 + 3_612_672 + 401_408 + 1_280
    assert document["classes"] == list("0123456789")
    assert document["input_shape"] == [1, 28, 28]
    assert document["normalization"] == {"mean": [0.1307], "std": [0.3081]}
    layers = {layer["name"]: layer for layer in document["layers"]}
    conv2 = layers["conv2"]
    assert conv2["kind"] == "Conv2d"
    assert conv2["inputs"] == ["pool1"]
    assert conv2["settings"] == {
        "in_channels": 32,
        "out_channels": 64,
        "kernel_size": [3, 3],
        "stride": [1, 1],
        "padding": [1, 1],
        "dilation": [1, 1],
        "groups": 1,
        "padding_mode": "zeros",
        "bias": True,
    }
    assert conv2["input_shape"] == [32, 14, 14]
    assert conv2["output_shape"] == [64, 14, 14]
    assert conv2["parameters"]["expression"] == "64·(32·3·3 + 1)"
    assert conv2["output_size"]["height"]["output"] == 14
    assert conv2["receptive_field"] == {
        "size": [8, 8],
        "stride": [2, 2],
        "padding": [3, 3],
        "status": "exact",
    }
    assert (document["preparation"], conv2["note"]) == ("digit", None)
    assert layers["softmax"]["inputs"] == ["fc2"]
    assert layers["fc1"]["output_size"] is None
    assert layers["pool1"]["settings"]["kernel_size"] == [2, 2]


def test_the_document_of_a_network_that_branches() -> None:
    document = built("branching").outline.as_dict()
    assert json.loads(json.dumps(document)) == document
    layers = {layer["name"]: layer for layer in document["layers"]}
    assert layers["add"]["inputs"] == ["pool", "shared_1"]
    assert layers["add"]["receptive_field"]["status"] == "exact", "one branch sees all of the other"
    cat = layers["cat"]
    assert (cat["kind"], cat["inputs"], cat["settings"]) == (
        "Concatenate",
        ["narrow", "wide"],
        {"dim": 1},
    )
    assert (cat["input_shapes"], cat["output_shape"]) == ([[8, 14, 14]] * 2, [16, 14, 14])
    assert cat["receptive_field"] == {
        "size": [21, 21],
        "stride": [2, 2],
        "padding": [10, 10],
        "status": "upper_bound",
    }
    mish = layers["mish"]
    assert (mish["kind"], mish["settings"]) == ("Unexplained", {"operation": "Mish"})
    assert mish["multiply_accumulates"] is None
    assert mish["note"].startswith("Mish cannot be taken apart here")
    assert layers["average"]["output_size"]["height"]["windows"] == [[0, 3], [2, 5], [4, 7]]
    assert layers["shared"]["parameters"] == layers["shared_1"]["parameters"]
    assert layers["dropout"]["note"].startswith("Dropout leaves every value as it is")


def test_every_layer_sees_at_least_where_its_gradient_is(branching: LoadedNetwork) -> None:
    """A box that is an upper bound holds all that any value answers to; an exact one is it."""
    graph = read_graph(copy.deepcopy(branching.model).double(), (1, 28, 28))
    generator = torch.Generator().manual_seed(5)
    for layer in branching.outline.layers:
        for _ in range(4):
            at = [int(torch.randint(size, (), generator=generator)) for size in layer.output_shape]
            pixels = torch.rand(1, 1, 28, 28, dtype=torch.float64, generator=generator)
            pixels.requires_grad_()
            value = graph.run(pixels, until=layer.name)[layer.name][0][tuple(at)]
            (gradient,) = torch.autograd.grad(value, pixels)
            channel, row, column = (*at, 0, 0)[:3]
            box = branching.receptive_field(layer.name, row, column, channel=channel)
            gradient[0, 0, max(0, box.top) : box.bottom, max(0, box.left) : box.right] = 0
            assert not gradient.any(), (layer.name, at)
