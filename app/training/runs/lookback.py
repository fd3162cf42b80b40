"""What the moments of runs show: their networks, their gradients, their verdict on every image."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.networks.checkpoint import write_atomically
from app.networks.errors import NetworkUnavailable
from app.networks.loaded_network import LoadedNetwork
from app.training.recent import Recent
from app.training.runs.conductor import Lesson
from app.training.runs.judgement import Judgement, judge, judgement_file
from app.training.runs.moment import Moment, moments_of
from app.training.runs.moment_gradients import MomentGradients, gradients_of
from app.training.runs.moment_networks import MomentNetworks
from app.training.runs.process import lesson_of
from app.training.runs.run import Run
from app.training.runs.store import RunStore

# Each holds a whole data set: 47 MB for MNIST.
MOST_LESSONS = 2
# Of MyCNN the kernels of every moment that anyone looks at, its largest matrix at twenty of them.
MOST_GRADIENT_BYTES = 64_000_000


@dataclass(frozen=True)
class Readings:
    """One picture as each of M moments of a run reads it.

    Shape: steps, epochs (M,) int64; probabilities (M, C), NaN where a moment cannot be used.
    """

    classes: tuple[str, ...]
    steps: NDArray[np.int64]
    epochs: NDArray[np.int64]
    probabilities: NDArray[np.float32]


class Lookback:
    """Looks at what is kept of runs; any number of threads may ask.

    Args:
        data_dir, models_dir: where the data sets are.
    """

    def __init__(self, store: RunStore, data_dir: Path, models_dir: Path) -> None:
        self.store, self.data_dir, self.models_dir = store, data_dir, models_dir
        self.networks = MomentNetworks(store)
        self._lock = threading.Lock()
        self._lessons = Recent[str, Lesson](MOST_LESSONS)
        self._gradients = Recent[tuple[str, str, str, str], MomentGradients](
            MOST_GRADIENT_BYTES, lambda found: found.nbytes
        )

    def lesson(self, run: Run) -> Lesson:
        """The images that a run learns from and is judged by.

        Raises: DataError where they are not here.
        """
        with self._lock:  # two who ask for the same set read it once
            if known := self._lessons.get(run.id):
                return known
            lesson = lesson_of(run, self.data_dir, self.models_dir)
            self._lessons.keep(run.id, lesson)
            return lesson

    def gradients(self, moment: Moment, layer: str, device: torch.device) -> MomentGradients:
        """What a layer would learn next at a moment, computed once for all who look there.

        Raises: UnknownLayer; NetworkUnavailable; DataError.
        """
        training = self.lesson(moment.run).training  # one's own pictures may be others by now
        key = (moment.run.id, moment.checkpoint.sha256, training.sha256, layer)
        if known := self._gradients.get(key):
            return known
        found = gradients_of(self.networks.of(moment, device), layer, training)
        self._gradients.keep(key, found)
        return found

    def judgement(
        self,
        moment: Moment,
        device: torch.device,
        before_batch: Callable[[], None] = lambda: None,
    ) -> Judgement:
        """How a moment does on the validation images, reckoned once and kept beside its weights.

        Raises: NetworkUnavailable; DataError.
        """
        run, validation = moment.run, self.lesson(moment.run).validation
        folder = self.store.folder_of(run.id)
        path = folder / judgement_file(moment.checkpoint, validation)
        if path.is_file() and (kept := Judgement.of_bytes(path.read_bytes())):
            return kept
        found = judge(self.networks.of(moment, device), validation, before_batch)
        if folder.is_dir():  # a run that is deleted meanwhile stays so
            with suppress(OSError):  # without room it is reckoned again
                write_atomically(path, found.as_bytes())
        return found

    def readings(
        self,
        run: Run,
        prepared: Callable[[LoadedNetwork], Tensor],
        device: torch.device,
        before_each: Callable[[], None] = lambda: None,
    ) -> Readings:
        """What every kept moment of a run reads in one picture.

        Args:
            prepared: the picture, (C, H, W) in [0, 1], as the run's network takes it.
            before_each: called before every moment; what it raises ends the work.

        Raises: UnknownNetwork when nothing was kept; NetworkUnavailable when none can be used.
        """
        moments, rows = moments_of(self.store, run), {}
        image: Tensor | None = None
        reason: NetworkUnavailable | None = None
        for number, moment in enumerate(moments):
            before_each()
            try:
                network = self.networks.of(moment, device)
            except NetworkUnavailable as error:
                reason = error
                continue
            image = prepared(network) if image is None else image
            rows[number] = network.forward(image, (), keeps=False).probabilities.numpy()
            classes = network.architecture.classes
        if reason is not None and not rows:
            raise reason
        every = np.full((len(moments), len(classes)), np.nan, np.float32)
        for number, row in rows.items():
            every[number] = row
        steps, epochs = (
            np.array([getattr(each.checkpoint, name) for each in moments], np.int64)
            for name in ("step", "epoch")
        )
        return Readings(classes, steps, epochs, every)
