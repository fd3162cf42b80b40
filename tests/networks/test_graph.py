from __future__ import annotations

import operator
import weakref
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.networks.call_module import Call
from app.networks.graph import Graph, GraphError, Node
from app.networks.modules import Add, Affine, Concatenate, Mean, Multiply, Pad
from app.networks.registry import ARCHITECTURES
from app.networks.tracing import read_graph
from tests.networks.architectures import EVERY_ARCHITECTURE, built
from tests.networks.branching import Branching

NAMES = [
    "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1", "relu3", "fc2",
    "softmax",
]  # fmt: skip


def graph_of(name: str) -> Graph:
    architecture = ARCHITECTURES[name]
    return read_graph(architecture.build(), architecture.input_shape)


def test_layers_come_in_the_order_data_flows_each_reading_the_one_before() -> None:
    graph = graph_of("mycnn")
    assert [node.name for node in graph.nodes] == NAMES
    assert [node.inputs for node in graph.nodes] == [(name,) for name in ["input", *NAMES[:-1]]]
    assert graph.ends == ("fc2", "softmax")
    assert graph.parameters == 421_642
    assert (graph.shapes["input"], graph.shapes["pool2"]) == ((1, 28, 28), (64, 7, 7))


@pytest.mark.parametrize("name", EVERY_ARCHITECTURE)
def test_running_the_layers_one_by_one_is_running_the_model(name: str) -> None:
    architecture, model, graph, _ = built(name)
    images = torch.randn(2, *architecture.input_shape)
    values = graph.run(images)
    assert torch.equal(values[graph.last], model(images))
    assert graph.ends is not None
    assert torch.equal(values[graph.ends[1]], model(images).softmax(dim=1))
    for node in graph.nodes:
        assert tuple(values[node.name].shape[1:]) == graph.shapes[node.name]


def test_running_can_end_early_and_keep_only_some() -> None:
    graph = graph_of("mycnn")
    images = torch.zeros(1, 1, 28, 28)
    assert list(graph.run(images, until="pool1")) == ["input", "conv1", "relu1", "pool1"]
    assert list(graph.run(images, keep=("fc2", "conv1"))) == ["conv1", "fc2"]


class Watching(nn.Module):
    """Adds one, and writes down which activations of before it are still in memory."""

    def __init__(self, made: dict[str, weakref.ref[Tensor]], name: str) -> None:
        super().__init__()
        self.made, self.name = made, name
        self.alive: set[str] = set()

    def forward(self, *inputs: Tensor) -> Tensor:
        self.alive = {name for name, ref in self.made.items() if ref() is not None}
        value = sum(inputs, torch.ones(()))
        self.made[self.name] = weakref.ref(value)
        return value


def test_what_nothing_reads_any_more_is_let_go_of_unless_it_is_kept() -> None:
    made: dict[str, weakref.ref[Tensor]] = {}
    reads = {"a": ("input",), "b": ("a",), "unread": ("b",), "c": ("b",), "d": ("c", "a")}
    ops = {name: Watching(made, name) for name in (*reads, "e")}
    nodes = [Node(name, ops[name], inputs) for name, inputs in (*reads.items(), ("e", ("d",)))]
    graph = Graph(tuple(nodes), None, {}, 0)

    def alive(keep: tuple[str, ...] | None) -> list[str]:
        made.clear()
        assert graph.run(torch.zeros(1), keep)["e"].item() == 6
        return ["".join(sorted(name[0] for name in op.alive)) for op in ops.values()]

    assert alive(("e",)) == ["", "a", "ab", "ab", "ac", "d"]
    assert alive(("e", "b")) == ["", "a", "ab", "ab", "abc", "bd"]
    assert alive(None) == ["", "a", "ab", "abu", "abcu", "abcdu"]


