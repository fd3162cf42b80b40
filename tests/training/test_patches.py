"""What excites units most: found in test images, kept in a file, asked for over HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F
from typer.testing import CliRunner

from app.__main__ import cli
from app.networks import Library, LoadedNetwork
from app.networks.errors import PatchesUnavailable, UnknownLayer
from app.networks.patches import (
    PATCHES_CARD,
    Patches,
    load_patches,
    patches_card,
    save_patches,
)
from app.networks.registry import ARCHITECTURES
from app.training.datasets import Dataset, load_subset
from app.training.patches import find_patches, strongest_apart
from tests.places import ROOT

MODELS = ROOT / "models"


@pytest.fixture(scope="module")
def network() -> LoadedNetwork:
    return Library.load(MODELS, torch.device("cpu")).get("mycnn")


@pytest.fixture(scope="module")
def digits() -> Dataset:
    """The test digits that ship, 300 of them: two batches, the second not full."""
    _, test = load_subset(MODELS / "mnist-subset")
    return test.subset(torch.arange(300))


@pytest.fixture(scope="module")
def found(network: LoadedNetwork, digits: Dataset) -> Patches:
    return find_patches(network, digits)


def maps_of(network: LoadedNetwork, digits: Dataset) -> dict[str, torch.Tensor]:
    """The two convolutions of every digit, by torch's functions alone."""
    weights = dict(network.model.named_parameters())
    x = (digits.images.float() / 255 - 0.1307) / 0.3081
    conv1 = F.conv2d(x, weights["conv1.weight"], weights["conv1.bias"], padding=1)
    pool1 = F.max_pool2d(conv1.relu(), 2)
    conv2 = F.conv2d(pool1, weights["conv2.weight"], weights["conv2.bias"], padding=1)
    fc1 = F.linear(
        F.max_pool2d(conv2.relu(), 2).flatten(1), weights["fc1.weight"], weights["fc1.bias"]
    )
    return {"conv1": conv1, "conv2": conv2, "fc1": fc1[..., None, None]}


def test_no_image_excites_a_unit_more(
    network: LoadedNetwork, digits: Dataset, found: Patches
) -> None:
    with torch.no_grad():
        expected = maps_of(network, digits)
    assert list(found.layers) == ["conv1", "conv2", "fc1", "fc2"]
    for name, maps in expected.items():
        strongest = maps.amax(dim=(2, 3))
        layer = found.layers[name]
        for unit in range(maps.shape[1]):
            best = strongest[:, unit].sort(descending=True).values[:9]
            np.testing.assert_allclose(layer.values[unit], best.numpy(), rtol=1e-4, atol=1e-5)
            for image, (row, column), value in zip(
                layer.images[unit], layer.places[unit], layer.values[unit], strict=True
            ):
                kept = found.images[image]
                (at,) = (digits.images[:, 0] == torch.from_numpy(kept)).all(2).all(1).nonzero()
                assert found.labels[image] == digits.labels[at]
                there = maps[int(at), unit, int(row), int(column)].item()
                assert there == pytest.approx(float(value), rel=1e-4, abs=1e-5)


def test_places_of_one_image_lie_apart() -> None:
    """Against a search that goes through all places in their order."""
    maps = torch.randn(2, 3, 7, 9, generator=torch.Generator().manual_seed(3))
    values, images, places = strongest_apart(maps, (4, 5))
    for unit in range(3):
        ranked = maps[:, unit].flatten().argsort(descending=True)
        kept: list[tuple[int, int, int]] = []
        for each in ranked.tolist():
            image, row, column = each // 63, each % 63 // 9, each % 9
            near = any(i == image and abs(r - row) < 4 and abs(c - column) < 5 for i, r, c in kept)
            if not near:
                kept.append((image, row, column))
        count = min(9, len(kept))
        assert int((~values[unit].isnan()).sum()) == count
        found = zip(images[unit].tolist(), places[unit].tolist(), strict=True)
        assert [(i, p // 9, p % 9) for i, p in found][:count] == kept[:count]


def test_every_image_is_kept_once(found: Patches) -> None:
    assert len(np.unique(found.images, axis=0)) == len(found.images)
    used = np.unique(np.concatenate([each.images.ravel() for each in found.layers.values()]))
    assert used.tolist() == list(range(len(found.images)))


def test_what_is_written_is_read(found: Patches, tmp_path: Path) -> None:
    card = save_patches(tmp_path / PATCHES_CARD, found, {"weights_sha256": "abc"})
    assert card["bytes"] == (tmp_path / card["file"]).stat().st_size
    assert card["layers"] == list(found.layers)
    read = load_patches(tmp_path / PATCHES_CARD, "abc")
    np.testing.assert_array_equal(read.images, found.images)
    np.testing.assert_array_equal(read.labels, found.labels)
    for name, layer in found.layers.items():
        for part, array in vars(layer).items():
            np.testing.assert_array_equal(getattr(read.layers[name], part), array)


def test_what_says_nothing_of_these_weights_is_refused(found: Patches, tmp_path: Path) -> None:
    card = tmp_path / PATCHES_CARD
    with pytest.raises(PatchesUnavailable, match="has not been looked for"):
        load_patches(card, "abc")
    file = tmp_path / str(save_patches(card, found, {"weights_sha256": "abc"})["file"])
    with pytest.raises(PatchesUnavailable, match="with other weights"):
        load_patches(card, "def")
    with pytest.raises(UnknownLayer, match="relu1 has not learned to look for anything; conv"):
        load_patches(card, "abc").of("relu1")
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)
    with pytest.raises(PatchesUnavailable, match="damaged"):
        load_patches(card, "abc")
    file.unlink()
    with pytest.raises(PatchesUnavailable, match="damaged"):
        load_patches(card, "abc")
    card.write_text("[]")
    with pytest.raises(PatchesUnavailable, match="has not been looked for"):
        load_patches(card, "abc")


CARDS = sorted(MODELS.glob(f"*/*{PATCHES_CARD}"))


def test_every_network_with_weights_of_its_own_ships_its_patches() -> None:
    named = {json.loads(card.read_bytes())["network"] for card in CARDS}
    assert named == {
        name for name, each in ARCHITECTURES.items() if patches_card(each, MODELS).parent.is_dir()
    }


@pytest.mark.parametrize("card_file", CARDS, ids=lambda path: path.parent.name)
def test_the_patches_that_ship_are_of_the_weights_that_ship(card_file: Path) -> None:
    card: dict[str, Any] = json.loads((card_file.parent / "card.json").read_bytes())
    patches = load_patches(card_file, card["weights"]["sha256"])
    assert len(patches.layers) >= 4
    for layer in patches.layers.values():
        assert layer.values.shape[1] == 9
        assert not (np.diff(layer.values, axis=1) > 0).any(), "the strongest first"
        assert not np.isnan(layer.values[:, 0]).any(), "every unit has one"


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["patches", "nowhere"])
    assert result.exit_code == 1
    assert "There is no network called 'nowhere'" in result.stderr
    result = CliRunner(env={"CONVOSCOPE_DATA_DIR": str(tmp_path)}).invoke(cli, ["patches", "mycnn"])
    assert result.exit_code == 1
    assert "python -m app data" in result.stderr
