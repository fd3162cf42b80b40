"""The summaries of a forward pass's large layers, found while the next layers are computed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from app.networks.cores import usable_cores
from app.networks.statistics import Ends, Summary, summarize_large

EndsBehind = Callable[[Summary], Ends]
"""A layer's minimum and maximum by those of the layer that it reads."""

# To hand values over takes as long as to read some ten thousand of them; two megabytes at a time,
# the last layers of a pass do not wait for many others.
BATCH = 524_288


# So many values may wait to be read, 16 MB, before the pass waits for them.
MOST_WAITING = 4_194_304

# None of its threads is started before it has something to read.
_READERS = ThreadPoolExecutor(usable_cores(), thread_name_prefix="convoscope-summary")


class Passes:
    """The forward passes that go on in this process, each on as many cores as torch has threads."""

    def __init__(self, cores: int) -> None:
        self.cores = cores
        self.count = 0
        self.lock = Lock()

    @contextmanager
    def one_more(self) -> Iterator[Summaries]:
        """One pass, and the summaries of its layers."""
        with self.lock:
            self.count += 1
        try:
            yield Summaries(self.reader)
        finally:
            with self.lock:
                self.count -= 1

    def reader(self) -> Executor | None:
        """Where values can be read while the passes go on; None where these have every core."""
        return _READERS if self.count * torch.get_num_threads() < self.cores else None


class _Layer(NamedTuple):
    """What `Summaries.add` is given."""

    name: str
    values: NDArray[np.float32]
    read: str
    ends_behind: EndsBehind | None


class Summaries:
    """The summaries of one forward pass.

    Args:
        reader: tells where values are read just now, which must not change any more; None has them
            read before the next layer is computed.
    """

    def __init__(self, reader: Callable[[], Executor | None]) -> None:
        self.reader = reader
        self.found: dict[str, Summary] = {}
        self.batch: list[_Layer] = []
        self.batch_size = 0
        # Values handed over and read: each is counted by one thread alone.
        self.handed_over = self.read_so_far = 0
        self.waiting: deque[list[_Layer]] = deque()
        self.lock = Lock()
        self.is_reading = False
        self.last: Future[None] | None = None

    def add(
        self, name: str, values: NDArray[np.float32], read: str, ends_behind: EndsBehind | None
    ) -> None:
        """Has the summary of a layer found.

        Args:
            values: all of its values, in one row.
            read: the layer that it reads.
            ends_behind: tells its ends by those of what it reads, where they are known.
        """
        self.batch.append(_Layer(name, values, read, ends_behind))
        self.batch_size += values.size
        if self.batch_size >= BATCH:
            self._send()

    def all(self) -> dict[str, Summary]:
        """Each layer's, once all are found."""
        if self.batch:
            self._send()
        if self.last is not None:
            self.last.result()
        return self.found

    def _send(self) -> None:
        batch, self.batch, self.batch_size = self.batch, [], 0
        reader = self.reader()
        is_behind = self.handed_over - self.read_so_far > MOST_WAITING
        if self.last is not None and (reader is None or is_behind):
            self.last.result()
        self.handed_over += sum(layer.values.size for layer in batch)
        if reader is None:
            self._read(batch)
            return
        with self.lock:
            self.waiting.append(batch)
            is_idle, self.is_reading = not self.is_reading, True
        if is_idle:
            self.last = reader.submit(self._read_waiting)

    def _read_waiting(self) -> None:
        """Reads what waits, batch after batch: a thread that goes on has to wake no other."""
        while True:
            with self.lock:
                if not self.waiting:
                    self.is_reading = False
                    return
                batch = self.waiting.popleft()
            self._read(batch)

    def _read(self, batch: list[_Layer]) -> None:
        """Finds the summaries of a batch, once those before it are found."""
        for name, values, read, ends_behind in batch:
            known = self.found.get(read) if ends_behind else None
            ends = ends_behind(known) if known and ends_behind else None
            self.found[name] = summarize_large(values, ends)
            self.read_so_far += values.size


PASSES = Passes(usable_cores())
