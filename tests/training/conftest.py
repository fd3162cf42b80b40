"""Digits to learn from, without a network connection: the subset that ships."""

from __future__ import annotations

import pytest

from app.training.datasets import Dataset, load_dataset
from tests.places import ROOT


@pytest.fixture(scope="session")
def subset() -> tuple[Dataset, Dataset]:
    """6,000 digits to train on and 1,000 to test with."""
    return load_dataset("mnist-subset", ROOT / "nothing-is-here", ROOT / "models")
