"""Every network that is offered has its weights and a card that says how to make them again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from app.networks.registry import ARCHITECTURES
from tests.architecture import tree
from tests.places import ROOT

MODELS = ROOT / "models"
MOST_MEGABYTES = 40


def card_of(name: str) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((MODELS / name / "card.json").read_text("utf-8"))
    return card


OURS = [each for each in ARCHITECTURES.values() if each.published is None]


@pytest.mark.parametrize("name", sorted({each.weights_of or each.name for each in OURS}))
def test_a_registered_network_has_a_card_for_its_weights(name: str) -> None:
    card = card_of(name)
    weights = (MODELS / name / card["weights"]["file"]).read_bytes()
    assert card["weights"]["sha256"] == hashlib.sha256(weights).hexdigest()
    assert card["weights"]["bytes"] == len(weights)
    assert card["command"].startswith(
        (f"python -m app train {name}", f"python -m app convert {name}")
    )


def described_by(card: dict[str, Any]) -> set[str]:
    """The files that a card says something of."""
    named = {
        card.get("file"),
        card.get("weights", {}).get("file"),
        card.get("origin", {}).get("license_file"),
    } - {None}
    named |= {row["file"] for row in card.get("files", [])}
    return named | {f"{row['name']}.jpg" for row in card.get("photographs", [])}


def test_models_holds_cards_and_what_they_describe() -> None:
    held = [path for path in tree.tracked() if path.parts[0] == "models"]
    for folder in sorted({path.parent for path in held}):
        names = {path.name for path in held if path.parent == folder}
        assert "card.json" in names
        cards = {name for name in names if name.endswith(".json")}
        read = [json.loads((ROOT / folder / name).read_text("utf-8")) for name in cards]
        assert names - cards == set().union(*map(described_by, read))


def test_all_weights_together_are_small() -> None:
    held = sum(path.stat().st_size for path in MODELS.rglob("weights*.safetensors"))
    assert held < MOST_MEGABYTES * 1e6
