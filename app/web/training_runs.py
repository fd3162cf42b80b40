"""The training runs of a server: opened when somebody first asks for them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.settings import Settings
from app.training.runs.plan import Plan
from app.training.runs.store import FILE
from app.web.wire.problems import Problem

if TYPE_CHECKING:
    import torch

    from app.networks import LoadedNetwork
    from app.training.runs.lookback import Lookback
    from app.training.runs.supervisor import Supervisor


class TrainingRuns:
    """The supervisor of the runs below the data folder, from the moment it is asked for."""

    def __init__(self, settings: Settings) -> None:
        self.plan = Plan.of(settings)
        self.is_ending = False
        self._lock = threading.Lock()
        self._supervisor: Supervisor | None = None
        self._lookback: Lookback | None = None

    def supervisor(self) -> Supervisor:
        """Who knows the runs. Raises: Problem 503 when another server owns the folder."""
        from app.training.runs.run import StoreBusy
        from app.training.runs.supervisor import Supervisor

        with self._lock:
            if self._supervisor is None:
                try:
                    self._supervisor = Supervisor(self.plan)
                except StoreBusy as busy:
                    raise Problem(503, str(busy)) from None
            return self._supervisor

    def lookback(self) -> Lookback:
        """Who looks at what is kept of the runs. Raises: Problem 503."""
        from app.training.runs.lookback import Lookback

        store, plan = self.supervisor().store, self.plan
        with self._lock:
            if self._lookback is None:
                self._lookback = Lookback(store, plan.data_dir, plan.models_dir)
            return self._lookback

    def is_at_hand(self, name: str) -> bool:
        """Whether a network of this name has been loaded already."""
        return self._lookback is not None and self._lookback.networks.has(name)

    def network(self, name: str, device: torch.device) -> LoadedNetwork:
        """The network of a run's moment; of those that were asked for last, some stay loaded.

        Raises: UnknownNetwork; NetworkUnavailable; Problem 503.
        """
        return self.lookback().networks.get(name, device)

    def start(self) -> None:
        """Goes on with what waits in the queue, beside a server that already answers."""
        if (self.plan.folder / FILE).is_file():
            threading.Thread(target=self._open, name="convoscope-open-runs", daemon=True).start()

    def _open(self) -> None:
        try:
            self.supervisor()
        except Problem:  # told to whoever asks for runs
            return

    def end_streams(self) -> None:
        """Those who listen to a run are told no more: the server ends."""
        self.is_ending = True
        if self._supervisor is not None:
            self._supervisor.notify()

    def close(self) -> None:
        """The run that goes on pauses, and the folder is given back."""
        with self._lock:
            if self._supervisor is not None:
                self._supervisor.close()
                self._supervisor = self._lookback = None
