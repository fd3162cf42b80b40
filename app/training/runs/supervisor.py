"""Which run goes on now: one at a time, each in a process of its own, the others in a queue."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable

from app.training.runs.child import Child, is_alive
from app.training.runs.ownership import Ownership
from app.training.runs.plan import Plan
from app.training.runs.reserve import DISK_FULL, DiskFull, Reserve, is_full
from app.training.runs.run import LIVING, RESUMABLE, Run, RunError, StoreFull, UnknownRun
from app.training.runs.shipped_run import adopt_shipped_runs
from app.training.runs.spare import Spare
from app.training.runs.store import RunStore

ENDED_WITHOUT_A_WORD = (
    "Its process ended without a word; it can be resumed from where it was written down last."
)
# How long a run's process may take to write itself down once its server is gone.
GRACE_SECONDS = 5.0
# How long the system may take to end a process that it was told to kill.
END_SECONDS = 10.0
# A run is cancelled within a second, whatever its process is at.
CANCEL_SECONDS = 0.4


class Supervisor:
    """Starts the process of each run in its turn, and tells it what is wished for.

    Raises: StoreBusy when another server owns the folder.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._ownership = Ownership(plan.folder)
        self.store, self._reserve = RunStore(plan.folder), Reserve(plan.folder)
        self._reserve.keep()
        if plan.ships_runs:
            adopt_shipped_runs(self.store, plan.models_dir)
        self._changed = threading.Condition()
        self._child: Child | None = None
        self.spare = Spare(plan)
        self._current: str | None = None
        self._wished: dict[str, str] = {}
        self._is_closing = False
        self._listeners: dict[object, Callable[[], None]] = {}
        self._wait_for_orphans()
        self._thread = threading.Thread(target=self._work, name="convoscope-runs", daemon=True)
        self._thread.start()

    def start(self, recipe: dict[str, object], key: str | None = None) -> Run:
        """A new run, at the end of the queue.

        Raises: StoreFull; DiskFull; RunError when the key was given with another recipe.
        """
        used = self.store.used_bytes()
        if used >= self.plan.max_runs_bytes and not self.store.knows(key):
            raise StoreFull(used, self.plan.max_runs_bytes)
        try:
            run = self.store.create(recipe, key)
        except sqlite3.OperationalError as error:
            if is_full(error):
                raise DiskFull(f"{DISK_FULL} Delete a run, or something else.") from error
            raise
        self._reserve.keep()
        self._wake()
        return run

    def pause(self, run: str) -> Run:
        """The run writes itself down and lets go of its process, or of its place in the queue.

        Raises: UnknownRun; RunError when it is neither running nor waiting.
        """
        return self._end(run, "pause", "paused")

    def cancel(self, run: str) -> Run:
        """The run ends for good, within a second.

        Raises: UnknownRun; RunError when it has ended.
        """
        if self.store.run(run).state in RESUMABLE:
            self._set_state(run, "cancelled", "Cancelled.")
            self._wake()
            return self.store.run(run)
        return self._end(run, "cancel", "cancelled")

    def resume(self, run: str) -> Run:
        """The run is in the queue again, and will go on from where it was written down last.

        Raises: UnknownRun; RunError when it is not paused and has not failed.
        """
        now = self.store.run(run)
        if now.state not in RESUMABLE:
            raise RunError(f"Only a run that is paused or failed goes on; this one is {now.state}.")
        self._end_process_of(run)
        self._set_state(run, "queued")
        self._reserve.keep()
        self._wake()
        return self.store.run(run)

    def delete(self, run: str) -> None:
        """The run and all that was kept of it is gone; one that goes on is cancelled before.

        Raises: UnknownRun.
        """
        if self.store.run(run).state in LIVING:
            self.cancel(run)
        self._wait_until(lambda: self._current != run, GRACE_SECONDS)
        self._reserve.spend(lambda: self.store.delete(run))
        self._reserve.keep()
        self._wake()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls the listener, from any thread, whenever there may be news; returns how to stop."""
        key = object()
        self._listeners[key] = listener
        return lambda: self._listeners.pop(key, None) and None

    def close(self) -> None:
        """The run that goes on writes itself down as paused; the folder is given back."""
        with self._changed:
            self._is_closing = True
            if self._child:
                self._child.wish("pause")
            self._changed.notify_all()
        self.spare.close()
        self._thread.join(GRACE_SECONDS)
        if self._child:
            self._child.kill()
            self._thread.join(GRACE_SECONDS)
        self.store.close()
        self._ownership.give_back()

    def _end(self, run: str, wish: str, state: str) -> Run:
        """A run that lives is wished to an end, and waited for."""
        with self._changed:
            now = self.store.run(run)
            if now.state not in LIVING:
                raise RunError(f"This run is {now.state.replace('_', ' ')} already.")
            if self._current != run or self._child is None:
                self._set_state(run, state)
                self.notify()
                return self.store.run(run)
            self._wished[run] = wish
            child = self._child
            child.wish(wish)
        wait = CANCEL_SECONDS if wish == "cancel" else GRACE_SECONDS
        if not self._wait_until(lambda: self._has_ended(run), wait) and wish == "cancel":
            self._kill(run, child)
        return self.store.run(run)

    def _kill(self, run: str, child: Child) -> None:
        """Ends a run where it stands. Its process does nothing more, but may take a while to go."""
        child.kill()
        with self._changed:
            if not self._has_ended(run):
                self._set_state(run, "cancelled", "Cancelled.")
        self.notify()

    def _has_ended(self, run: str) -> bool:
        """Whether a run has said its last word; its process may still be busy with its own end."""
        return self._current != run or self.store.run(run).state not in LIVING

    def _end_process_of(self, run: str) -> None:
        """Ends a process that has said its last word and may still be busy with its own end.

        Were the run in the queue before, that end would be taken for one of what goes on.
        """
        with self._changed:
            child = self._child if self._current == run else None
        if child is not None:
            child.kill()
            self._wait_until(lambda: self._current != run, END_SECONDS)

    def _wait_until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(is_so, timeout=seconds)

    def _work(self) -> None:
        """Carries out one run after another, until the server ends."""
        while (run := self._next()) is not None:
            child = self._child
            assert child is not None
            try:
                for _ in child.news():
                    self._wake()
                with self._changed:
                    self._see_to_its_end(run, child)
            finally:
                with self._changed:
                    self._current = self._child = None
                    self._changed.notify_all()
                self.notify()
            self.spare.renew()

    def _next(self) -> Run | None:
        """Whose turn it is, its process started, once there is one; None when the server ends."""
        with self._changed:
            while not self._is_closing:
                if (run := self.store.next_queued()) is not None:
                    self._wished.pop(run.id, None)
                    self._current, self._child = run.id, self.spare.take()
                    self._child.carry_out(run.id)
                    return run
                self._changed.wait()
        return None

    def _see_to_its_end(self, run: Run, child: Child) -> None:
        """Tells of a process that ended without doing so itself."""
        try:
            state = self.store.run(run.id).state
        except UnknownRun:  # deleted, by somebody who waited for its end no longer
            return
        if state not in LIVING or (self._is_closing and state == "queued"):
            return  # it said so itself, or waits for the next server
        if self._wished.get(run.id) == "cancel":
            self._set_state(run.id, "cancelled", "Cancelled.")
        elif self._wished.get(run.id) == "pause" and child.is_ended_early:
            self._set_state(run.id, "paused")
        else:
            self._set_state(run.id, "failed", child.complaint or ENDED_WITHOUT_A_WORD)

    def _set_state(self, run: str, state: str, reason: str | None = None) -> None:
        """The run is in this state, also where there is hardly any room left to say so."""
        self._reserve.spend(lambda: self.store.set_state(run, state, reason))

    def _wait_for_orphans(self) -> None:
        """A run's process that has lost its server writes itself down; others failed."""
        until = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < until and any(
            run.state == "running" and is_alive(run.process) for run in self.store.runs()
        ):
            time.sleep(0.05)
        self.store.end_living(ENDED_WITHOUT_A_WORD)

    def _wake(self) -> None:
        """Lets the queue be looked at."""
        with self._changed:
            self._changed.notify_all()
        self.notify()

    def notify(self) -> None:
        """Tells everyone who listens that there may be news."""
        for listener in list(self._listeners.values()):
            listener()
