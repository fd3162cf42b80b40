"""The sets of pictures below the data folder: one `.npz` each, there whole or not at all."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.networks.checkpoint import write_atomically
from app.training.pictures.archive import ArchiveError, from_archive, to_archive
from app.training.pictures.picture_set import Kind, PictureSet

FOLDER = "sets"
NOT_WRITTEN = "This could not be written, maybe for want of room; what was kept before is whole."
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SLUG_CHARACTERS = 30


class SetError(ValueError):
    """What cannot be done with a set; the message is a sentence.

    Args:
        limit, requested: where a number is too large.
    """

    def __init__(
        self, message: str, limit: int | None = None, requested: int | None = None
    ) -> None:
        super().__init__(message)
        self.limit, self.requested = limit, requested


class UnknownSet(SetError):
    """There is no set of that name."""

    def __init__(self) -> None:
        super().__init__("There is no data set of that name.")


@dataclass(frozen=True)
class SetLimits:
    """How much may be kept.

    Args:
        bytes: of all sets together, as their files are.
        pictures, photographs: of one set of either kind.
        classes: of one set.
    """

    bytes: int = 500_000_000
    pictures: int = 10_000
    photographs: int = 200
    classes: int = 50

    def of(self, kind: Kind) -> int:
        """How many pictures a set may have."""
        return {"drawings": self.pictures, "photographs": self.photographs}[kind]


class PictureStore:
    """The sets of one folder; any number of threads may use it."""

    def __init__(self, folder: Path, limits: SetLimits = SetLimits()) -> None:
        self.folder, self.limits = folder, limits
        self._lock = threading.RLock()
        self._read: dict[str, tuple[tuple[int, int], PictureSet]] = {}

    def names(self) -> list[str]:
        """Of every set, the one that was made first in front."""
        files = self.folder.glob("*.npz")
        found = [path.stem for path in files if NAME.fullmatch(path.stem)]
        return sorted(found, key=lambda name: (name.rpartition("-")[0], len(name), name))

    def get(self, name: str) -> PictureSet:
        """One set. Raises: UnknownSet; SetError when its file is damaged."""
        path = self._path(name)
        with self._lock:
            try:
                status = path.stat()
                stamp = (status.st_mtime_ns, status.st_size)
                if name in self._read and self._read[name][0] == stamp:
                    return self._read[name][1]
                found = from_archive(path.read_bytes(), self.limits.bytes)
            except FileNotFoundError:
                raise UnknownSet from None
            except ArchiveError as error:
                raise SetError(f"The file of this data set is damaged. {error}") from None
            self._read[name] = (stamp, found)
            return found

    def create(self, pictures: PictureSet) -> str:
        """Keeps a new set, and returns the name that it is asked for by. Raises: SetError."""
        with self._lock:
            slug = _slug(pictures.title)
            known, number, name = set(self.names()), 1, slug
            while name in known:
                number += 1
                name = f"{slug}-{number}"
            self._keep(name, pictures)
            return name

    def change(self, name: str, change: Callable[[PictureSet], PictureSet]) -> PictureSet:
        """Keeps what `change` makes of a set; one at a time, so that nothing is lost.

        Raises: UnknownSet; SetError where it would be too much.
        """
        with self._lock:
            changed = change(self.get(name))
            self._keep(name, changed)
            return changed

    def delete(self, name: str) -> None:
        """The set is gone. Raises: UnknownSet."""
        with self._lock:
            try:
                self._path(name).unlink()
            except FileNotFoundError:
                raise UnknownSet from None
            self._read.pop(name, None)

    def used_bytes(self) -> int:
        """How much room all sets take up."""
        return sum(path.stat().st_size for path in self.folder.glob("*.npz"))

    def _keep(self, name: str, pictures: PictureSet) -> None:
        """Writes a set, as long as there is room for what it has more."""
        path, data = self._path(name), to_archive(pictures, is_compressed=False)
        before = path.stat().st_size if path.exists() else 0
        if len(data) > before:
            self._check(pictures, len(data) - before)
        try:
            write_atomically(path, data)
        except OSError as error:
            raise SetError(NOT_WRITTEN) from error
        status = path.stat()
        self._read[name] = ((status.st_mtime_ns, status.st_size), pictures)

    def _check(self, pictures: PictureSet, more_bytes: int) -> None:
        """Raises: SetError when this is too much."""
        limits = self.limits
        most = limits.of(pictures.kind)
        if len(pictures) > most:
            sentence = f"A data set holds at most {most:,} {pictures.kind}; this one is full."
            raise SetError(sentence, most, len(pictures))
        if len(pictures.classes) > limits.classes:
            sentence = f"A data set has at most {limits.classes} labels."
            raise SetError(sentence, limits.classes, len(pictures.classes))
        if (used := self.used_bytes() + more_bytes) > limits.bytes:
            raise SetError(
                f"All data sets of one's own may take up {limits.bytes:,} bytes; "
                "delete one, or export it first.",
                limits.bytes,
                used,
            )

    def _path(self, name: str) -> Path:
        """Where a set is. Raises: UnknownSet for what is no name."""
        if not NAME.fullmatch(name):
            raise UnknownSet
        return self.folder / f"{name}.npz"


def _slug(title: str) -> str:
    """A title as a name: small letters, digits and hyphens.

    Example:
        >>> _slug("Cats & Dögs!")
        'cats-dogs'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_CHARACTERS].strip("-") or "set"
