"""What pages and workers begin with: a few files of many modules each, or modules as they are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import dirname, relpath

from app.web.pages import module_imports
from app.web.pages.bundle import REGISTRY, Bundles, first_file_of, folder_of
from app.web.pages.bundled_module import WORKERS, CannotBundle

logger = logging.getLogger("convoscope")

PAGES = "js/pages/"
PAGE_END = "/page.js"


class Scripts:
    """What pages and workers begin with, and what comes later, by paths below `static/`.

    Args:
        read: the text of a file by its path. Raises: KeyError where there is none.
        imports: by bare name the path of a module of others.
        paths: of all files.
        is_raw: whether modules are sent as they stand.
    """

    def __init__(
        self,
        read: Callable[[str], str],
        imports: Mapping[str, str],
        paths: Iterable[str],
        *,
        is_raw: bool,
    ) -> None:
        self._read, self._imports, self._is_raw = read, imports, is_raw
        self._paths = frozenset(paths)
        entries = sorted(filter(_begins, self._paths), key=len, reverse=True)
        self._entries = {folder_of(each): each for each in entries}
        self._made: dict[str, Bundles | None] = {}
        self._lock = threading.Lock()

    def bundles(self, entry: str) -> Bundles | None:
        """The files of what begins with a module, made once; None where modules are sent instead.

        A module that cannot be put into one is told in the log, and costs nothing but time.
        """
        if self._is_raw:
            return None
        if entry in self._made:  # whoever can be told at once waits for nobody
            return self._made[entry]
        with self._lock:
            if entry not in self._made:
                try:
                    self._made[entry] = Bundles(entry, self._read, self._imports)
                except CannotBundle as error:
                    logger.error("The modules of %s are sent one by one. %s", entry, error)
                    self._made[entry] = None
            return self._made[entry]

    def is_made(self, entry: str) -> bool:
        """Whether what begins with a module can be told at once."""
        return self._is_raw or entry in self._made

    def first(self, entry: str) -> str:
        """What a page begins with."""
        return entry if self.bundles(entry) is None else first_file_of(entry)

    def preloads(self, entry: str, more: Iterable[str] = ()) -> list[str]:
        """All that a page needs at once, but for what it begins with.

        Args:
            more: modules that come later, and soon.
        """
        bundles = self.bundles(entry)
        if bundles is None:
            found = [path for each in (entry, *more) for path in (each, *self._walk(each))]
        else:
            files = [path for each in more for path in bundles.files_of(each)]
            outside = [
                path for file in (first_file_of(entry), *files) for path in bundles.outside(file)
            ]
            found = [REGISTRY, *files]
            found += [path for each in outside for path in (each, *self._walk(each))]
        return [path for path in dict.fromkeys(found) if path != entry]

    def text(self, path: str, *, is_current: bool) -> str | None:
        """What a file of many modules says; None where there is none.

        Args:
            is_current: whether it is asked for by a page of now, or by one that was opened before
                the program was replaced: that gets all that it may need.
        """
        entry = next(
            (each for start, each in self._entries.items() if path.startswith(start)), None
        )
        if entry is None or not path.endswith(".js"):
            return None
        bundles = self.bundles(entry)
        if bundles is None:
            is_first = path == first_file_of(entry)
            return f"import '{relpath(entry, dirname(path))}';\n" if is_first else None
        if not is_current:
            return bundles.whole(path)
        return bundles.text(path) if path in bundles.files else None

    def _walk(self, module: str) -> Iterator[str]:
        """The modules there are of those that one imports, directly or not."""

        def read(path: str) -> str:
            return self._read(path) if path in self._paths else ""

        found = module_imports.walk(module, read, self._imports)
        return (path for path in found if path in self._paths)


def _begins(path: str) -> bool:
    """Whether a page or a worker begins with a module."""
    is_page = path.startswith(PAGES) and path.endswith(PAGE_END)
    return is_page or (path.startswith(WORKERS) and path.endswith(".js"))
