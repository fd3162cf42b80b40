from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from app.imaging.subset import load_subset
from app.training import subset
from app.training.mnist import data_sha256, raw_directory
from app.training.subset import balanced_choice, make_subset
from tests.places import ROOT
from tests.training.idx import small_mnist


def test_a_choice_holds_as_many_of_every_class_and_no_image_twice() -> None:
    labels = torch.tensor([0] * 50 + [1] * 30 + [2] * 20)
    chosen = balanced_choice(labels, per_class=10, seed=1)
    assert torch.bincount(labels[chosen]).tolist() == [10, 10, 10]
    assert len(set(chosen.tolist())) == 30
    assert labels[chosen].tolist() != sorted(labels[chosen].tolist())
    assert torch.equal(chosen, balanced_choice(labels, per_class=10, seed=1))
    assert not torch.equal(chosen, balanced_choice(labels, per_class=10, seed=2))


def test_making_it_again_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subset, "TRAIN_PER_CLASS", 2)
    monkeypatch.setattr(subset, "TEST_PER_CLASS", 1)
    contents = small_mnist(monkeypatch, count=40)
    raw_directory(tmp_path).mkdir(parents=True)
    for name, data in contents.items():
        (raw_directory(tmp_path) / name).write_bytes(data)
    cards = [make_subset(tmp_path, tmp_path / folder) for folder in ("one", "two")]
    assert cards[0] == cards[1]
    digits = load_subset(tmp_path / "one")
    assert np.bincount(digits.train_labels).tolist() == [2] * 10
    assert np.bincount(digits.test_labels).tolist() == [1] * 10


def test_the_shipped_card_credits_its_origin() -> None:
    card = json.loads((ROOT / "models" / "mnist-subset" / "card.json").read_text("utf-8"))
    assert card["origin"]["license"] == "CC BY-SA 3.0"
    assert card["origin"]["sha256"] == data_sha256()
    assert "LeCun" in card["origin"]["authors"]
    digits = load_subset(ROOT / "models" / "mnist-subset")
    assert {name: list(getattr(digits, name).shape) for name in card["arrays"]} == card["arrays"]
