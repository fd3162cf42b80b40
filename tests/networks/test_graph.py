from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from app.networks.graph import GraphError, read_graph
from app.networks.registry import ARCHITECTURES

NAMES = [
    "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1", "relu3", "fc2",
    "softmax",
]  # fmt: skip


def test_layers_come_in_the_order_data_flows_each_reading_the_one_before() -> None:
    graph = read_graph(ARCHITECTURES["mycnn"].build())
    assert [node.name for node in graph.nodes] == NAMES
    assert [node.inputs for node in graph.nodes] == [(name,) for name in ["input", *NAMES[:-1]]]
    assert graph.logits == "fc2"


@pytest.mark.parametrize("name", sorted(ARCHITECTURES))
def test_running_the_layers_one_by_one_is_running_the_model(name: str) -> None:
    architecture = ARCHITECTURES[name]
    model = architecture.build().eval()
    graph = read_graph(model)
    images = torch.randn(2, *architecture.input_shape)
    values = graph.run(images)
    assert torch.equal(values[graph.logits], model(images))
    assert torch.equal(values["softmax"], model(images).softmax(dim=1))


def test_running_can_end_early_and_keep_only_some() -> None:
    graph = read_graph(ARCHITECTURES["mycnn"].build())
    images = torch.zeros(1, 1, 28, 28)
    assert list(graph.run(images, until="pool1")) == ["input", "conv1", "relu1", "pool1"]
    assert list(graph.run(images, keep=("fc2", "conv1"))) == ["conv1", "fc2"]


class Sum(nn.Module):
    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        return left + right


class Block(nn.Module):
    """A residual block of which every operation is a module, a nested one included."""

    def __init__(self) -> None:
        super().__init__()
        self.branch = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.sum = Sum()

    def forward(self, x: Tensor) -> Tensor:
        total: Tensor = self.sum(self.branch(x), x)
        return total


def test_a_sum_has_two_inputs_and_nested_modules_their_whole_names() -> None:
    model = Block()
    graph = read_graph(model)
    inputs = {node.name: node.inputs for node in graph.nodes}
    assert inputs["sum"] == ("branch.1", "input")
    x = torch.randn(3, 4)
    assert torch.equal(graph.run(x)["sum"], model(x))


class Twice(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.relu = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.relu(self.relu(x))
        return result


class Bare(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x)


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (Twice(), "relu is called twice; give each call a module of its own."),
        (Bare(), "make it a module, so that it can be shown."),
    ],
)
def test_a_data_flow_that_cannot_be_shown_says_what_to_change(
    model: nn.Module, sentence: str
) -> None:
    with pytest.raises(GraphError, match=sentence):
        read_graph(model)
