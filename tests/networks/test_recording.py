"""What users of tools like this report as failing, each as a small network that is read rightly.

Of each: the layers one by one give what the network gives, bit by bit and on other images than the
one it was read from; and PyTorch runs the same operations for them, no more and no fewer.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils._python_dispatch import TorchDispatchMode

from app.networks.call_module import Call
from app.networks.graph import Graph, GraphError
from app.networks.modules import Add, Concatenate
from app.networks.tracing import read_graph

SHAPE = (2, 6, 8)
HEAD = 2 * 6 * 8


class Base(nn.Module):
    """A convolution, something in between that keeps the shape, and a dense layer."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(2, 2, 3, padding=1)
        self.act = nn.ReLU()
        self.norm = nn.BatchNorm2d(2)
        self.fc = nn.Linear(HEAD, 3)

    def between(self, x: Tensor) -> Any:
        return x

    def forward(self, x: Tensor) -> Any:
        return self.fc(torch.flatten(self.between(self.conv(x)), 1))


class TupleArgument(Base):
    class Join(nn.Module):
        def forward(self, pair: tuple[Tensor, list[Tensor]]) -> Tensor:
            return pair[0] + pair[1][0]

    def __init__(self) -> None:
        super().__init__()
        self.join = self.Join()

    def between(self, x: Tensor) -> Any:
        return self.join((x, [self.act(x)]))


class OutputTwice(Base):
    def __init__(self) -> None:
        super().__init__()
        self.same = nn.Identity()

    def between(self, x: Tensor) -> Any:
        y = self.act(x)
        return y * y + self.same(y)


class PlainList(Base):
    def __init__(self) -> None:
        super().__init__()
        self.steps = [nn.Conv2d(2, 2, 1), nn.ReLU()]

    def between(self, x: Tensor) -> Any:
        for step in self.steps:
            x = step(x)
        return x


class ReusedAtSizes(Base):
    def __init__(self) -> None:
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(2, 3)

    def between(self, x: Tensor) -> Any:
        y: Tensor = self.pool(self.act(self.pool(self.act(x))))
        return y[:, :, :1, :1]


class MadeInForward(Base):
    def between(self, x: Tensor) -> Any:
        return nn.Sequential(nn.ReLU(), nn.AvgPool2d(1))(x)


class InPlace(Base):
    def __init__(self) -> None:
        super().__init__()
        self.act = nn.ReLU(inplace=True)

    def between(self, x: Tensor) -> Any:
        y = self.act(self.norm(x))
        y += x
        y[:, 0] = 1.0
        return y


class IntoAView(Base):
    def between(self, x: Tensor) -> Any:
        part = x[:, :1]
        part.mul_(3.0)
        return x + 1.0


class IntoWhatIsDetached(Base):
    def between(self, x: Tensor) -> Any:
        y = x.detach()
        y += 1
        z = x * y
        y.mul_(2.0)
        return z + x


class IntoData(Base):
    def between(self, x: Tensor) -> Any:
        x.data.clamp_(min=0.1)
        y = x * 2.0
        y.data += x
        return self.act(x) + y


class FunctionAsAttribute(Base):
    def __init__(self) -> None:
        super().__init__()
        self.function = F.gelu

    def between(self, x: Tensor) -> Any:
        return self.function(x)


class Pieces(Base):
    def between(self, x: Tensor) -> Any:
        one, other = x.chunk(2, dim=1)
        return torch.cat([other, one[:, :, :, ::2].repeat(1, 1, 1, 2)], dim=1)


class Deciding(Base):
    def between(self, x: Tensor) -> Any:
        return self.act(x) if x.mean() > -100 else -x


class Loop(Base):
    def between(self, x: Tensor) -> Any:
        for _ in range(3):
            x = self.act(self.conv(x))
        return x


class Named(NamedTuple):
    features: Tensor
    logits: Tensor


@dataclass
class Answer:
    logits: Tensor
    loss: Tensor | None = None


def returning(wrap: Callable[[Tensor, Tensor], Any]) -> type[Base]:
    class Returning(Base):
        def forward(self, x: Tensor) -> Any:
            features = self.conv(x)
            return wrap(features, self.fc(features.flatten(1)))

    return Returning


