"""The networks of torchvision in the zoo: what its enumerations say, and files that are theirs."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
import torch
from torch import nn
from torchvision.models import get_model, get_weight
from typer.testing import CliRunner

from app.__main__ import cli
from app.imaging.photo import Crop, prepare_photo
from app.imaging.photographs import photograph
from app.networks import Library, NetworkUnavailable
from app.networks.registry import ARCHITECTURES
from app.networks.torchvision_weights import TorchvisionWeights
from tests.networks.architectures import photo_for
from tests.places import ROOT

CPU = torch.device("cpu")
PUBLISHED = [name for name, each in ARCHITECTURES.items() if each.published is not None]


def published(name: str) -> TorchvisionWeights:
    found = ARCHITECTURES[name].published
    assert found is not None
    return found


def test_there_are_four() -> None:
    assert PUBLISHED == ["resnet18", "vgg11_bn", "vgg16", "alexnet"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_its_row_says_what_the_enumeration_says(name: str) -> None:
    architecture, weights = ARCHITECTURES[name], get_weight(published(name).enum)
    assert weights.url.rpartition("/")[2] == published(name).file
    assert architecture.classes == tuple(weights.meta["categories"])
    assert architecture.costs is not None
    assert architecture.costs.parameters == weights.meta["num_params"]
    multiplied = architecture.costs.multiply_accumulates / 1e9
    # What torchvision calls GFLOPS are multiply-accumulates, without batch normalizations.
    assert multiplied == pytest.approx(weights.meta["_ops"], rel=0.005)
    transforms = weights.transforms()
    assert architecture.normalization.mean == tuple(transforms.mean)
    assert architecture.normalization.std == tuple(transforms.std)
    assert [architecture.input_shape[1]] == transforms.crop_size


def test_a_photograph_is_prepared_as_the_weights_transforms_prepare_it() -> None:
    """The same part in the same size: what differs is how an edge is smoothed on the way."""
    architecture = ARCHITECTURES["resnet18"]
    pixels = torch.from_numpy(photograph("cat").copy())
    theirs = get_weight(published("resnet18").enum).transforms()(pixels)

    def ours(crop: Crop) -> float:
        prepared = prepare_photo(photograph("cat"), (224, 224), crop=crop).image
        found = architecture.normalization(torch.from_numpy(prepared.copy()))
        assert found.shape == theirs.shape
        return float((found - theirs).abs().mean())

    near, far = ours(Crop(size=architecture.crop)), ours(Crop())
    assert near < 0.08
    assert near < far / 5


@pytest.mark.parametrize("name", ["resnet18", "alexnet"])
def test_without_its_file_it_runs_on_random_weights_that_are_always_the_same(name: str) -> None:
    library = Library.load(ROOT / "models", CPU)
    (row,) = (row for row in library.summaries() if row["name"] == name)
    assert not library.is_loaded(name)
    assert row["weights"] == "downloadable"
    assert row["reason"].endswith(f"“python -m app weights {name}” fetches those of torchvision.")
    network = library.get(name)
    assert library.is_loaded(name)
    assert network.summary == row
    assert network.card == {}
    image = photo_for(network.architecture)
    found = network.forward(image)
    again = Library.load(ROOT / "models", CPU).get(name).forward(image)
    assert torch.equal(found.logits, again.logits)
    assert math.isclose(found.probabilities.sum().item(), 1, rel_tol=1e-4)


def saved(model: nn.Module, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights as torchvision publishes them, under a name that begins with their SHA-256."""
    folder.mkdir(exist_ok=True)
    aside = folder / "aside.pth"
    torch.save(model.state_dict(), aside)
    digest = hashlib.sha256(aside.read_bytes()).hexdigest()
    named = TorchvisionWeights(published("resnet18").enum, f"resnet18-{digest[:8]}.pth")
    row = replace(ARCHITECTURES["resnet18"], published=named)
    monkeypatch.setitem(ARCHITECTURES, "resnet18", row)
    return aside.rename(folder / named.file)


