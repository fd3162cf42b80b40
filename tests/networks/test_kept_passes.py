"""The pass of a picture that is looked at layer by layer: what of it is kept, and for how long."""

from __future__ import annotations

import gc
from collections.abc import Container

import pytest
import torch
from torch import Tensor, nn

from app.networks import LoadedNetwork, kept_passes, loaded_network
from app.networks.errors import UnknownLayer
from app.networks.kept_passes import KeptPasses, size_of
from app.networks.own.given_network import load_given
from app.networks.paths import Path
from app.networks.registry import ARCHITECTURES

RESNET = ARCHITECTURES["resnet20"]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each way that is computed, as it is."""
    found: list[Path] = []
    usual = Path.run

    def run(self: Path, images: Tensor, asked: Container[str], **options: object) -> object:
        found.append(self)
        return usual(self, images, asked, **options)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(Path, "run", run)
    return found


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> KeptPasses:
    """A memory of its own."""
    passes = KeptPasses(kept_passes.MOST_BYTES)
    monkeypatch.setattr(loaded_network, "KEPT", passes)
    return passes


def resnet(seed: int = 0) -> LoadedNetwork:
    """ResNet-20 with random weights."""
    torch.manual_seed(seed)
    return LoadedNetwork(RESNET, RESNET.build(), {"network": "resnet20"}, torch.device("cpu"))


@pytest.mark.usefixtures("kept")
def test_from_the_second_time_on_a_picture_is_computed_once(runs: list[Path]) -> None:
    network, image = resnet(), torch.rand(RESNET.input_shape)
    every = network.forward(image)
    assert len(runs) == 1
    network.forward(image, ["conv1"])
    assert len(runs) == 2
    statistics = dict(zip(every.layers, every.statistics(), strict=True))
    for name in every.layers:
        told = network.forward(image.clone(), [name])
        assert list(told.layers) == [name]
        assert torch.equal(told.activations[name], every.activations[name])
        assert told.batch[name].is_contiguous()
        assert torch.equal(told.probabilities, every.probabilities)
        assert told.statistics()[0] == pytest.approx(statistics[name])
    assert len(runs) == 2


@pytest.mark.usefixtures("kept")
def test_another_picture_is_another_pass(runs: list[Path]) -> None:
    network, images = resnet(), torch.rand(2, *RESNET.input_shape)
    wanted = [network.forward(image).logits for image in images]
    # Two in turn never come twice in a row.
    for _ in range(3):
        for image, logits in zip(images, wanted, strict=True):
            assert torch.equal(network.forward(image).logits, logits)
    assert len(runs) == 8
    network.forward(images[1])
    network.forward(images[1])
    assert len(runs) == 9
    almost = images[1].clone()
    almost[0, 5, 5] = almost[0, 5, 5] * 2 + 1
    assert not torch.equal(network.forward(almost).logits, wanted[1])
    assert len(runs) == 10


@pytest.mark.usefixtures("kept")
def test_what_wants_no_values_computes_anew(runs: list[Path]) -> None:
    network, image = resnet(), torch.rand(RESNET.input_shape)
    for _ in range(3):
        network.forward(image, keeps=False)
    assert len(runs) == 3


@pytest.mark.usefixtures("kept")
def test_what_there_is_no_layer_of_computes_nothing_or_is_refused_first(runs: list[Path]) -> None:
    network, image = resnet(), torch.rand(RESNET.input_shape)
    for _ in range(3):
        network.forward(image, ())
    assert len(runs) == 3
    for _ in range(3):
        with pytest.raises(UnknownLayer):
            network.forward(image, ["nosuch"])
    assert len(runs) == 3


def test_a_wider_type_takes_more_room() -> None:
    network, image = resnet(), torch.rand(1, *RESNET.input_shape)
    single, double = (size_of(network.paths.first, each) for each in (image, image.double()))
    values = network.paths.first.run(image, ())[0].values()
    assert double == 2 * single
    assert single == sum(value.nbytes for value in values)


@pytest.mark.usefixtures("kept")
def test_a_small_network_is_not_kept(runs: list[Path]) -> None:
    architecture = ARCHITECTURES["mycnn"]
    network = LoadedNetwork(architecture, architecture.build(), {}, torch.device("cpu"))
    image = torch.rand(architecture.input_shape)
    for _ in range(3):
        network.forward(image)
    assert len(runs) == 3


def test_there_is_room_for_those_that_were_asked_last(runs: list[Path]) -> None:
    networks, image = [resnet(seed) for seed in range(3)], torch.rand(RESNET.input_shape)
    passes = KeptPasses(2 * size_of(networks[0].paths.first, image))
    batch = image.unsqueeze(0)

    def asked(place: int) -> bool:
        """Whether a network's pass was there."""
        before = len(runs)
        found = passes.of(networks[place].paths, batch)
        assert found is not None
        logits = networks[place].graph.logits
        assert logits is not None
        torch.testing.assert_close(found[logits], networks[place].model(batch))
        return len(runs) == before

    for network in networks:
        assert passes.of(network.paths, batch) is None
    assert [asked(place) for place in (0, 1, 0, 1)] == [False, False, True, True]
    assert not asked(2)
    assert [asked(place) for place in (1, 2)] == [True, True]
    assert not asked(0)


def test_a_pass_for_which_there_is_no_room_is_computed_as_before(runs: list[Path]) -> None:
    network, image = resnet(), torch.rand(1, *RESNET.input_shape)
    passes = KeptPasses(size_of(network.paths.first, image) - 1)
    assert [passes.of(network.paths, image) for _ in range(3)] == [None] * 3
    assert not runs


def test_a_network_that_is_gone_takes_its_pass_along() -> None:
    passes = KeptPasses(kept_passes.MOST_BYTES)
    network, image = resnet(), torch.rand(1, *RESNET.input_shape)
    for _ in range(2):
        passes.of(network.paths, image)
    assert len(passes._seen) == 1
    del network
    gc.collect()
    assert len(passes._seen) == 0


class Deciding(nn.Module):
    """It goes another way for a dark picture, and costs enough to be kept."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 64, 5, padding=2)
        self.head = nn.Linear(64, 10)

    def forward(self, images: Tensor) -> Tensor:
        maps = self.conv(images)
        if images.mean() > 0.5:
            maps = maps.relu()
        logits: Tensor = self.head(maps.mean((2, 3)))
        return logits


@pytest.mark.usefixtures("runs")
def test_a_network_that_decides_is_followed_anew() -> None:
    passes = KeptPasses(kept_passes.MOST_BYTES)
    image = torch.rand(1, 120, 120)
    network = load_given(Deciding(), image, "Deciding", None)
    assert network.outline.multiply_accumulates > kept_passes.WORTHWHILE_MACS
    assert [passes.of(network.paths, image.unsqueeze(0)) for _ in range(3)] == [None] * 3
