"""Every kind of layer traced at its corners, its edges and its middle, against torch in float64."""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.networks import LoadedNetwork
from app.networks.graph import Node
from app.networks.kinds import UNEXPLAINED, Kind
from app.networks.position import Position
from app.networks.tracing import read_graph
from tests.networks.architectures import (
    DIGIT_NETWORKS,
    EVERY_LAYER,
    PHOTO_NETWORKS,
    photo_for,
)


def cells(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The first, the last and a middle index of every axis, in all combinations."""
    return list(itertools.product(*[sorted({0, size // 2, size - 1}) for size in shape]))


def drawn(shape: tuple[int, ...], count: int = 50) -> list[tuple[int, ...]]:
    """Some places drawn by chance, the same each time."""
    generator = torch.Generator().manual_seed(0)
    columns = [torch.randint(size, (count,), generator=generator).tolist() for size in shape]
    return list(zip(*columns, strict=True))


@dataclass(frozen=True)
class Layer:
    """A layer, what it reads, its activation, and that in float64 from the float32 values it reads.

    So a difference is that of this one layer's arithmetic, as it is in a trace.
    """

    node: Node
    kind: Kind
    inputs: list[Tensor]
    activation: Tensor
    exact: Tensor


def layers_of(network: LoadedNetwork, image: Tensor) -> dict[str, Layer]:
    """Every layer of a network, after one image."""
    shape = network.architecture.input_shape
    in_float64 = read_graph(copy.deepcopy(network.model).double(), shape)
    ops = [node.op for node in in_float64.nodes]
    return {layer.node.name: layer for layer in layers_by(network, image, ops)}


def layers_by(
    network: LoadedNetwork, image: Tensor, in_float64: Iterable[nn.Module]
) -> Iterator[Layer]:
    """Each layer after one image, by what it is in float64."""
    activations = network.forward(image).activations
    given = {"input": network.normalize(image)[0], **activations}
    for node, double in zip(network.graph.nodes, in_float64, strict=True):
        inputs = [given[source] for source in node.inputs]
        with torch.no_grad():
            exact = double(*[each.double().unsqueeze(0) for each in inputs])[0]
        kind = network.layer(node.name).explained_by
        yield Layer(node, kind, inputs, activations[node.name], exact)


@pytest.fixture(scope="module")
def layers(networks: dict[str, LoadedNetwork], digit: Tensor) -> dict[tuple[str, str], Layer]:
    """Every layer of every network of digits, after one digit."""
    return {
        (name, layer): found
        for name in DIGIT_NETWORKS
        for layer, found in layers_of(networks[name], digit).items()
    }


@pytest.mark.parametrize("name", PHOTO_NETWORKS)
def test_values_of_a_network_of_photographs_are_torchs_in_float64(
    networks: dict[str, LoadedNetwork], name: str
) -> None:
    network = networks[name]
    # One by one: all of a VGG in float64 would be a gigabyte.
    in_float64 = (copy.deepcopy(node.op).double() for node in network.graph.nodes)
    for its in layers_by(network, photo_for(network.architecture), in_float64):
        layer, shape = its.node.name, tuple(its.exact.shape)
        for cell in drawn(shape, 8):
            trace = its.kind.trace(its.node.op, its.inputs, Position(*cell))
            expected = its.exact[cell].item()
            assert trace.value == pytest.approx(expected, rel=1e-11, abs=1e-13), layer
        assert its.kind is not UNEXPLAINED


@pytest.mark.parametrize(("name", "layer"), EVERY_LAYER)
def test_every_value_is_torchs_in_float64(
    layers: dict[tuple[str, str], Layer], name: str, layer: str
) -> None:
    its = layers[name, layer]
    expected = its.activation if its.kind is UNEXPLAINED else its.exact
    for cell in {*cells(tuple(expected.shape)), *drawn(tuple(expected.shape))}:
        trace = its.kind.trace(its.node.op, its.inputs, Position(*cell))
        assert trace.value == pytest.approx(expected[cell].item(), rel=1e-11, abs=1e-13)


@pytest.mark.parametrize(("name", "layer"), EVERY_LAYER)
def test_a_trace_tells_torchs_value_and_the_difference(
    networks: dict[str, LoadedNetwork],
    layers: dict[tuple[str, str], Layer],
    digit: Tensor,
    name: str,
    layer: str,
) -> None:
    its = layers[name, layer]
    for cell in drawn(tuple(its.activation.shape), 2):
        trace = networks[name].trace(digit, layer, *cell).as_dict()
        own = its.kind.trace(its.node.op, its.inputs, Position(*cell))
        assert trace["kind"] == its.kind.name
        assert trace["value"] == own.value
        assert trace["torch_value"] == its.activation[cell].item()
        assert trace["difference"] == trace["value"] - trace["torch_value"]
        assert abs(trace["difference"]) < 1e-4 * max(1.0, its.activation.abs().max().item())
        assert trace["layer"] == layer
        channel, row, column = (*cell, 0, 0)[:3]
        assert trace["position"] == {"channel": channel, "row": row, "column": column}


def maximum_of(cells: Tensor) -> float:
    return cells.max().item()


@pytest.mark.parametrize("layer", ["conv1", "conv2"])
def test_a_convolution_is_its_products_its_sums_and_its_bias(
    network: LoadedNetwork, digit: Tensor, layer: str
) -> None:
    weights = network.weights(layer)
    source = {"conv1": "input", "conv2": "pool1"}[layer]
    result = network.forward(digit)
    maps = result.input if source == "input" else result.activations[source]
    padded = F.pad(maps.double(), (1, 1, 1, 1))
    for channel, row, column in cells(tuple(result.activations[layer].shape)):
        trace = network.trace(digit, layer, channel, row, column).as_dict()
        assert trace["kind"] == "Conv2d"
        assert torch.equal(trace["window"], padded[:, row : row + 3, column : column + 3])
        assert torch.equal(trace["weight"], weights["weight"][channel].double())
        assert torch.equal(trace["products"], trace["window"] * trace["weight"])
        torch.testing.assert_close(trace["channel_sums"], trace["products"].sum((1, 2)))
        assert trace["bias"] == weights["bias"][channel].item()
        total = math.fsum(trace["channel_sums"].tolist()) + trace["bias"]
        assert trace["value"] == pytest.approx(total, rel=1e-12, abs=1e-14)
        size = maps.shape[-1]
        for lines, first in ((trace["rows"], row - 1), (trace["columns"], column - 1)):
            assert lines == [i if 0 <= i < size else None for i in range(first, first + 3)]


@pytest.mark.parametrize(("layer", "source"), [("pool1", "relu1"), ("pool2", "relu2")])
def test_a_pooled_value_is_the_winner_of_its_window(
    network: LoadedNetwork, digit: Tensor, layer: str, source: str
) -> None:
    activations = network.forward(digit).activations
    _, indices = F.max_pool2d(activations[source], 2, 2, return_indices=True)
    for cell in cells(tuple(activations[layer].shape)):
        channel, row, column = cell
        trace = network.trace(digit, layer, *cell).as_dict()
        assert trace["kind"] == "MaxPool2d"
        window = activations[source][
            channel, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2
        ].double()
        assert torch.equal(trace["window"], window)
        assert trace["rows"] == [2 * row, 2 * row + 1]
        assert trace["columns"] == [2 * column, 2 * column + 1]
        winner = trace["winner"]
        assert winner["index"] == indices[cell].item()
        place = activations[source][channel, winner["row"], winner["column"]].item()
        assert place == trace["value"] == maximum_of(window)


@pytest.mark.parametrize(("layer", "source"), [("relu1", "conv1"), ("relu3", "fc1")])
def test_an_activation_function_shows_what_came_in(
    network: LoadedNetwork, digit: Tensor, layer: str, source: str
) -> None:
    activations = network.forward(digit).activations
    for cell in cells(tuple(activations[layer].shape)):
        trace = network.trace(digit, layer, *cell).as_dict()
        assert trace["kind"] == "ReLU"
        assert trace["input"] == activations[source][cell].item()
        assert trace["value"] == max(0.0, trace["input"])
        assert trace["expression"].startswith("max(0, ")


def test_a_flattened_value_says_where_it_stood(network: LoadedNetwork, digit: Tensor) -> None:
    maps = network.forward(digit).activations["pool2"]
    for index in (0, 48, 49, 1000, 3135):
        trace = network.trace(digit, "flatten", index).as_dict()
        source = trace["source"]
        assert (trace["kind"], trace["index"]) == ("Flatten", index)
        assert source["channel"] * 49 + source["row"] * 7 + source["column"] == index
        assert trace["value"] == maps[source["channel"], source["row"], source["column"]].item()


@pytest.mark.parametrize(("layer", "source"), [("fc1", "flatten"), ("fc2", "relu3")])
def test_a_dense_unit_is_every_product_and_its_bias(
    network: LoadedNetwork, digit: Tensor, layer: str, source: str
) -> None:
    values, weights = network.forward(digit).activations[source], network.weights(layer)
    for unit in (0, 3, len(weights["bias"]) - 1):
        trace = network.trace(digit, layer, unit).as_dict()
        assert trace["kind"] == "Linear"
        assert torch.equal(trace["input"], values.double())
        assert torch.equal(trace["weight"], weights["weight"][unit].double())
        assert torch.equal(trace["products"], trace["input"] * trace["weight"])
        assert trace["bias"] == weights["bias"][unit].item()
        total = math.fsum(trace["products"].tolist()) + trace["bias"]
        assert trace["value"] == pytest.approx(total, rel=1e-12, abs=1e-14)


def test_a_probability_is_one_exponential_over_all(network: LoadedNetwork, digit: Tensor) -> None:
    logits = network.forward(digit).logits.double()
    traces = [network.trace(digit, "softmax", index).as_dict() for index in range(10)]
    for index, trace in enumerate(traces):
        assert trace["kind"] == "Softmax"
        assert torch.equal(trace["logits"], logits)
        assert trace["maximum"] == maximum_of(logits)
        assert trace["sum"] == pytest.approx(math.fsum(trace["exponentials"].tolist()), rel=1e-14)
        assert trace["value"] == trace["exponentials"][index].item() / trace["sum"]
    assert math.fsum(trace["value"] for trace in traces) == pytest.approx(1.0, rel=1e-14)
