"""The summaries of a forward pass's layers, found while the next layers are computed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

import torch
from torch import Tensor

from app.networks.cores import usable_cores
from app.networks.statistics import LARGE, Ends, Summary, as_array, flat, summarize, summarize_large

Behind = Callable[[Summary], Ends | Summary]
"""A layer's minimum and maximum, or its whole summary, by the summary of the layer it reads."""

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
    values: Tensor
    read: str
    behind: Behind | None


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

    def add(self, name: str, values: Tensor, read: str, behind: Behind | None) -> None:
        """Has the summary of a layer found.

        Args:
            values: a batch of one, on the CPU, as it lies in memory.
            read: the layer that it reads.
            behind: what follows from the summary of that one, where it is known.
        """
        self.batch.append(_Layer(name, values, read, behind))
        self.batch_size += values.numel()
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
        batch, size, self.batch, self.batch_size = self.batch, self.batch_size, [], 0
        reader = self.reader()
        is_behind = self.handed_over - self.read_so_far > MOST_WAITING
        if self.last is not None and (reader is None or is_behind):
            self.last.result()
        self.handed_over += size
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
        """Finds the summaries of a batch, once those before it are found.

        The small layers' are found together behind the large ones', so that nothing follows for
        what reads a small one of the same batch.
        """
        small: list[_Layer] = []
        for layer in batch:
            read = self.found.get(layer.read) if layer.behind else None
            known = layer.behind(read) if read and layer.behind else None
            if isinstance(known, dict):
                self.found[layer.name] = known
            elif layer.values.numel() <= LARGE:
                small.append(layer)
            else:
                self.found[layer.name] = summarize_large(flat(as_array(layer.values)), known)
            self.read_so_far += layer.values.numel()
        summaries = summarize([flat(as_array(layer.values)) for layer in small])
        self.found.update(zip((layer.name for layer in small), summaries, strict=True))


PASSES = Passes(usable_cores())