def test_gradients_are_kept_from_a_leaf_on_and_before_it_nowhere() -> None:
    graph = graph_of("mycnn")
    for node in graph.nodes:
        node.op.requires_grad_(False)
    images = torch.rand(1, 1, 28, 28)
    values = graph.run(images, leaf="relu1")
    has = [name for name, value in values.items() if value.requires_grad]
    assert has == ["relu1", *NAMES[2:]]
    assert values["relu1"].is_leaf
    assert not images.requires_grad
    assert all(value.requires_grad for value in graph.run(images, leaf="input").values())


def test_calls_are_named_as_torchvisions_feature_extractor_names_them() -> None:
    """The names are what torchvision.models.feature_extraction.get_graph_node_names gives."""
    graph = read_graph(Branching(), (1, 28, 28))
    assert [node.name for node in graph.nodes][:-1] == [
        *("stem.0", "stem.1", "stem.2", "pool", "shared", "relu", "shared_1", "add", "relu_1"),
        *("narrow", "wide", "cat", "mish", "avg_pool2d", "average", "flatten", "dropout", "fc"),
    ]


def test_branches_joins_and_repeated_modules_are_in_the_graph() -> None:
    model = Branching()
    graph = read_graph(model, (1, 28, 28))
    nodes = {node.name: node for node in graph.nodes}
    assert nodes["add"].inputs == ("pool", "shared_1")
    assert nodes["cat"].inputs == ("narrow", "wide")
    assert nodes["shared"].op is nodes["shared_1"].op is model.shared
    assert isinstance(nodes["add"].op, Add)
    assert isinstance(nodes["cat"].op, Concatenate)
    assert isinstance(nodes["relu_1"].op, nn.ReLU)
    assert graph.parameters == sum(parameter.numel() for parameter in model.parameters())
    assert model.training, "reading leaves the model as it was"


class Functions(nn.Module):
    """Whatever function is given to it, between two dense layers."""

    def __init__(self, function: Any, features: int = 8) -> None:
        super().__init__()
        self.function = function
        self.scale = nn.Parameter(torch.tensor(2.0))
        self.slopes = nn.Parameter(torch.tensor([0.3, -0.2]))
        self.conv = nn.Conv2d(1, 2, 1)
        self.linear = nn.Linear(features, 3)

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.linear(torch.flatten(self.function(self, self.conv(x)), 1))
        return logits


def adaptive(_: nn.Module, x: Tensor) -> Tensor:
    height, width = x.shape[2:]
    return F.adaptive_avg_pool2d(x, (height, width))


