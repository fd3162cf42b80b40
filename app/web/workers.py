"""The threads that compute, beside the event loop that answers.

The loop computes nothing that takes longer than a few milliseconds, and one such thing a turn, so
that ``/api/v1/health`` answers at once whatever runs; torch and zlib let go of Python's lock while
they work.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event, Lock, local
from typing import ParamSpec, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from app.web.wire.problems import Problem

P = ParamSpec("P")
T = TypeVar("T")

WATCH_AFTER_SECONDS = 0.02
_current = local()
RETRY_AFTER_SECONDS = 1


class Workers:
    """A few threads and a queue of bounded length in front of them."""

    def __init__(self, threads: int, max_waiting: int) -> None:
        self.threads = threads
        self.max_waiting = max_waiting
        self.unfinished = 0
        self.is_turn_taken = False
        self.lock = Lock()
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="convoscope-worker")

    async def run(
        self, receive: Receive, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What ``work`` returns, computed in a worker.

        Raises:
            Problem: 503, when too many others are waiting already.
            ClientDisconnect: the client left; work that had not begun never will.
        """
        waiting = self.unfinished - self.threads
        if waiting >= self.max_waiting:
            raise self._full(waiting)
        with self.lock:
            self.unfinished += 1
        left = Event()
        job = self.executor.submit(_watched, left, partial(work, *args, **kwargs))
        job.add_done_callback(self._forget)
        loop = asyncio.get_running_loop()
        # What asyncio.wrap_future would do, without copying the outcome from one to the other.
        end: asyncio.Future[None] = loop.create_future()
        job.add_done_callback(lambda _: loop.call_soon_threadsafe(_end, end))
        watch = _Watch(receive, job, left)
        timer = loop.call_later(WATCH_AFTER_SECONDS, watch.start)
        try:
            await end
        except asyncio.CancelledError:
            job.cancel()
            raise
        finally:
            timer.cancel()
            watch.stop()
        if left.is_set():
            raise ClientDisconnect
        return job.result()

    def take_turn(self) -> bool:
        """Whether something small may be done on the event loop itself: once in each of its turns.

        However many ask at once, everybody else is looked after between two of them.
        """
        if self.is_turn_taken:
            return False
        self.is_turn_taken = True
        asyncio.get_running_loop().call_soon(self._give_turn)
        return True

    def _give_turn(self) -> None:
        """The next turn of the loop has begun."""
        self.is_turn_taken = False

    def close(self) -> None:
        """Lets go of the threads; what waits is dropped."""
        self.executor.shutdown(wait=False, cancel_futures=True)

    def _forget(self, _: Future[T]) -> None:
        """One job fewer that is not finished; called in the thread that finished it."""
        with self.lock:
            self.unfinished -= 1

    def _full(self, waiting: int) -> Problem:
        """The 503 of a full queue."""
        sentence = (
            f"{waiting} requests are waiting to be computed and at most {self.max_waiting} may; "
            "try again in a second."
        )
        headers = {"retry-after": str(RETRY_AFTER_SECONDS)}
        return Problem(
            503, sentence, limit=self.max_waiting, requested=waiting + 1, headers=headers
        )


class NobodyWaits(Exception):
    """The client has left, and what is computed for it is not wanted any more."""


def stop_if_nobody_waits() -> None:
    """For work of many steps: called in a worker, between two of them.

    Raises: NobodyWaits when the client whose request the worker computes has left.
    """
    left: Event | None = getattr(_current, "left", None)
    if left is not None and left.is_set():
        raise NobodyWaits


def _watched(left: Event, work: Callable[[], T]) -> T:
    """What ``work`` returns; meanwhile it can ask whether the client has left."""
    _current.left = left
    try:
        return work()
    finally:
        _current.left = None


def _end(future: "asyncio.Future[None]") -> None:
    """Wakes who waits for a job, unless nobody does any more."""
    if not future.done():
        future.set_result(None)


class _Watch:
    """Looks for the client's departure, from the moment a job has taken a while."""

    def __init__(self, receive: Receive, job: Future[T], left: Event) -> None:
        self.receive = receive
        self.job = job
        self.left = left
        self.task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to watch."""
        self.task = asyncio.get_running_loop().create_task(self._wait_for_departure())

    def stop(self) -> None:
        """Ends the watch."""
        if self.task is not None:
            self.task.cancel()

    async def _wait_for_departure(self) -> None:
        """Cancels the job when the connection closes; one that runs already may ask for it."""
        message = await self.receive()
        while message["type"] != "http.disconnect":
            message = await self.receive()
        self.left.set()
        self.job.cancel()
