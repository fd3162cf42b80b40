"""The Chromium that is chosen for the page tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import chromium


def program(path: Path) -> Path:
    """A file that can be carried out."""
    path.parent.mkdir(parents=True)
    path.touch(mode=0o755)
    return path


def test_the_shell_beside_playwrights_own_chromium_is_found(tmp_path: Path) -> None:
    own = program(tmp_path / "chromium-1234" / "chrome-linux" / "chrome")
    assert chromium.shells_beside(own) == []
    shell = program(tmp_path / "chromium_headless_shell-1234" / "chrome-linux" / "headless_shell")
    program(tmp_path / "chromium_headless_shell-1200" / "chrome-linux" / "headless_shell")
    (shell.parent / "headless_shell.pak").touch(mode=0o644)
    assert chromium.shells_beside(own) == [shell]


def test_one_of_the_system_has_none_beside_it() -> None:
    assert chromium.shells_beside(Path("/usr/bin/chromium")) == []


def test_the_one_without_windows_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("chromium", "chromium-headless-shell"):
        (folder / name).write_text("#!/bin/sh\n", "utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.delenv("CONVOSCOPE_CHROMIUM", raising=False)
    assert chromium.find() == folder / "chromium-headless-shell"
    (folder / "chromium-headless-shell").unlink()
    (folder / "chromium-headless-shell").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (folder / "chromium-headless-shell").chmod(0o755)
    assert chromium.find() == folder / "chromium"
