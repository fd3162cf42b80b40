from __future__ import annotations

import copy
import itertools
import threading
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks import Forward, LoadedNetwork, UnknownLayer
from app.networks.graph import Graph
from app.networks.normalization import Normalization
from app.networks.paths import MOST_PATHS
from app.networks.registry import ARCHITECTURES
from app.networks.tracing import read_graph


def float64_copy(network: LoadedNetwork) -> Graph:
    return read_graph(copy.deepcopy(network.model).double(), (1, 28, 28))


def test_a_forward_pass_is_the_models_own(network: LoadedNetwork, digit: Tensor) -> None:
    result = network.forward(digit)
    normalized = (digit - 0.1307) / 0.3081
    with torch.inference_mode():
        logits = network.model(normalized.unsqueeze(0))[0]
    torch.testing.assert_close(result.input, normalized)
    assert torch.equal(network.normalize(digit)[0], result.input)
    torch.testing.assert_close(result.logits, logits)
    torch.testing.assert_close(result.probabilities, logits.softmax(dim=0))
    assert list(result.activations) == [layer.name for layer in network.outline.layers]
    assert torch.equal(result.activations["softmax"], result.probabilities)
    assert torch.equal(result.activations["fc2"], result.logits)
    for layer in network.outline.layers:
        assert tuple(result.activations[layer.name].shape) == layer.output_shape


def test_only_the_layers_asked_for_come_in_the_order_data_flows(
    network: LoadedNetwork, digit: Tensor
) -> None:
    assert list(network.forward(digit, ["softmax", "conv1"]).activations) == ["conv1", "softmax"]
    result = network.forward(digit, [])
    assert result.activations == {}
    assert result.probabilities.sum().item() == pytest.approx(1.0)


def test_a_layer_nobody_knows_is_not_repeated(network: LoadedNetwork, digit: Tensor) -> None:
    for ask in (
        lambda: network.forward(digit, ["conv1", "<b>"]),
        lambda: network.trace(digit, "<b>", 0),
        lambda: network.weights("<b>"),
        lambda: network.receptive_field("<b>", 0, 0),
    ):
        with pytest.raises(UnknownLayer, match="MyCNN has no such layer; it has conv1, ") as caught:
            ask()
        assert "<b>" not in str(caught.value)


def test_of_many_layers_the_nearest_by_name_are_named() -> None:
    architecture = ARCHITECTURES["resnet20"]
    network = LoadedNetwork(architecture, architecture.build(), {}, torch.device("cpu"))
    with pytest.raises(UnknownLayer) as caught:
        network.receptive_field("stage2.0.conv9", 0, 0)
    told = str(caught.value)
    assert "stage2.0.conv1" in told
    assert "stage2.0.conv2" in told
    assert told.count(",") == 2
    layers = list(network.paths.first.layers)
    assert f"of its {len(layers)} the nearest by name are" in told
    with pytest.raises(UnknownLayer) as caught:
        network.receptive_field("input", 0, 0)
    assert f"The first of the {len(layers)} layers are {', '.join(layers[:3])}." in str(
        caught.value
    )


def test_the_input_is_no_layer(network: LoadedNetwork, digit: Tensor) -> None:
    for ask in (
        lambda: network.forward(digit, ["input"]),
        lambda: network.trace(digit, "input", 0),
        lambda: network.receptive_field("input", 0, 0),
    ):
        with pytest.raises(UnknownLayer, match=r"input is the image itself .* layers are conv1, "):
            ask()


@pytest.mark.parametrize("shape", [(28, 28), (3, 28, 28), (1, 27, 28), (1, 1, 28, 28), ()])
def test_an_image_of_another_shape_is_refused(
    network: LoadedNetwork, shape: tuple[int, ...]
) -> None:
    with pytest.raises(MechanicsError, match="MyCNN takes an image of 1×28×28") as caught:
        network.forward(torch.zeros(shape))
    assert caught.value.field == "input"


def test_weights_of_a_layer(network: LoadedNetwork) -> None:
    weights = network.weights("conv2")
    assert {name: tuple(value.shape) for name, value in weights.items()} == {
        "weight": (64, 32, 3, 3),
        "bias": (64,),
    }
    with pytest.raises(UnknownLayer, match=r"ReLU layer has no weights.* conv1, conv2, fc1, fc2"):
        network.weights("relu1")


