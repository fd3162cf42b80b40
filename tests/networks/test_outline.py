from __future__ import annotations

import json

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from app.networks import LoadedNetwork
from app.networks.graph import read_graph
from app.networks.mycnn import MyCNN
from app.networks.outline import Outline, make_outline
from app.networks.registry import ARCHITECTURES


def outline_of(name: str) -> Outline:
    architecture = ARCHITECTURES[name]
    return make_outline(architecture, read_graph(architecture.build()))


each_network = pytest.mark.parametrize("name", sorted(ARCHITECTURES))


@each_network
def test_shapes_are_those_of_the_running_network(name: str) -> None:
    architecture = ARCHITECTURES[name]
    graph = read_graph(architecture.build().eval())
    values = graph.run(torch.zeros(1, *architecture.input_shape))
    for layer in outline_of(name).layers:
        assert layer.input_shape == tuple(values[layer.inputs[0]].shape[1:])
        assert layer.output_shape == tuple(values[layer.name].shape[1:])


@each_network
def test_parameters_are_those_of_the_modules(name: str) -> None:
    model = ARCHITECTURES[name].build()
    outline = outline_of(name)
    for layer in outline.layers[:-1]:
        counted = {n: p.numel() for n, p in model.get_submodule(layer.name).named_parameters()}
        assert layer.parameters.weight == counted.get("weight", 0)
        assert layer.parameters.bias == counted.get("bias", 0)
        assert layer.parameters.total == sum(counted.values())
    assert outline.parameters == sum(p.numel() for p in model.parameters())


@each_network
def test_multiply_accumulates_are_half_of_what_torch_counts(name: str) -> None:
    architecture = ARCHITECTURES[name]
    model = architecture.build().eval()
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(1, *architecture.input_shape))
    flops = counter.get_flop_counts()
    outline = outline_of(name)
    for layer in outline.layers[:-1]:
        counted = flops.get(f"{type(model).__name__}.{layer.name}", {})
        assert 2 * layer.multiply_accumulates == sum(counted.values())
    assert 2 * outline.multiply_accumulates == counter.get_total_flops()


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
    graph = read_graph(open_copy(MyCNN()))
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
    document = outline_of("mycnn").as_dict()
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
    assert conv2["receptive_field"] == {"size": [8, 8], "stride": [2, 2], "padding": [3, 3]}
    assert layers["softmax"]["inputs"] == ["fc2"]
    assert layers["fc1"]["output_size"] is None
    assert layers["pool1"]["settings"]["kernel_size"] == [2, 2]
