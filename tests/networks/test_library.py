from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.networks import Library, NetworkUnavailable, UnknownNetwork
from app.networks.checkpoint import save_checkpoint
from app.networks.registry import ARCHITECTURES
from tests.places import ROOT

CPU = torch.device("cpu")
ROW = {
    "name", "title", "source", "dataset", "classes", "input_shape", "parameters",
    "multiply_accumulates", "weights", "accuracy", "reason",
}  # fmt: skip


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the shipped weights that a test may spoil."""
    shutil.copytree(ROOT / "models" / "mycnn", tmp_path / "mycnn")
    return tmp_path


def row_of(models: Path) -> dict[str, Any]:
    (row,) = (row for row in Library.load(models, CPU).summaries() if row["name"] == "mycnn")
    return row


SHIPPED = [name for name, each in ARCHITECTURES.items() if each.published is None]


def test_the_shipped_weights_are_ready() -> None:
    library = Library.load(ROOT / "models", CPU)
    rows = {row["name"]: row for row in library.summaries()}
    assert list(rows) == list(ARCHITECTURES)
    for row in map(rows.__getitem__, SHIPPED):
        assert set(row) == ROW
        assert row["weights"] == "ready"
        assert row["reason"] is None
        assert library.get(row["name"]).summary == row
    card = json.loads((ROOT / "models" / "mycnn" / "card.json").read_text("utf-8"))
    assert library.get("mycnn").card == card
    assert row_of(ROOT / "models")["accuracy"] == card["test"]["accuracy"]


def test_a_flipped_bit_makes_the_network_unavailable_and_nothing_else(models: Path) -> None:
    weights = models / "mycnn" / "weights.safetensors"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    row = row_of(models)
    assert set(row) == ROW
    assert (row["weights"], row["parameters"], row["accuracy"]) == ("unavailable", 421_642, None)
    assert row["reason"] == (
        "MyCNN: The weights are damaged: their SHA-256 is not the one their card gives."
    )
    with pytest.raises(NetworkUnavailable, match="damaged"):
        Library.load(models, CPU).get("mycnn")


def test_a_missing_card_makes_it_unavailable(models: Path) -> None:
    (models / "mycnn" / "card.json").unlink()
    assert row_of(models)["weights"] == "unavailable"


def test_no_folder_means_random_weights_that_are_always_the_same(tmp_path: Path) -> None:
    row = row_of(tmp_path)
    assert (row["weights"], row["accuracy"]) == ("untrained", None)
    assert row["reason"] == (
        "MyCNN has not been trained here: its weights are random, and what it says means nothing; "
        "“python -m app train mycnn” trains it."
    )
    before = torch.random.get_rng_state()
    network, again = (Library.load(tmp_path, CPU).get("mycnn") for _ in range(2))
    assert torch.equal(torch.random.get_rng_state(), before)
    assert network.summary == row
    image = torch.rand(1, 28, 28)
    assert torch.equal(network.forward(image).logits, again.forward(image).logits)
    # The starting weights of the article: normal(0, 0.01) in the convolutions, biases 0.
    assert network.weights("conv2")["weight"].std().item() == pytest.approx(0.01, rel=0.02)
    assert not network.weights("conv2")["bias"].any()


def test_a_name_nobody_knows_is_not_repeated() -> None:
    with pytest.raises(UnknownNetwork) as caught:
        Library.load(ROOT / "models", CPU).get("<script>")
    assert "script" not in str(caught.value)
    assert "mycnn" in str(caught.value)


def test_a_card_of_odd_content_is_read_all_the_same(models: Path) -> None:
    data = (models / "mycnn" / "weights.safetensors").read_bytes()
    odd = {"weights": {"sha256": hashlib.sha256(data).hexdigest()}, "test": "very good"}
    (models / "mycnn" / "card.json").write_text(json.dumps(odd), "utf-8")
    row = row_of(models)
    assert (row["weights"], row["accuracy"]) == ("ready", None)


class Doubtful(nn.Module):
    """Draws by chance, so that its layers never give the same again."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.fc(images.flatten(1))
        return logits + torch.rand(10)


def nine_classes() -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 9))


def broken() -> nn.Module:
    raise FileNotFoundError("/a/path/of/mine")


@pytest.mark.parametrize(
    ("build", "parameters", "reason"),
    [
        (
            Doubtful,
            7850,
            "Odd: add (add) gives another value when it is called again with the same input: it "
            "draws by chance, keeps something, or needs what it is not given.",
        ),
        (nine_classes, 7065, "Odd: it gives 9 logits, but there are 10 classes."),
        (broken, 0, "Odd: it cannot be built: FileNotFoundError."),
    ],
)
def test_an_odd_network_costs_itself_only(
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    build: Callable[[], nn.Module],
    parameters: int,
    reason: str,
) -> None:
    odd = replace(ARCHITECTURES["mycnn"], name="odd", title="Odd", build=build, costs=None)
    monkeypatch.setitem(ARCHITECTURES, "odd", odd)
    weights = {} if build is broken else build().state_dict()
    save_checkpoint(models / "odd", weights, {})
    library = Library.load(models, CPU)
    row = next(row for row in library.summaries() if row["name"] == "odd")
    assert (row["weights"], row["reason"]) == ("unavailable", reason)
    assert row["parameters"] == parameters
    assert library.get("mycnn").summary == row_of(models)


def test_a_network_with_a_layer_of_an_unknown_kind_is_ready(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build() -> nn.Module:
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.Mish())

    odd = replace(ARCHITECTURES["mycnn"], name="odd", title="Odd", build=build, costs=None)
    monkeypatch.setitem(ARCHITECTURES, "odd", odd)
    save_checkpoint(models / "odd", build().state_dict(), {})
    network = Library.load(models, CPU).get("odd")
    assert network.layer("2").kind == "Unexplained"
    image = torch.rand(1, 28, 28)
    trace = network.trace(image, "2", 3).as_dict()
    assert trace["value"] == trace["torch_value"] == network.forward(image).logits[3].item()
    assert trace["note"].startswith("Mish cannot be taken apart here")
