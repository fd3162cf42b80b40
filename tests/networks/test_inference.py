"""The quick forward pass gives PyTorch's values, whatever form of a layer it takes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from app.networks.inference import Inference
from app.networks.loaded_network import LoadedNetwork
from app.networks.registry import ARCHITECTURES
from app.networks.statistics import LARGE, Summary
from app.networks.tracing import read_graph

SHAPE = (3, 12, 12)


def quick(model: nn.Module, image: Tensor) -> tuple[Inference, dict[str, Tensor]]:
    with torch.inference_mode():
        inference = Inference(read_graph(model, tuple(image.shape[1:]), None, True), is_quick=True)
        values, _ = inference.run(image, (), keeps=None)
    return inference, values


def check_summary(found: Summary, wanted: Tensor) -> None:
    """A summary is that of the values, in float64; its ends to the bit."""
    told = torch.tensor([found[name] for name in ("minimum", "maximum", "mean")])
    truth = torch.stack([wanted.min(), wanted.max(), wanted.mean()]).float()
    torch.testing.assert_close(told, truth, rtol=1e-5, atol=1e-6, equal_nan=True)
    assert torch.equal(told[:2].nan_to_num(7.5), truth[:2].nan_to_num(7.5))
    assert found["zero_fraction"] == float((wanted == 0).double().mean())


def check_second_summary(inference: Inference, shift: int, odd: float | None) -> None:
    """That of layer "1", by that of "0" and by itself, for values about `shift`, one maybe odd."""
    image = torch.randn(1, 8, 96, 96) + shift
    if odd is not None:
        image[0, 3, 5, 7] = odd
    for asked in (("0", "1"), ("1",)):
        values, summaries = inference.run(image, asked, keeps=None)
        check_summary(summaries["1"], values["1"].double())


def forms(inference: Inference) -> list[str]:
    return [call.forward.__qualname__.partition(".")[0] for call in inference.calls]


@pytest.mark.parametrize("name", ["mycnn", "lenet5", "vgg_mini", "resnet20", "efficientnet_lite0"])
def test_every_activation_is_that_of_the_plain_layers(name: str) -> None:
    architecture = ARCHITECTURES[name]
    torch.manual_seed(0)
    card = {"network": name}
    network = LoadedNetwork(architecture, architecture.build(), card, torch.device("cpu"))
    image = torch.rand(architecture.input_shape)
    with torch.inference_mode():
        plain = network.graph.run(network.normalize(image))
    result = network.forward(image)
    assert list(result.activations) == list(network.paths.first.layers)
    for layer, values in result.activations.items():
        wanted = plain[layer][0]
        assert values.is_contiguous()
        near = 1e-4 * float(wanted.abs().max())
        torch.testing.assert_close(values, wanted, rtol=1e-4, atol=near)
    with torch.inference_mode():
        model = network.model.double()
        logits = model(network.normalize(image).double())[0]
    near = 1e-4 * float(logits.abs().max())
    torch.testing.assert_close(result.logits.double(), logits, rtol=1e-4, atol=near)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"stride": 2, "padding": 1},
        {"dilation": 2, "padding": (1, 2)},
        {"groups": 3, "bias": False},
        {"padding": "same"},
        {"padding": 1, "padding_mode": "reflect"},
    ],
)
def test_a_convolution_of_any_settings_is_torchs(settings: dict[str, object]) -> None:
    torch.manual_seed(1)
    convolution = nn.Conv2d(3, 6, 3, **settings)  # type: ignore[arg-type]  # one of them each
    model = nn.Sequential(nn.Conv2d(3, 3, 1), nn.Conv2d(3, 3, 1), convolution, nn.Flatten())
    image = torch.randn(1, *SHAPE)
    inference, values = quick(model.eval().requires_grad_(False), image)
    is_plain = settings.get("padding") == "same" or "padding_mode" in settings
    assert forms(inference)[:2] == ["_packed", "_packed"]
    assert (forms(inference)[2] == "_packed") is not is_plain
    torch.testing.assert_close(values["3"], model(image), rtol=1e-5, atol=1e-5)


def test_a_convolution_that_stands_alone_is_not_laid_out() -> None:
    image = torch.randn(1, *SHAPE)
    first = nn.Conv2d(3, 6, 3).requires_grad_(False)
    inference, values = quick(nn.Sequential(first, nn.Flatten()), image)
    assert forms(inference)[0] == "Conv2d"
    assert values["0"].is_contiguous()
    assert torch.equal(values["0"], first(image))


@pytest.mark.parametrize("settings", [(2,), (2, 2), (3, 2), (2, 1), (2, 2, 1), (2, 2, 0, 2)])
def test_a_maximum_pooling_is_torchs_bit_by_bit(settings: tuple[int, ...]) -> None:
    model = nn.Sequential(nn.MaxPool2d(*settings))  # type: ignore[arg-type]  # four at most
    image = torch.randn(1, *SHAPE).round()
    image[0, 0, 3, 5] = torch.nan
    image[0, 1, 2, 2] = -torch.inf
    inference, values = quick(model.eval(), image)
    assert (forms(inference)[0] == "_quick_pool") == (settings in ((2,), (2, 2)))
    assert torch.equal(values["0"].nan_to_num(7.5), model(image).nan_to_num(7.5))
    odd = torch.randn(1, 1, 7, 9)
    assert torch.equal(quick(model, odd)[1]["0"], model(odd))


@pytest.mark.parametrize("settings", [{}, {"eps": 0.1}, {"affine": False}])
def test_a_normalization_of_any_settings_is_torchs(settings: dict[str, object]) -> None:
    torch.manual_seed(5)
    norm = nn.BatchNorm2d(6, **settings)  # type: ignore[arg-type]  # one of them each
    model = nn.Sequential(nn.Conv2d(3, 6, 3), norm, nn.ReLU(), nn.Flatten())
    for each in (*norm.parameters(), *norm.buffers()):
        if each.is_floating_point():
            nn.init.uniform_(each, 0.2, 3)
    image = torch.randn(1, *SHAPE)
    inference, values = quick(model.eval().requires_grad_(False), image)
    assert forms(inference)[1] == "_quick_normalization"
    maps = values["0"]
    side_by_side = maps.to(memory_format=torch.channels_last)
    for laid_out in (maps, side_by_side):
        with torch.inference_mode():
            found = inference.calls[1].forward(laid_out)
        assert found.is_contiguous() == laid_out.is_contiguous()
        torch.testing.assert_close(found, norm(laid_out), rtol=1e-6, atol=1e-6)
    torch.testing.assert_close(values["3"], model(image), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("odd", [None, torch.nan, torch.inf, -torch.inf])
@pytest.mark.parametrize("relu", [nn.ReLU(), nn.ReLU6()])
def test_a_relus_ends_are_told_by_those_before_it(relu: nn.Module, odd: float | None) -> None:
    torch.manual_seed(6)
    model = nn.Sequential(nn.Identity(), relu)
    with torch.inference_mode():
        inference = Inference(read_graph(model, (8, 96, 96), None, True), is_quick=True)
    for shift in (-30, 0, 3, 30):
        check_second_summary(inference, shift, odd)


@pytest.mark.parametrize("odd", [None, torch.nan, torch.inf, -torch.inf])
@pytest.mark.parametrize("padding", [(0, 1, 0, 1), (2, 3, 4, 5), (0, 0, 0, 0), (3, -2, 0, 1)])
def test_the_summary_of_a_padded_map_is_that_of_its_values(
    padding: tuple[int, int, int, int], odd: float | None
) -> None:
    """It is told by what was padded, unless padding takes something away."""
    torch.manual_seed(7)
    model = nn.Sequential(nn.ReLU(), nn.ZeroPad2d(padding))
    with torch.inference_mode():
        inference = Inference(read_graph(model, (8, 96, 96), None, True), is_quick=True)
    assert (inference.calls[1].behind is None) == (min(padding) < 0)
    for shift in (-30, 0, 3):
        check_second_summary(inference, shift, odd)


def test_small_layers_are_summed_up_beside_large_ones_and_only_there() -> None:
    layers = [nn.Conv2d(3, 8, 1), nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(32, 5)]
    model = nn.Sequential(*layers).eval().requires_grad_(False)
    for side in (12, 96):
        image = torch.randn(1, 3, side, side)
        with torch.inference_mode():
            inference = Inference(read_graph(model, (3, side, side), None, True), is_quick=True)
            values, summaries = inference.run(image, ("0", "1", "3"), keeps=())
        assert set(summaries) == ({"0", "1", "3"} if side == 96 else set())
        for name, found in summaries.items():
            mean = float(model[: int(name) + 1](image).double().mean())
            assert found["mean"] == pytest.approx(mean, rel=1e-4, abs=1e-6)
        assert ("0" in values) == (side == 12)
        assert {"1", "3"} <= set(values)


class Viewing(nn.Module):
    """It takes maps apart by how they lie in memory, which ends where their channels are last."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, images: Tensor) -> Tensor:
        maps: Tensor = self.conv(images)
        return maps.view(-1, 8, 50).amax(2)


