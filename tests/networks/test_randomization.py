"""Layers drawn anew from the answer backwards, done by hand with PyTorch and captum beside."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch
from captum.attr import IntegratedGradients, LayerGradCam, Occlusion, Saliency
from scipy.stats import spearmanr
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks import LoadedNetwork
from app.networks.attribution import METHODS, Randomization, explain
from app.networks.attribution.occlusion import patch_of
from app.networks.attribution.randomization import learning_layers, with_random_layers


def randomized_by_hand(model: nn.Module, layers: list[str], seed: int) -> nn.Module:
    """A copy of a model whose layers have weights as spread as before, drawn in this order."""
    copy, dice = deepcopy(model), torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for layer in layers:
            for parameter in copy.get_submodule(layer).parameters():
                noise = torch.randn(parameter.shape, generator=dice)
                parameter.copy_(parameter.mean() + noise * parameter.std(correction=0))
    return copy


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_method_finds_there_is_what_captum_finds_in_a_copy_made_by_hand(
    network: LoadedNetwork, digit: Tensor, count: int
) -> None:
    images, paper = network.normalize(digit), network.normalize(torch.zeros_like(digit))
    model = randomized_by_hand(network.model, ["fc2", "fc1", "conv2"][:count], seed=5)
    side, stride = patch_of(images)
    pixels = images.clone().requires_grad_()
    cam = LayerGradCam(model, model.get_submodule("conv2"))
    expected = {
        "saliency": Saliency(model).attribute(pixels, target=7),
        "grad_cam": cam.attribute(pixels, target=7, relu_attributions=True)[0],
        "occlusion": Occlusion(model).attribute(
            images, (1, side, side), (1, stride, stride), baselines=paper, target=7
        ),
        "integrated_gradients": IntegratedGradients(model).attribute(
            images, baselines=paper, target=7
        ),
    }
    for name, method in METHODS.items():
        trained = explain(network, digit, method, 7).attribution.values
        found = explain(network, digit, method, 7, randomization=Randomization(count, 5))
        beside, values = found.randomized, expected[name][0].detach().float()
        assert beside is not None
        assert beside.layers == ("fc2", "fc1", "conv2")[:count]
        torch.testing.assert_close(beside.values, values, rtol=1e-4, atol=1e-5)
        # What is told of the trained network is not touched by it.
        torch.testing.assert_close(found.attribution.values, trained, rtol=0, atol=0)
        correlation = spearmanr(trained.flatten(), beside.values.flatten()).statistic
        assert beside.rank_correlation == pytest.approx(correlation, abs=1e-9)


def test_the_network_itself_stays_as_it_is(networks: dict[str, LoadedNetwork]) -> None:
    for name in ("mycnn", "lenet5", "branching"):
        network = networks[name]
        before = {key: value.clone() for key, value in network.model.state_dict().items()}
        learning = learning_layers(network.graph)
        graph, layers = with_random_layers(network.graph, Randomization(len(learning), 1))
        assert list(layers) == learning
        images = network.normalize(torch.rand(network.architecture.input_shape))
        served, other = network.graph.run(images), graph.run(images)
        logits = graph.last
        assert not torch.allclose(served[logits], other[logits])
        torch.testing.assert_close(served[logits], network.model(images))
        after = network.model.state_dict()
        assert before.keys() == after.keys()
        assert all(torch.equal(before[key], after[key]) for key in before)


def test_of_more_layers_the_first_are_drawn_alike(network: LoadedNetwork) -> None:
    def weight(count: int, seed: int = 0) -> Tensor:
        graph, _ = with_random_layers(network.graph, Randomization(count, seed))
        found: dict[str, Tensor] = graph.node("fc2").op.state_dict()
        return found["weight"]

    torch.testing.assert_close(weight(1), weight(4), rtol=0, atol=0)
    assert not torch.equal(weight(1), weight(1, seed=1))


def test_a_shared_layer_is_drawn_once(branching: LoadedNetwork) -> None:
    learning = learning_layers(branching.graph)
    ops = [branching.graph.node(name).op for name in learning]
    assert len(set(ops)) == len(ops)
    calls = [node for node in branching.graph.nodes if node.op in ops]
    assert len(calls) > len(ops), "the tests' network calls a module twice"
    graph, _ = with_random_layers(branching.graph, Randomization(len(learning)))
    for before, after in zip(branching.graph.nodes, graph.nodes, strict=True):
        twins = [node.op for node in graph.nodes if branching.graph.node(node.name).op is before.op]
        assert all(twin is after.op for twin in twins)


def test_more_layers_than_learn_are_refused(network: LoadedNetwork, digit: Tensor) -> None:
    with pytest.raises(MechanicsError, match="randomize is 5, but only 4 layers learn"):
        explain(network, digit, METHODS["saliency"], randomization=Randomization(5))


def test_the_steps_of_both_are_told_as_one_way(network: LoadedNetwork, digit: Tensor) -> None:
    told: list[tuple[int, int]] = []
    explain(
        network,
        digit,
        METHODS["occlusion"],
        tell=lambda *step: told.append(step),
        randomization=Randomization(1),
    )
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert len({of for _, of in told}) == 1
    assert told[-1][0] == told[-1][1]
