from __future__ import annotations

import threading

import pytest
import torch
from torch import Tensor, nn

from app.networks.capture import capture
from app.networks.graph import read_graph
from app.networks.registry import ARCHITECTURES


def hooks(model: nn.Module) -> int:
    return sum(len(module._forward_hooks) for module in model.modules())


@pytest.mark.parametrize("name", sorted(ARCHITECTURES))
def test_it_catches_what_every_layer_of_the_running_model_gives(name: str) -> None:
    architecture = ARCHITECTURES[name]
    model = architecture.build().eval()
    graph = read_graph(model)
    layers = [node.name for node in graph.nodes if node.name != "softmax"]
    images = torch.randn(1, *architecture.input_shape)
    with capture(model, layers) as activations:
        assert hooks(model) == len(layers)
        model(images)
    assert hooks(model) == 0
    expected = graph.run(images)
    assert list(activations) == layers
    assert all(torch.equal(activations[layer], expected[layer]) for layer in layers)


class Failing(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        self.first(x)
        raise RuntimeError("broken")


def test_no_hook_outlives_a_model_that_raises() -> None:
    model = Failing()
    with pytest.raises(RuntimeError, match="broken"), capture(model, ["first"]) as activations:
        model(torch.ones(1))
    assert hooks(model) == 0
    assert activations["first"].item() == 1.0


def test_no_hook_is_left_when_one_of_the_layers_does_not_exist() -> None:
    model = Failing()
    with pytest.raises(AttributeError), capture(model, ["first", "second"]):
        pass
    assert hooks(model) == 0


def test_another_threads_run_of_the_same_model_does_not_get_in() -> None:
    model = nn.Sequential(nn.ReLU())
    with capture(model, ["0"]) as activations:
        model(torch.tensor(1.0))
        other = threading.Thread(target=lambda: model(torch.tensor(2.0)))
        other.start()
        other.join()
    assert activations["0"].item() == 1.0


def test_gradients_flow_through_what_is_caught() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
    x = torch.ones(1, 2, requires_grad=True)
    with capture(model, ["0"]) as activations:
        model(x)
    (gradient,) = torch.autograd.grad(activations["0"][0, 1], x)
    weight = model[0].weight
    assert isinstance(weight, Tensor)
    assert torch.equal(gradient[0], weight[1])
