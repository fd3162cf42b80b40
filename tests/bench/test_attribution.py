"""The yardstick of attribution: captum with the same settings, or a reason why there is none."""

from __future__ import annotations

import sys

import pytest
import torch

from app.bench import attribution
from app.bench.options import Options
from app.bench.row import NotMeasured
from app.networks import Library, LoadedNetwork
from app.networks.attribution import METHODS
from tests.places import ROOT


@pytest.fixture
def mycnn() -> LoadedNetwork:
    """The network that is measured first."""
    return Library.load(ROOT / "models", torch.device("cpu")).get("mycnn")


def test_without_captum_it_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "captum.attr", None)
    with pytest.raises(NotMeasured, match="captum is not installed"):
        attribution.measure(Options(quick=True))


@pytest.mark.parametrize("name", METHODS)
def test_each_method_is_held_against_captum(
    mycnn: LoadedNetwork, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(attribution.ROUNDS, "mycnn", (3, 3))
    row = attribution._row(mycnn, METHODS[name], Options(quick=True))
    assert row.name == f"attribution, {name}, mycnn"
    assert row.target == 1.2
    assert row.ratio is not None


def test_times_of_other_values_are_no_measurement() -> None:
    values = torch.ones(1, 2, 2)
    attribution._check(values, values[None], "the same")
    with pytest.raises(NotMeasured, match=r"another: captum's values are up to 0\.5 away"):
        attribution._check(values, values * 1.5, "another")