CALLS: list[tuple[str, Any, type[nn.Module]]] = [
    ("relu", lambda _, x: torch.relu(x), nn.ReLU),
    ("relu", lambda _, x: x.relu(), nn.ReLU),
    ("relu", lambda _, x: F.relu(x, inplace=True), nn.ReLU),
    ("add", lambda _, x: torch.add(x, x), Add),
    ("add", lambda _, x: x.add(x), Add),
    ("add", lambda _, x: operator.add(x, x), Add),
    ("add", lambda _, x: x + 1, Affine),
    ("add", lambda _, x: 1.5 + x, Affine),
    ("add", lambda _, x: x.add_(1), Affine),
    ("add", lambda _, x: x + torch.tensor(1.0), Call),
    ("add", lambda _, x: x + True, Call),
    ("add", lambda _, x: (x + float("inf")).sigmoid(), Call),
    ("sub", lambda _, x: x - 0.1, Affine),
    ("sub", lambda _, x: x.sub_(0.1), Affine),
    ("sub", lambda _, x: x - x.relu(), Call),
    ("sub", lambda _, x: torch.sub(x, 1, alpha=2), Call),
    ("rsub", lambda _, x: 1 - x, Affine),
    ("rsub", lambda _, x: torch.rsub(x, 0.3), Affine),
    ("mul", lambda _, x: 0.1 * x, Affine),
    ("mul", lambda _, x: x.mul_(3), Affine),
    ("div", lambda _, x: x / 255, Affine),
    ("div", lambda _, x: x.div_(0.3), Affine),
    ("div", lambda _, x: torch.div(x, 2, rounding_mode="floor"), Call),
    ("div", lambda _, x: (x / 0).sigmoid(), Call),
    ("rdiv", lambda _, x: 1 / x, Call),
    ("neg", lambda _, x: -x, Affine),
    ("add", lambda _, x: torch.add(x, x, alpha=2), Call),
    ("mul", lambda model, x: x * model.scale, Call),
    ("mul", lambda _, x: x * x, Multiply),
    ("mul", lambda _, x: torch.mul(x, F.adaptive_avg_pool2d(x, 1)), Multiply),
    ("sigmoid", lambda _, x: torch.sigmoid(x), nn.Sigmoid),
    ("silu", lambda _, x: F.silu(x), nn.SiLU),
    ("gelu", lambda _, x: F.gelu(x), nn.GELU),
    ("gelu", lambda _, x: F.gelu(x, approximate="tanh"), nn.GELU),
    ("hardswish", lambda _, x: F.hardswish(x), nn.Hardswish),
    ("hardsigmoid", lambda _, x: F.hardsigmoid(x), nn.Hardsigmoid),
    ("relu6", lambda _, x: F.relu6(x), nn.ReLU6),
    ("leaky_relu", lambda _, x: F.leaky_relu(x, 0.2), nn.LeakyReLU),
    ("leaky_relu", lambda _, x: F.leaky_relu_(x), nn.LeakyReLU),
    ("prelu", lambda model, x: F.prelu(x, model.slopes), nn.PReLU),
    ("prelu", lambda model, x: torch.prelu(x, model.slopes[:1]), nn.PReLU),
    ("prelu", lambda _, x: F.prelu(x, x.mean().reshape(1)), Call),
    ("elu", lambda _, x: F.elu(x, alpha=0.5, inplace=True), nn.ELU),
    ("elu", lambda _, x: F.elu_(x), nn.ELU),
    ("sin", lambda _, x: torch.sin(x), Call),
    ("pad", lambda _, x: F.pad(F.max_pool2d(x, (1, 2)), (0, 1), value=2.0), Pad),
    ("pad", lambda _, x: F.pad(F.max_pool2d(x, (1, 2)), (1, 0, 0, 0), "replicate"), Call),
    ("relu", lambda _, x: x.relu_(), nn.ReLU),
    ("add", lambda _, x: x.clone().add_(x), Add),
    ("dropout", lambda model, x: F.dropout(x, 0.5, model.training), nn.Dropout),
    ("softmax", lambda _, x: F.softmax(x, dim=1), nn.Softmax),
    ("view", lambda _, x: x.view(x.size(0), -1), nn.Flatten),
    ("reshape", lambda _, x: torch.reshape(x, (1, -1)), nn.Flatten),
    ("reshape", lambda _, x: x.reshape(1, 1, 2, 4), Call),
    ("max_pool2d_with_indices", lambda _, x: F.max_pool2d(x, 1, return_indices=True)[0], Call),
    ("chunk", lambda _, x: x.chunk(1, dim=1)[0], Call),
    ("getitem", lambda _, x: x[:, ::2].repeat(1, 2, 1, 1), Call),
    ("max_pool2d", lambda _, x: F.max_pool2d(x, 1), nn.MaxPool2d),
    ("max_pool2d", lambda _, x: F.max_pool2d(x, 1, 1, 0, 1, True), nn.MaxPool2d),
    ("avg_pool2d", lambda _, x: F.avg_pool2d(x, 1), nn.AvgPool2d),
    ("adaptive_avg_pool2d", lambda _, x: F.adaptive_avg_pool2d(x, 2), nn.AdaptiveAvgPool2d),
    ("adaptive_avg_pool2d", adaptive, nn.AdaptiveAvgPool2d),
    ("mean", lambda _, x: x * x.mean((2, 3), keepdim=True), nn.AdaptiveAvgPool2d),
    ("mean", lambda _, x: x * torch.mean(x, [-1, -2], True), nn.AdaptiveAvgPool2d),
    ("mean", lambda _, x: x * x.mean(1, keepdim=True), Call),
    ("mean", lambda _, x: x * x.mean((2, 3))[:, :, None, None], Mean),
    ("mean", lambda _, x: x * torch.mean(x, (3, -2))[:, :, None, None], Mean),
    ("mean", lambda _, x: x * x[:, None].mean((-1, -2))[..., None, None].squeeze(1), Call),
]  # fmt: skip