def test_a_network_that_minds_the_layout_keeps_the_plain_layers() -> None:
    model, image = Viewing().eval().requires_grad_(False), torch.randn(1, *SHAPE)
    inference, values = quick(model, image)
    assert "_packed" not in forms(inference)
    logits, _ = (call.name for call in inference.calls[-2:])
    assert torch.equal(values[logits], model(image))


def test_a_model_without_a_card_of_ours_keeps_its_own_numbers_to_the_bit() -> None:
    torch.manual_seed(3)
    architecture = ARCHITECTURES["vgg_mini"]
    model = architecture.build().eval()
    network = LoadedNetwork(architecture, model, {}, torch.device("cpu"))
    image = torch.rand(architecture.input_shape)
    assert forms(network.paths.first.inference).count("_packed") == 0
    assert torch.equal(network.forward(image).logits, model(network.normalize(image))[0])


def test_what_is_large_is_summed_up_and_let_go_of() -> None:
    torch.manual_seed(2)
    architecture = ARCHITECTURES["efficientnet_lite0"]
    network = LoadedNetwork(architecture, architecture.build(), {}, torch.device("cpu"))
    image = torch.rand(architecture.input_shape)
    whole, told = network.forward(image), network.forward(image, keeps=False)
    large = {name for name in whole.layers if whole.batch[name].numel() > LARGE}
    assert large
    assert not large & told.batch.keys()
    assert torch.equal(told.logits, whole.logits)
    for name, one, each in zip(whole.layers, whole.statistics(), told.statistics(), strict=True):
        assert one == pytest.approx(each, rel=1e-5, abs=1e-7), name
        values = whole.activations[name].double()
        assert each["minimum"] == float(values.min())
        assert each["maximum"] == float(values.max())
        assert each["mean"] == pytest.approx(float(values.mean()), rel=1e-5, abs=1e-7)
        assert each["zero_fraction"] == float((values == 0).double().mean())
