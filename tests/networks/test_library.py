from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from app.networks import Library, NetworkUnavailable, UnknownNetwork
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


def test_the_shipped_weights_are_ready() -> None:
    library = Library.load(ROOT / "models", CPU)
    for row in library.summaries():
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


def test_no_folder_means_not_trained_yet(tmp_path: Path) -> None:
    row = row_of(tmp_path)
    assert row["weights"] == "untrained"
    assert "not been trained" in row["reason"]
    with pytest.raises(NetworkUnavailable, match="not been trained"):
        Library.load(tmp_path, CPU).get("mycnn")


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
