from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from app.imaging.subset import load_subset
from app.training.mnist import MNIST, DataError
from app.training.subset import CLOTHES, DIGITS, balanced_choice, make_subset, subset_of
from tests.places import ROOT
from tests.training.idx import small, write


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
    plan = replace(DIGITS, train_per_class=2, test_per_class=1)
    write(small(monkeypatch, count=40), tmp_path)
    cards = [make_subset(plan, tmp_path, tmp_path / folder) for folder in ("one", "two")]
    assert cards[0] == cards[1]
    digits = load_subset(tmp_path / "one")
    assert np.bincount(digits.train_labels).tolist() == [2] * 10
    assert np.bincount(digits.test_labels).tolist() == [1] * 10


def test_the_shipped_card_credits_its_origin() -> None:
    card = json.loads((ROOT / "models" / "mnist-subset" / "card.json").read_text("utf-8"))
    assert card["origin"]["license"] == "CC BY-SA 3.0"
    assert card["origin"]["sha256"] == MNIST.sha256
    assert "LeCun" in card["origin"]["authors"]
    digits = load_subset(ROOT / "models" / "mnist-subset")
    assert {name: list(getattr(digits, name).shape) for name in card["arrays"]} == card["arrays"]


def test_of_each_collection_one_part_ships() -> None:
    assert subset_of("mnist") is DIGITS
    assert subset_of("fashion-mnist") is CLOTHES
    assert CLOTHES.changes.startswith("40 test pictures of each class")
    with pytest.raises(DataError, match="No part of 'letters' ships"):
        subset_of("letters")