@pytest.mark.parametrize(("name", "function", "op"), CALLS)
def test_a_function_is_the_module_that_means_the_same_or_a_call(
    name: str, function: Any, op: type[nn.Module]
) -> None:
    model = Functions(function).eval()
    graph = read_graph(model, (1, 2, 2))
    node = next(node for node in graph.nodes if node.name == name)
    assert type(node.op) is op
    images = torch.randn(1, 1, 2, 2, generator=torch.Generator().manual_seed(3))
    assert torch.equal(graph.run(images)[graph.last], model(images))
    if isinstance(node.op, Call):
        assert node.op.title == name


def test_a_module_that_gives_two_things_is_part_of_who_takes_one() -> None:
    class Tuple(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn = nn.LSTM(4, 5, batch_first=True)
            self.linear = nn.Linear(20, 3)

        def forward(self, x: Tensor) -> Tensor:
            values, _ = self.rnn(x.flatten(0, 1))
            logits: Tensor = self.linear(values.flatten(1))
            return logits

    model = Tuple().eval()
    graph = read_graph(model, (1, 4, 4))
    images = torch.randn(1, 1, 4, 4)
    assert torch.equal(graph.run(images)[graph.last], model(images))
    assert graph.parameters == sum(parameter.numel() for parameter in model.parameters())


def test_a_layer_called_softmax_or_input_leaves_the_names_whole() -> None:
    class Clash(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.input = nn.Flatten()
            self.softmax = nn.LogSoftmax(dim=1)

        def forward(self, x: Tensor) -> Tensor:
            result: Tensor = self.softmax(self.input(x))
            return result

    graph = read_graph(Clash(), (1, 2, 2))
    assert [node.name for node in graph.nodes] == ["input_1", "softmax", "softmax_1"]
    assert graph.run(torch.zeros(1, 1, 2, 2))["softmax_1"].tolist() == [[0.25] * 4]


def returns(value: Any) -> nn.Module:
    class Returning(nn.Module):
        def forward(self, x: Tensor) -> Any:
            return value(x)

    return Returning()


class TwoImages(nn.Module):
    def forward(self, x: Tensor, other: Tensor) -> Tensor:
        return torch.flatten(x + other, 1)


class Counting(nn.Module):
    count = 0

    def forward(self, x: Tensor) -> Tensor:
        self.count += 1
        return x.flatten(1) * self.count


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (returns(lambda x: F.dropout(x.flatten(1))), "dropout .* draws by chance"),
        (returns(lambda x: (x, x)), "forward returns no row of logits"),
        (returns(lambda x: x), "forward returns no row of logits"),
        (returns(lambda x: x.relu()), "forward returns no row of logits"),
        (returns(lambda _: 3), "forward returns no row of logits"),
        (TwoImages(), "forward raised TypeError: .*'other'"),
        (Counting(), "forward keeps something from one image to the next"),
        (nn.Linear(3, 4), "forward raised RuntimeError: .*3x4.*, in Linear of 1×1×2×2"),
    ],
)
def test_a_data_flow_that_cannot_be_shown_says_what_is_wrong(
    model: nn.Module, sentence: str
) -> None:
    with pytest.raises(GraphError, match=sentence):
        read_graph(model, (1, 2, 2))