@pytest.mark.parametrize("place", ["weights_dir", "hub"])
def test_its_file_is_found_and_checked_and_its_numbers_are_the_networks(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(3)
    model = get_model("resnet18", weights=None).eval()
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    folder = tmp_path / "mine" if place == "weights_dir" else tmp_path / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    file = saved(model, folder, monkeypatch)
    library = Library.load(ROOT / "models", CPU, weights_dir=tmp_path / "mine")
    row = next(row for row in library.summaries() if row["name"] == "resnet18")
    assert (row["weights"], row["reason"]) == ("ready", None)
    network = library.get("resnet18")
    assert network.summary == row
    assert network.card["weights"] == {
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "enum": "ResNet18_Weights.IMAGENET1K_V1",
    }
    image = photo_for(network.architecture)
    assert torch.equal(network.forward(image).logits, model(network.normalize(image))[0])


def another(file: Path) -> None:
    file.write_bytes(b"something else")


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [another, flip_a_bit])
def test_another_file_of_that_name_makes_it_unavailable(
    damage: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(saved(get_model("resnet18", weights=None), tmp_path, monkeypatch))
    library = Library.load(ROOT / "models", CPU, weights_dir=tmp_path)
    with pytest.raises(NetworkUnavailable, match="is damaged or another file: its SHA-256 begins"):
        library.get("resnet18")
    row = next(row for row in library.summaries() if row["name"] == "resnet18")
    assert row["weights"] == "unavailable"
    assert str(tmp_path) not in row["reason"]
    assert "with weights of your own is named with --network" in row["reason"]


class Harmful:
    """An object whose unpickling would call a function."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path("harm"),))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"fc.weight": Harmful()}, "is no file of PyTorch's weights"),
        ([1, 2], "holds something else than weights"),
        ({"fc.weight": torch.ones(2)}, "The weights lack"),
    ],
)
def test_a_file_that_is_no_weights_runs_nothing(
    content: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    aside = tmp_path / "aside.pth"
    torch.save(content, aside)
    digest = hashlib.sha256(aside.read_bytes()).hexdigest()
    named = TorchvisionWeights("ResNet18_Weights.IMAGENET1K_V1", f"odd-{digest[:8]}.pth")
    aside.rename(tmp_path / named.file)
    row = replace(ARCHITECTURES["resnet18"], published=named)
    monkeypatch.setitem(ARCHITECTURES, "resnet18", row)
    with pytest.raises(NetworkUnavailable, match=said):
        Library.load(ROOT / "models", CPU, weights_dir=tmp_path).get("resnet18")
    assert not (tmp_path / "harm").exists()


def test_the_command_fetches_what_is_not_there_and_says_where_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = saved(get_model("resnet18", weights=None), tmp_path / "source", monkeypatch)
    asked = []

    def download(url: str, file: str, prefix: str, progress: bool) -> None:
        asked.append((url, prefix, progress))
        if len(asked) == 1:
            raise URLError("no network")
        Path(file).write_bytes(source.read_bytes())

    monkeypatch.setattr(torch.hub, "download_url_to_file", download)
    folder = tmp_path / "weights"
    words = ["weights", "resnet18", "--weights-dir", str(folder), "--device", "cpu"]
    failed = CliRunner().invoke(cli, words)
    assert failed.exit_code == 1
    assert "could not be fetched (URLError)" in failed.stderr
    assert "name its folder with --weights-dir" in failed.stderr
    fetched = CliRunner().invoke(cli, words)
    assert fetched.exit_code == 0, fetched.output
    assert (folder / source.name).read_bytes() == source.read_bytes()
    assert "ResNet-18, of the photographs that ship:" in fetched.stdout
    assert hashlib.sha256(source.read_bytes()).hexdigest() in fetched.stdout
    url = get_weight("ResNet18_Weights.IMAGENET1K_V1").url
    assert asked == [(url, source.stem.rpartition("-")[2], False)] * 2
    # It is there by now.
    assert CliRunner().invoke(cli, words).exit_code == 0
    assert len(asked) == 2
    evaluated = CliRunner().invoke(cli, ["evaluate", "resnet18", "--weights-dir", str(folder)])
    assert evaluated.stdout.splitlines() == fetched.stdout.splitlines()[-len(photographs()) - 2 :]
    ours = CliRunner().invoke(cli, ["weights", "mycnn"])
    assert "The weights of MyCNN are in models/" in ours.stderr


def photographs() -> list[str]:
    """The names of the photographs that ship."""
    from app.imaging.photographs import names

    return list(names())
