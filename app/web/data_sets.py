"""The data sets of a server: what ships, what can be fetched, and its user's own."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from app.settings import Settings
from app.web.progress import Progress

if TYPE_CHECKING:
    from app.training.mnist import Collection
    from app.training.pictures.store import PictureStore

WATCH_SECONDS = 0.3


@dataclass
class Fetch:
    """One data set being fetched, or that could not be.

    Args:
        reason: why it could not be had, once that is known.
    """

    thread: threading.Thread | None = None
    reason: str | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it is still being fetched."""
        return self.thread is not None and self.thread.is_alive()


@dataclass
class DataSets:
    """Where the data are, and what is being fetched."""

    settings: Settings
    progress: Progress
    fetches: dict[str, Fetch] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def own(self) -> PictureStore:
        """The user's own sets."""
        from app.training.pictures.store import FOLDER, PictureStore, SetLimits

        settings = self.settings
        limits = SetLimits(
            settings.max_own_sets_bytes,
            settings.max_own_pictures,
            settings.max_own_photographs,
            settings.max_own_labels,
        )
        return PictureStore(settings.data_dir / FOLDER, limits)

    def is_here(self, collection: Collection) -> bool:
        """Whether all files of a data set are there; whoever learns from them checks each."""
        folder = collection.directory(self.settings.data_dir)
        return all((folder / file.name).is_file() for file in collection.files.values())

    def fetch(self, collection: Collection, ticket: str | None) -> None:
        """Begins to fetch a data set, unless it is here or on its way.

        Args:
            ticket: under which it is told how many of its files are here.
        """
        with self._lock:
            known = self.fetches.setdefault(collection.name, Fetch())
            if known.goes_on or self.is_here(collection):
                return
            known.reason = None
            known.thread = threading.Thread(
                target=self._fetch, args=(collection, known, ticket), daemon=True
            )
            known.thread.start()

    def _fetch(self, collection: Collection, known: Fetch, ticket: str | None) -> None:
        """Fetches a data set, and tells meanwhile how far it is."""
        from app.training.download import get_collection
        from app.training.mnist import DataError

        is_over, folder = threading.Event(), collection.directory(self.settings.data_dir)
        files = [folder / file.name for file in collection.files.values()]

        def watch() -> None:
            with self.progress.of(ticket) as tell:
                while not is_over.wait(WATCH_SECONDS):
                    tell(sum(file.is_file() for file in files), len(files))

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            get_collection(collection, self.settings.data_dir, lambda _: None)
        except (DataError, OSError) as error:
            known.reason = str(error)
        finally:
            is_over.set()
            watcher.join()
