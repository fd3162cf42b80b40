"""Attribution, checked against captum: every method, on every network of the tests."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
import torch
from captum.attr import IntegratedGradients, LayerGradCam, Occlusion, Saliency
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks import LoadedNetwork, UnknownLayer
from app.networks.attribution import METHODS, Attribution, Question, Reason, explain
from app.networks.attribution.explanation import layer_with_maps
from app.networks.attribution.occlusion import occlude, patch_of

NAMES = ("mycnn", "branching")


class Contrast(nn.Module):
    """A network of which a logit is the difference of two, as captum has to be asked for it."""

    def __init__(self, model: nn.Module, index: int, against: int | None) -> None:
        super().__init__()
        self.model, self.index, self.against = model, index, against

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.model(images)
        score = logits[:, self.index]
        return score if self.against is None else score - logits[:, self.against]


def pictures(network: LoadedNetwork, digit: Tensor) -> tuple[Tensor, Tensor]:
    """The normalized digit, and black."""
    return network.normalize(digit), network.normalize(torch.zeros_like(digit))


@pytest.mark.parametrize("against", [None, 1])
@pytest.mark.parametrize("name", NAMES)
def test_every_method_is_captums(
    networks: dict[str, LoadedNetwork], digit: Tensor, name: str, against: int | None
) -> None:
    network = networks[name]
    images, paper = pictures(network, digit)
    index = 3
    model = Contrast(network.model, index, against)

    def ours(method: str, layer: str | None = None) -> Tensor:
        return explain(network, digit, METHODS[method], index, against, layer).attribution.values

    close: dict[str, Any] = {"rtol": 1e-4, "atol": 1e-5}
    saliency = Saliency(model).attribute(images.clone().requires_grad_())
    torch.testing.assert_close(ours("saliency"), saliency[0].detach(), **close)
    integrated = IntegratedGradients(model).attribute(images.clone(), baselines=paper)
    torch.testing.assert_close(ours("integrated_gradients"), integrated[0].float(), **close)
    side, stride = patch_of(images)
    occlusion = Occlusion(model).attribute(
        images, (1, side, side), strides=(1, stride, stride), baselines=paper
    )
    torch.testing.assert_close(ours("occlusion"), occlusion[0].float(), **close)
    for layer in {"mycnn": ("conv1", "relu2"), "branching": ("stem.0", "mish")}[name]:
        cam = LayerGradCam(model, network.model.get_submodule(layer)).attribute(
            images.clone().requires_grad_(), relu_attributions=True
        )
        torch.testing.assert_close(ours("grad_cam", layer), cam[0, 0].detach(), **close)


def test_grad_cam_looks_at_sums_and_concatenations_too(
    branching: LoadedNetwork, digit: Tensor
) -> None:
    """Which hooks on modules cannot: the gradient is that of PyTorch by the recorded tensor."""
    images, _ = pictures(branching, digit)
    for layer in ("add", "cat", "relu_1"):
        found = explain(branching, digit, METHODS["grad_cam"], 3, layer=layer)
        with torch.enable_grad():
            values = branching.graph.run(images.clone().requires_grad_())
            logit = values[branching.graph.last][0, 3]
            (gradient,) = torch.autograd.grad(logit, values[layer])
        weights = gradient.mean(dim=(2, 3), keepdim=True)
        expected = (weights * values[layer]).sum(dim=1)[0].relu().detach()
        torch.testing.assert_close(found.attribution.values, expected)
        assert found.attribution.layer == layer


def test_the_class_and_the_layer_are_chosen_and_named(
    network: LoadedNetwork, branching: LoadedNetwork, digit: Tensor
) -> None:
    found = explain(network, digit, METHODS["grad_cam"])
    assert found.reason == Reason(int(network.forward(digit).logits.argmax()))
    assert found.attribution.layer == "conv2"
    assert found.attribution.values.shape == (14, 14)
    assert "It has 14×14 places, no finer." in found.attribution.note
    assert layer_with_maps(branching.paths.first, None) == "wide"


def test_a_map_of_one_place_is_not_chosen(networks: dict[str, LoadedNetwork]) -> None:
    lenet5 = networks["lenet5"]
    assert lenet5.graph.shapes["c5"] == (120, 1, 1)
    # Behind it are a factor for each map, which the pooling learns, and C5 of one place.
    assert layer_with_maps(lenet5.paths.first, None) == "c3"
    assert lenet5.graph.shapes["c3"] == (16, 10, 10)


def test_no_positive_evidence_is_said_and_never_divided_by(network: LoadedNetwork) -> None:
    found = explain(network, torch.zeros(1, 28, 28), METHODS["grad_cam"], layer="relu2")
    values = found.attribution.values
    assert torch.isfinite(values).all()
    silent = [
        explain(network, torch.zeros(1, 28, 28), METHODS["grad_cam"], index, layer="relu2")
        for index in range(10)
    ]
    empty = [each for each in silent if not each.attribution.values.any()]
    assert empty
    for each in empty:
        assert "There is no positive evidence for this class here." in each.attribution.note


def test_of_a_contrast_the_evidence_is_for_one_class_rather_than_the_other(
    network: LoadedNetwork,
) -> None:
    black = torch.zeros(1, 28, 28)
    found = {
        pair: explain(network, black, METHODS["grad_cam"], *pair, layer="relu2").attribution
        for pair in permutations(range(10), 2)
    }
    empty = {pair: each for pair, each in found.items() if not each.values.any()}
    assert empty
    for (index, against), each in empty.items():
        said = f"There is no positive evidence for {index} rather than {against} here."
        assert each.note.endswith(said), each.note
    for name in ("saliency", "occlusion", "integrated_gradients"):
        note = explain(network, black, METHODS[name], 1, 7).attribution.note
        assert "the difference of the two logits" in note
        assert "the answer" not in note


def test_what_all_pixels_add_is_below_or_as_high_as_that_of_black(
    network: LoadedNetwork, digit: Tensor
) -> None:
    method = METHODS["integrated_gradients"]
    ways = set()
    for classes in ((7, 1), (1, 7)):
        found = explain(network, digit, method, *classes).attribution
        complete = found.completeness
        assert complete is not None
        way = "above" if complete.difference > 0 else "below"
        ways.add(way)
        amount = f"{abs(complete.difference):.4g} {way} that of black."
        assert found.note.endswith(f"; the difference of the two logits is {amount}"), found.note
        assert f"All together add {complete.total:.4g};".replace("-", "−") in found.note
    assert ways == {"above", "below"}
    black = explain(network, torch.zeros_like(digit), method, 7).attribution
    assert black.note.endswith("All together add 0; the answer is as high as that of black.")


def test_a_gradient_that_is_zero_everywhere_is_said(digit: Tensor, network: LoadedNetwork) -> None:
    class Deaf(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(1, 10, 28)

        def forward(self, images: Tensor) -> Tensor:
            logits: Tensor = (self.conv(images) * 0).flatten(1)
            return logits

    deaf = LoadedNetwork(network.architecture, Deaf(), {}, torch.device("cpu"))
    found = explain(deaf, digit, METHODS["saliency"])
    assert "It is zero everywhere" in found.attribution.note


def test_integrated_gradients_add_up_to_the_difference(
    network: LoadedNetwork, digit: Tensor
) -> None:
    images, paper = pictures(network, digit)
    found = explain(network, digit, METHODS["integrated_gradients"], 7).attribution
    with torch.no_grad():
        difference = network.model(images)[0, 7] - network.model(paper)[0, 7]
    assert found.values.sum().item() == pytest.approx(difference.item(), rel=0.02)
    assert f"{found.values.sum().item():.4g}".replace("-", "−") in found.note
    complete = found.completeness
    assert complete is not None
    assert complete.total == pytest.approx(found.values.sum().item())
    assert complete.difference == pytest.approx(difference.item(), rel=1e-5)
    assert complete.score == pytest.approx(network.model(images)[0, 7].item(), rel=1e-5)


def test_progress_is_told_and_can_end_the_work(network: LoadedNetwork, digit: Tensor) -> None:
    for method in ("occlusion", "integrated_gradients"):
        told: list[tuple[int, int]] = []
        explain(network, digit, METHODS[method], tell=lambda *step, told=told: told.append(step))
        assert told[-1][0] == told[-1][1]
        assert [done for done, _ in told] == sorted({done for done, _ in told})

        def stop(done: int, of: int) -> None:
            raise InterruptedError

        with pytest.raises(InterruptedError):
            explain(network, digit, METHODS[method], tell=stop)


def test_a_patch_of_ones_own(network: LoadedNetwork, digit: Tensor) -> None:
    images, paper = pictures(network, digit)
    question = Question(network.graph, images, paper, Reason(7), "")
    found = occlude(question, 5, 3)
    expected = Occlusion(Contrast(network.model, 7, None)).attribute(
        images, (1, 5, 5), strides=(1, 3, 3), baselines=paper
    )
    torch.testing.assert_close(found.values, expected[0].float(), rtol=1e-4, atol=1e-5)


def test_what_cannot_be_explained_says_why(network: LoadedNetwork, digit: Tensor) -> None:
    cases: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({"index": 10}, MechanicsError, "class is 10, but the network's classes go from 0 to 9"),
        ({"against": 12}, MechanicsError, "against is 12"),
        ({"index": 3, "against": 3}, MechanicsError, "compared with itself"),
        ({"layer": "fc1"}, MechanicsError, "fc1 has no maps, but is 128"),
        ({"layer": "nowhere"}, UnknownLayer, "no such layer"),
    ]
    for given, error, sentence in cases:
        with pytest.raises(error, match=sentence):
            explain(network, digit, METHODS["grad_cam"], **given)


def test_a_network_without_maps_says_so(network: LoadedNetwork, digit: Tensor) -> None:
    dense = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    flat = LoadedNetwork(network.architecture, dense, {}, torch.device("cpu"))
    with pytest.raises(MechanicsError, match="has no layer with maps"):
        explain(flat, digit, METHODS["grad_cam"])
    found = explain(flat, digit, METHODS["saliency"])
    assert isinstance(found.attribution, Attribution)
