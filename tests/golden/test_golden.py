import json
from typing import Any

import pytest

from tests.golden.make_golden import FILES, FOLDER, as_text


@pytest.mark.parametrize("name", FILES)
def test_the_stored_numbers_are_the_ones_torch_gives_today(name: str) -> None:
    stored = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    today = json.loads(as_text(FILES[name]()))
    if name == "dense":  # the only one with rounded numbers: those of exp
        probabilities = stored["softmax"].pop("probabilities")
        assert probabilities == pytest.approx(today["softmax"].pop("probabilities"), rel=1e-14)
    if name == "pooling_kinds":  # means and norms are rounded too, each system's in its own way
        assert_close(stored, today)
        return
    assert stored == today


def assert_close(stored: Any, today: Any) -> None:
    """The same document, its numbers equal but for rounding."""
    if isinstance(today, dict):
        assert stored.keys() == today.keys()
        for key, value in today.items():
            assert_close(stored[key], value)
    elif isinstance(today, list):
        assert len(stored) == len(today)
        for one, other in zip(stored, today, strict=True):
            assert_close(one, other)
    elif isinstance(today, float):
        assert stored == pytest.approx(today, rel=1e-13, abs=1e-15)
    else:
        assert stored == today


def test_no_file_is_stored_that_nothing_makes() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(FILES)


def test_together_they_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.json")) < 400_000
