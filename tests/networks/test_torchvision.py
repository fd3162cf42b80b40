"""Networks that were written for other ends, read as they come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from torchvision.models import alexnet, densenet121, resnet18, resnet50, vgg16
from torchvision.models.feature_extraction import get_graph_node_names

from app.networks import LoadedNetwork
from app.networks.normalization import Normalization
from app.networks.outline import make_outline
from app.networks.position import Position
from app.networks.registry import ARCHITECTURES
from app.networks.tracing import read_graph

PHOTOGRAPHS = replace(
    ARCHITECTURES["mycnn"],
    name="photographs",
    title="Photographs",
    classes=tuple(map(str, range(1000))),
    input_shape=(3, 64, 64),
    normalization=Normalization((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    preparation="photo",
)


@pytest.mark.parametrize("make", [resnet18, densenet121])
def test_every_layer_is_explained_and_named_as_torchvision_names_it(make: Any) -> None:
    torch.manual_seed(0)
    model = make(weights=None).eval()
    network = LoadedNetwork(PHOTOGRAPHS, model, {}, torch.device("cpu"))
    _, names = get_graph_node_names(model)
    assert ["input", *(node.name for node in network.graph.nodes)] == [
        "input",
        *names[1:],
        "softmax",
    ]
    assert "Unexplained" not in {layer.kind for layer in network.outline.layers}
    assert network.outline.parameters == sum(each.numel() for each in model.parameters())
    image = torch.rand(3, 64, 64)
    assert torch.equal(network.forward(image).logits, model(network.normalize(image))[0])
    with torch.inference_mode():
        values = network.graph.run(network.normalize(image))
        for node in network.graph.nodes:
            layer = network.layer(node.name)
            at = Position(*[size // 2 for size in layer.output_shape])
            inputs = [values[source][0] for source in node.inputs]
            trace = layer.explained_by.trace(node.op, inputs, at)
            own = values[node.name][0][at.index(layer.output_shape)].item()
            largest = values[node.name].abs().max().item()
            assert trace.value == pytest.approx(own, rel=1e-5, abs=1e-5 * largest)


@pytest.mark.parametrize(
    ("make", "layer", "size"),
    [
        (alexnet, "features.12", 195),
        (vgg16, "features.30", 212),
        (resnet18, "layer4.1.relu_1", 435),
        (resnet50, "layer4.2.relu_2", 427),
    ],
)
def test_receptive_fields_are_the_published_ones(make: Any, layer: str, size: int) -> None:
    """Source: Araujo, Norris, Sim, Distill 2019, table; of ResNet-18 by the same reckoning."""
    graph = read_graph(make(weights=None), PHOTOGRAPHS.input_shape)
    outline = make_outline(PHOTOGRAPHS, graph)
    field = next(each.receptive_field for each in outline.layers if each.name == layer)
    assert (field.size, field.status) == ((size, size), "exact")