class UShaped(Base):
    def __init__(self) -> None:
        super().__init__()
        self.down = nn.Conv2d(2, 4, 2, stride=2)
        self.up = nn.ConvTranspose2d(4, 2, 2, stride=2)
        self.mix = nn.Conv2d(4, 2, 1)

    def between(self, x: Tensor) -> Any:
        return self.mix(torch.cat([x, self.up(F.relu(self.down(x)))], dim=1))


class Residual(Base):
    def between(self, x: Tensor) -> Any:
        return self.act(self.norm(self.conv(x)) + x)


class Functional(Base):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(2, 2, 3, 3))

    def between(self, x: Tensor) -> Any:
        x = F.conv2d(x, self.weight, padding=1)
        x = F.batch_norm(x, self.norm.running_mean, self.norm.running_var)
        return F.dropout(x, training=self.training).view(x.shape)


class OwnKernels(Base):
    """A convolution whose kernels are made of the image itself."""

    def between(self, x: Tensor) -> Any:
        kernels = x[0, :, :3, :3].reshape(2, 1, 3, 3)
        return F.conv2d(x, kernels, padding=1, groups=2)


class Doubled(torch.autograd.Function):
    @staticmethod
    def forward(context: Any, x: Tensor) -> Tensor:
        return x * 2

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> Tensor:
        return gradients[0] * 2


class OwnFunction(Base):
    def between(self, x: Tensor) -> Any:
        return Doubled.apply(x)


FIXTURES: dict[str, tuple[Callable[[], nn.Module], list[str]]] = {
    "a tuple with a list as one argument": (TupleArgument, ["conv", "act", "join.add", "flatten"]),
    "one output twice, and returned unchanged": (
        OutputTwice, ["conv", "act", "mul", "same", "add", "flatten"],
    ),
    "modules in a plain list": (PlainList, ["conv", "conv2d", "relu", "flatten"]),
    "one module at several sizes": (
        ReusedAtSizes, ["conv", "act", "pool", "act_1", "pool_1", "getitem", "flatten"],
    ),
    "modules made in forward": (
        MadeInForward, ["conv", "sequential.relu", "sequential.avgpool2d", "flatten"],
    ),
    "in place": (InPlace, ["conv", "norm", "act", "add", "setitem", "flatten"]),
    "into a view": (IntoAView, ["conv", "getitem", "mul", "conv.write", "add", "flatten"]),
    "into what is detached": (
        IntoWhatIsDetached,
        [
            *("conv", "detach", "add", "conv.write", "mul", "mul_1", "conv.write.write"),
            *("add_1", "flatten"),
        ],
    ),
    "into data": (
        IntoData,
        [
            *("conv", "data", "clamp", "conv.write", "mul", "data_1", "add", "mul.write"),
            *("act", "add_1", "flatten"),
        ],
    ),
    "a function as an attribute": (FunctionAsAttribute, ["conv", "gelu", "flatten"]),
    "slices, chunks and a concatenation": (
        Pieces, ["conv", "chunk", "chunk_1", "getitem", "repeat", "cat", "flatten"],
    ),
    "a decision": (Deciding, ["conv", "act", "flatten"]),
    "a loop over one convolution": (
        Loop, ["conv", "conv_1", "act", "conv_2", "act_1", "conv_3", "act_2", "flatten"],
    ),
    "a tuple returned": (returning(lambda f, y: (f, y)), ["conv", "flatten"]),
    "a named tuple returned": (returning(Named), ["conv", "flatten"]),
    "a dictionary returned": (returning(lambda f, y: {"f": [f], "y": y}), ["conv", "flatten"]),
    "a dataclass returned": (returning(lambda f, y: Answer(y)), ["conv", "flatten"]),
    "a U with a skip": (UShaped, ["conv", "down", "relu", "up", "cat", "mix", "flatten"]),
    "an identity skip": (Residual, ["conv", "conv_1", "norm", "add", "act", "flatten"]),
    "functions with the network's own weights": (
        Functional, ["conv", "conv2d", "batch_norm", "dropout", "view", "flatten"],
    ),
    "kernels that are computed from the image": (OwnKernels, ["conv", "conv2d", "flatten"]),
    "a function with a gradient of its own": (OwnFunction, ["conv", "mul", "flatten"]),
}  # fmt: skip


