"""How the page tests are run: what fails twice fails, what fails beside others is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import page_tests

FAILS_ONCE = """
from pathlib import Path

def test_shy():
    seen = Path(__file__).with_suffix(".seen")
    was_seen = seen.exists()
    seen.touch()
    assert was_seen

def test_fine():
    counted = Path(__file__).with_suffix(".counted")
    counted.write_text(counted.read_text() + "." if counted.exists() else ".")
"""


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pytest's plugins, which these tests need none of."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def status_of(tests: Path, source: str) -> int:
    """The exit status of a run of one test file."""
    (tests / "test_some.py").write_text(source)
    return page_tests.main(["-q"], tests=tests, cache=tests / "cache")


def test_what_passes_alone_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert status_of(tmp_path, FAILS_ONCE) == 0
    assert "TO MEND: failed beside others, passed alone" in capfd.readouterr().out
    assert (tmp_path / "test_some.counted").read_text() == "."  # what passed is not run again


def test_what_fails_alone_too_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert status_of(tmp_path, "def test_wrong():\n    assert False\n") == 1
    said = capfd.readouterr().out
    assert "Once more, alone" in said
    assert "TO MEND" not in said


def test_many_failures_are_not_tried_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    many = "".join(f"def test_{number}():\n    assert False\n" for number in range(4))
    assert status_of(tmp_path, many) == 1
    assert "Once more" not in capfd.readouterr().out


def test_what_cannot_be_collected_fails(tmp_path: Path) -> None:
    assert status_of(tmp_path, "import nothing_of_that_name\n") != 0