def test_answers_carry_no_gradient(network: LoadedNetwork, digit: Tensor) -> None:
    result = network.forward(digit)
    assert not any(value.requires_grad for value in result.activations.values())
    assert not any(value.requires_grad for value in network.weights("fc1").values())


def test_many_threads_may_ask_at_once(network: LoadedNetwork, digit: Tensor) -> None:
    images = [digit * share for share in (0.25, 0.5, 0.75, 1.0)]
    alone = [network.forward(image) for image in images]
    wrong: list[str] = []

    def ask(image: Tensor, expected: Forward) -> None:
        for _ in range(20):
            result = network.forward(image)
            network.effective_receptive_field(image, "conv2", 3, 5, 5)
            for name, value in result.activations.items():
                if not torch.allclose(value, expected.activations[name], atol=1e-6):
                    wrong.append(name)

    threads = [threading.Thread(target=ask, args=pair) for pair in zip(images, alone, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_view_of_a_flattened_unit_is_that_of_where_it_stood(network: LoadedNetwork) -> None:
    index = 12 * 49 + 3 * 7 + 5
    assert network.receptive_field("flatten", channel=index) == network.receptive_field(
        "pool2", 3, 5, channel=12
    )
    assert network.receptive_field("pool2", 3, 5).as_dict() == {
        "top": 9, "left": 17, "bottom": 19, "right": 27,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("layer", "position", "field", "sentence"),
    [
        ("conv1", (32, 0, 0), "channel", "channel is 32, but it goes from 0 to 31: the layer"),
        ("conv1", (-1, 0, 0), "channel", "channel is -1"),
        ("conv1", (0, 28, 0), "row", "row is 28, but it goes from 0 to 27"),
        ("pool1", (0, 0, 14), "column", "activation is 32×14×14"),
        ("fc1", (128, 0, 0), "channel", "activation is 128"),
        ("fc1", (0, 1, 0), "row", "row is 1, but there is only 0"),
        ("softmax", (0, 0, 1), "column", "column is 1"),
    ],
)
def test_a_position_outside_names_every_quantity(
    network: LoadedNetwork,
    digit: Tensor,
    layer: str,
    position: tuple[int, int, int],
    field: str,
    sentence: str,
) -> None:
    channel, row, column = position
    for ask in (
        lambda: network.trace(digit, layer, *position),
        lambda: network.receptive_field(layer, row, column, channel=channel),
        lambda: network.effective_receptive_field(digit, layer, *position),
    ):
        with pytest.raises(MechanicsError, match=sentence) as caught:
            ask()
        assert caught.value.field == field


@pytest.mark.parametrize(
    ("layer", "position"), [("conv2", (3, 5, 6)), ("pool2", (7, 2, 3)), ("fc2", (4, 0, 0))]
)
def test_effective_receptive_field_is_the_gradient_within_the_box(
    network: LoadedNetwork, digit: Tensor, layer: str, position: tuple[int, int, int]
) -> None:
    field = network.effective_receptive_field(digit, layer, *position)
    assert field.shape == (28, 28)
    box = network.receptive_field(layer, *position[1:])
    outside = field.clone()
    outside[max(0, box.top) : box.bottom, max(0, box.left) : box.right] = 0
    assert not outside.any()
    assert field.any()
    # Held against a finite difference in float64, at the pixel that matters most.
    row, column = divmod(int(field.argmax()), 28)
    model, step = float64_copy(network), 1e-6

    def unit(shift: float) -> float:
        pixels = network.normalize(digit).double()
        pixels[0, 0, row, column] += shift
        activation = model.run(pixels, until=layer)[layer][0]
        return activation[position[: activation.dim()]].item()

    slope = (unit(step) - unit(-step)) / (2 * step)
    assert abs(slope) == pytest.approx(field[row, column].item(), rel=1e-3)


class Doubting(nn.Module):
    """Negates what is dark, and scales by a number that it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, images: Tensor) -> Tensor:
        scale = 1.0 / (1.0 + images.max().item())
        logits: Tensor = self.fc(images.flatten(1) * scale)
        return logits.relu() if images.mean() > 0.4 else logits


def test_a_network_that_decides_is_asked_for_every_image() -> None:
    torch.manual_seed(0)
    model = Doubting()
    architecture = replace(ARCHITECTURES["mycnn"], title="Doubting", build=Doubting)
    network = LoadedNetwork(architecture, model, {}, torch.device("cpu"))
    assert [layer.name for layer in network.outline.layers] == [
        *("flatten", "mul", "fc", "relu", "softmax"),
    ]
    for seed in (1, 2):
        image = torch.rand(1, 28, 28, generator=torch.Generator().manual_seed(seed))
        normalized = network.normalize(image)
        assert torch.equal(network.forward(image).logits, model(normalized)[0])
        trace = network.trace(image, "mul", 300)
        scaled = normalized.flatten()[300] / (1.0 + normalized.max())
        assert trace.torch_value == pytest.approx(scaled.item(), rel=1e-6)
        assert network.effective_receptive_field(image, "fc", 3).count_nonzero() == 784
    other = network.forward(torch.zeros(1, 28, 28))
    assert (other.path.number, network.forward(torch.ones(1, 28, 28)).path.number) == (1, 0)
    assert list(other.path.layers) == ["flatten", "mul", "fc", "softmax"]
    assert network.paths.turn(other.path) == (
        "Doubting decides by what it sees: where another image goes on with relu, this one goes "
        "on with softmax."
    )
    first = network.paths.numbered(0)
    assert network.paths.turn(first) == (
        "Doubting decides by what it sees: where another image goes on with softmax, this one "
        "goes on with relu."
    )
    assert network.trace(torch.zeros(1, 28, 28), "fc", 3).torch_value == other.logits[3].item()
    with pytest.raises(UnknownLayer, match="it has flatten, mul, fc, softmax"):
        network.trace(torch.zeros(1, 28, 28), "relu", 3)
    with pytest.raises(UnknownLayer, match="has gone 2 ways so far"):
        network.paths.numbered(2)


class Restless(nn.Module):
    """Goes another way for every image."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.fc(images.flatten(1))
        for _ in range(int(images.amax().item() * 100)):
            logits = logits.relu()
        return logits


def test_a_network_with_another_way_for_every_image_has_an_end() -> None:
    architecture = replace(
        ARCHITECTURES["mycnn"], title="Restless", normalization=Normalization((0.0,), (1.0,))
    )
    network = LoadedNetwork(architecture, Restless(), {}, torch.device("cpu"))
    first = network.paths.turn(network.paths.first)
    assert first == "Restless decides by what it sees: another image may go another way."
    for times in range(1, MOST_PATHS):
        result = network.forward(torch.full((1, 28, 28), times / 100 + 0.001))
        assert result.path.number == times
        assert len(result.path.layers) == times + 3
    with pytest.raises(MechanicsError, match="has gone 32 ways by now"):
        network.forward(torch.full((1, 28, 28), 0.601))


@pytest.mark.parametrize("name", ["mycnn", "branching"])
def test_a_pixel_changes_nothing_outside_of_its_projective_field(
    networks: dict[str, LoadedNetwork], digit: Tensor, name: str
) -> None:
    network = networks[name]
    before = network.forward(digit).activations
    for row, column in ((0, 0), (13, 9), (27, 27), (4, 26)):
        changed = digit.clone()
        changed[0, row, column] += 40.0
        after = network.forward(changed).activations
        for layer, box in network.projective_field(row, column):
            if layer.facts.view.extent == (1, 1):
                assert (box.bottom, box.right) == (1, 1)
                continue
            maps = layer.facts.view.flattened or layer.output_shape
            moved = (after[layer.name] != before[layer.name]).reshape(maps).any(dim=0)
            moved[box.top : box.bottom, box.left : box.right] = False
            assert not moved.any(), (layer.name, box)


def test_a_pixel_reaches_those_whose_receptive_field_holds_it(network: LoadedNetwork) -> None:
    for layer, box in network.projective_field(9, 14):
        rows, columns = layer.facts.view.extent
        for row, column in itertools.product(range(rows), range(columns)):
            seen = layer.receptive_field.box(row, column)
            holds = seen.top <= 9 < seen.bottom and seen.left <= 14 < seen.right
            is_reached = box.top <= row < box.bottom and box.left <= column < box.right
            assert holds == is_reached


def test_a_pixel_that_is_not_there_is_refused(network: LoadedNetwork) -> None:
    with pytest.raises(MechanicsError, match="row is 28"):
        network.projective_field(28, 0)