class Counted(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch leaves it untyped
    """Counts the operations that PyTorch really runs."""

    NO_WORK = ("aten.detach", "aten.clone", "aten.alias", "aten.copy_", "aten._to_copy")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        self.ran: Counter[str] = Counter()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name = str(func.overloadpacket).replace("_.", ".").removesuffix("_")
        if name not in self.NO_WORK:
            self.ran[name] += 1
        return func(*args, **(kwargs or {}))


def logits_of(answer: Any) -> Tensor:
    """The two-dimensional tensor in what a network returned."""
    if isinstance(answer, Tensor):
        return answer
    if isinstance(answer, Answer):
        return answer.logits
    parts = answer.values() if isinstance(answer, dict) else answer
    return next(part for part in parts if isinstance(part, Tensor) and part.dim() == 2)


@pytest.mark.parametrize(("build", "names"), FIXTURES.values(), ids=FIXTURES)
def test_what_others_fail_at_is_read_rightly(
    build: Callable[[], nn.Module], names: list[str]
) -> None:
    torch.manual_seed(1)
    model = build().eval().requires_grad_(False)
    graph = read_graph(model, SHAPE)
    assert [node.name for node in graph.nodes] == [*names, "fc", "softmax"]
    for seed in (5, 6):
        images = torch.randn(1, *SHAPE, generator=torch.Generator().manual_seed(seed))
        with torch.no_grad(), Counted() as ran:
            expected = logits_of(model(images.clone()))
        with torch.no_grad(), Counted() as ran_again:
            found = graph.run(images.clone(), until=graph.last)[graph.last]
        assert torch.equal(found, expected)
        decisions = (
            {"aten._local_scalar_dense", "aten.mean", "aten.gt"} if graph.reads_numbers else ()
        )
        again = ran_again.ran
        once = Counter({name: n for name, n in ran.ran.items() if name not in decisions})
        assert set(again) >= set(once), "no operation is missing"
        assert again.total() >= once.total()
        if not any(isinstance(node.op, Call) for node in graph.nodes):
            assert again == once


def graph_of(name: str) -> Graph:
    return read_graph(FIXTURES[name][0](), SHAPE)


def test_each_join_reads_what_it_joins() -> None:
    add = graph_of("an identity skip").node("add")
    assert (type(add.op), add.inputs) == (Add, ("norm", "conv"))
    cat = graph_of("a U with a skip").node("cat")
    assert (type(cat.op), cat.inputs) == (Concatenate, ("conv", "up"))
    assert graph_of("a tuple with a list as one argument").node("join.add").inputs == (
        "conv",
        "act",
    )
    assert graph_of("into a view").node("conv.write").inputs == ("conv",)


def test_a_function_with_weights_is_the_layer_that_has_them() -> None:
    graph = graph_of("functions with the network's own weights")
    kinds = {node.name: type(node.op) for node in graph.nodes}
    assert kinds["conv2d"] is nn.Conv2d
    assert kinds["batch_norm"] is nn.BatchNorm2d
    assert kinds["dropout"] is nn.Dropout


class Failing(Base):
    def between(self, x: Tensor) -> Any:
        y = self.act(x)
        return y + torch.zeros(5)


def test_a_forward_that_raises_says_where_and_with_what() -> None:
    with pytest.raises(GraphError) as caught:
        read_graph(Failing(), SHAPE)
    said = str(caught.value)
    assert "in add of 1×2×6×8 and 5" in said
    assert "test_recording.py, “return y + torch.zeros(5)”" in said
    assert "must match the size of tensor b" in said


def test_a_module_that_raises_is_named() -> None:
    class Wrong(Base):
        def __init__(self) -> None:
            super().__init__()
            self.stage = nn.Sequential(OrderedDict(narrow=nn.Conv2d(3, 3, 1)))

        def between(self, x: Tensor) -> Any:
            return self.stage(x)

    with pytest.raises(GraphError, match=r"in Conv2d of 1×2×6×8, in the module stage\.narrow"):
        read_graph(Wrong(), SHAPE)


def global_hooks() -> tuple[set[int], set[int]]:
    """Those of all modules, by number: a forward that never returns keeps its own in its thread."""
    module = nn.modules.module
    return set(module._global_forward_hooks), set(module._global_forward_pre_hooks)


def test_reading_leaves_everything_as_it_was() -> None:
    """Modes, running statistics, random numbers, gradients, and the user's own hooks."""
    model = InPlace().train()
    model.norm.eval()
    model.conv.weight.grad = torch.ones_like(model.conv.weight)
    calls: list[str] = []
    model.conv.register_forward_hook(lambda *_: calls.append("conv"))
    model.register_forward_pre_hook(lambda *_: calls.append("model"))
    before = {name: value.clone() for name, value in model.state_dict().items()}
    state = torch.random.get_rng_state()
    hooks = global_hooks()
    graph = read_graph(model, SHAPE)
    forwards = calls.count("model")
    assert calls.count("conv") == forwards, (
        "a hook fires once a forward, and never for a layer alone"
    )
    graph.run(torch.zeros(1, *SHAPE))
    assert len(calls) == 2 * forwards
    assert torch.equal(torch.random.get_rng_state(), state)
    assert [model.training, model.norm.training, model.act.training] == [True, False, True]
    assert model.act.inplace is True
    assert torch.equal(model.conv.weight.grad, torch.ones_like(model.conv.weight))
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert global_hooks() == hooks


def test_statistics_that_forward_changes_are_given_back() -> None:
    class Counting(Base):
        seen: Tensor

        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("seen", torch.zeros(()))

        def between(self, x: Tensor) -> Any:
            self.seen += 1
            return x

    model = Counting()
    read_graph(model, SHAPE)
    assert model.seen == 0


def test_a_hook_that_changes_what_a_layer_gives_is_seen() -> None:
    model = Base()
    model.conv.register_forward_hook(lambda module, args, result: result * 2)
    images = torch.randn(1, *SHAPE)
    graph = read_graph(model, SHAPE)
    assert [node.name for node in graph.nodes] == ["conv", "mul", "flatten", "fc", "softmax"]
    with torch.no_grad():
        assert torch.equal(graph.run(images)[graph.last], model(images))


def test_a_hook_that_comes_later_sees_none_of_a_graphs_passes() -> None:
    model, seen = Base(), []
    graph = read_graph(model, SHAPE)
    model.conv.register_forward_hook(lambda *_: seen.append("conv"))
    images = torch.randn(1, *SHAPE)
    with torch.no_grad():
        values = graph.run(images)
        assert not seen
        assert torch.equal(values[graph.last], model(images))
    assert seen == ["conv"]


def test_a_layer_that_is_quicker_unwatched_is_read_as_it_runs() -> None:
    """Attention takes another way, with other bits, where somebody looks on."""

    class Attending(Base):
        def __init__(self) -> None:
            super().__init__()
            self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

        def between(self, x: Tensor) -> Any:
            rows = x.flatten(1, 2)
            return self.attention(rows, rows, value=rows, need_weights=False)[0]

    model = Attending().eval().requires_grad_(False)
    graph = read_graph(model, SHAPE)
    images = torch.randn(1, *SHAPE)
    with torch.no_grad():
        assert torch.equal(graph.run(images)[graph.last], model(images))
    assert "attention" in [node.name for node in graph.nodes]


def test_two_threads_read_what_one_reads() -> None:
    builds = [FIXTURES[name][0] for name in ("an identity skip", "a U with a skip")] * 3
    models = [build() for build in builds]
    serial = [read_graph(model, SHAPE) for model in models]
    found: dict[int, Graph] = {}

    def read(at: int) -> None:
        found[at] = read_graph(models[at], SHAPE)

    threads = [threading.Thread(target=read, args=(at,)) for at in range(len(models))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[at].signature for at in range(len(models))] == [g.signature for g in serial]


def test_a_network_of_five_thousand_operations_is_read() -> None:
    class Long(Base):
        def between(self, x: Tensor) -> Any:
            for _ in range(1_666):
                x = torch.relu(x * 1.001 + 0.0)
            return x

    graph = read_graph(Long(), SHAPE)
    assert len(graph.nodes) == 5_002
    names = [node.name for node in graph.nodes]
    assert len(set(names)) == len(names)
