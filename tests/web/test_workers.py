"""Work beside the event loop: bounded, dropped when nobody waits for it, and in nobody's way."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

import httpx2
import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from app.settings import Settings
from app.web import application
from app.web.api.about import Health
from app.web.endpoint import Endpoint, Work
from app.web.wire.problems import Problem
from app.web.wire.tensors import Answer
from app.web.workers import Workers, stop_if_nobody_waits
from tests.web.serving import client_of, serving_app
from tests.web.test_errors import check_problem


async def stay() -> Message:
    """A client that stays."""
    await asyncio.Event().wait()
    raise AssertionError


async def leave() -> Message:
    """A client that has left."""
    return {"type": "http.disconnect"}


def run(coroutine: Callable[[Workers], Any], threads: int = 1, max_waiting: int = 1) -> Any:
    """What a coroutine gives, with workers that are let go of afterwards."""

    async def main() -> Any:
        workers = Workers(threads, max_waiting)
        try:
            return await coroutine(workers)
        finally:
            workers.close()

    return asyncio.run(main())


def test_work_is_done_in_another_thread() -> None:
    def work(a: int, *, b: int) -> tuple[int, bool]:
        return a + b, threading.current_thread() is threading.main_thread()

    async def main(workers: Workers) -> Any:
        found = await workers.run(stay, work, 1, b=2)
        assert workers.unfinished == 0
        return found

    assert run(main) == (3, False)


def test_an_error_comes_back() -> None:
    def fail() -> None:
        raise Problem(422, "No.")

    async def main(workers: Workers) -> None:
        with pytest.raises(Problem, match="No"):
            await workers.run(stay, fail)

    run(main)


def test_a_full_queue_refuses() -> None:
    release = threading.Event()

    async def main(workers: Workers) -> None:
        jobs = [asyncio.create_task(workers.run(stay, release.wait)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(Problem) as refused:
            await workers.run(stay, release.wait)
        assert refused.value.status == 503
        assert refused.value.headers == {"retry-after": "1"}
        assert refused.value.limit == 1
        release.set()
        await asyncio.gather(*jobs)
        assert await workers.run(stay, int) == 0

    run(main)


def test_the_work_of_a_client_that_left_is_dropped() -> None:
    release = threading.Event()
    done: list[int] = []

    async def main(workers: Workers) -> None:
        running = asyncio.create_task(workers.run(stay, release.wait))
        await asyncio.sleep(0.02)
        start = time.monotonic()
        with pytest.raises(ClientDisconnect):
            await workers.run(leave, done.append, 1)
        assert time.monotonic() - start < 1
        release.set()
        await running
        assert await workers.run(stay, len, done) == 0
        assert workers.unfinished == 0

    run(main)


def test_work_of_many_steps_ends_when_its_client_has_left() -> None:
    steps: list[int] = []

    def work() -> None:
        while True:
            stop_if_nobody_waits()
            steps.append(1)
            time.sleep(0.005)

    async def main(workers: Workers) -> None:
        with pytest.raises(ClientDisconnect):
            await workers.run(leave, work)
        start = time.monotonic()
        assert await workers.run(stay, len, steps) > 0, "the one worker is free again"
        assert time.monotonic() - start < 1
        assert workers.unfinished == 0

    run(main)
    stop_if_nobody_waits()  # outside of a worker nobody is waited for


def test_a_cancelled_request_is_no_departure() -> None:
    release = threading.Event()

    async def main(workers: Workers) -> None:
        waiting = asyncio.create_task(workers.run(stay, release.wait))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        release.set()

    run(main)


def test_health_answers_at_once_while_every_worker_works(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = threading.Event()

    def work(asked: object) -> Answer:
        while not enough.is_set():
            sum(range(10_000))
        return Answer({})

    row = Endpoint("GET", "/work", work, Health)
    monkeypatch.setattr(application, "ENDPOINTS", (row, *application.ENDPOINTS))
    app = application.create_app(Settings(port=0, max_jobs_waiting=2))
    with serving_app(app) as url, client_of(url) as client, ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(httpx2.get, f"{url}/api/v1/work", timeout=60) for _ in range(6)]
        refused = as_completed(jobs, timeout=60)
        waits = []
        try:
            assert [next(refused).result().status_code for _ in range(2)] == [503, 503]
            for _ in range(15):
                start = time.monotonic()
                assert client.get("/api/v1/health").status_code == 200
                waits.append(time.monotonic() - start)
        finally:
            enough.set()
        answers = [job.result() for job in jobs]
        # The middle one, since the cores may be busy with others as well.
        assert sorted(waits)[7] < 0.25
        # Two compute, two wait, and the rest is told to come again.
        assert sorted(answer.status_code for answer in answers) == [200] * 4 + [503] * 2
        for answer in answers:
            if answer.status_code == 503:
                assert check_problem(answer, 503)["limit"] == 2
                assert answer.headers["retry-after"] == "1"


def test_the_loop_does_one_small_thing_a_turn() -> None:
    async def main(workers: Workers) -> None:
        assert [workers.take_turn() for _ in range(3)] == [True, False, False]
        await asyncio.sleep(0)
        assert workers.take_turn()

    run(main)


def test_what_is_small_is_computed_by_the_loop_and_what_is_not_by_a_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[str] = []

    def noted(cost: int) -> Work:
        def compute() -> Answer:
            threads.append(threading.current_thread().name)
            return Answer({"status": "alive"})

        return Work(cost, compute)

    def little(asked: object) -> Work:
        return noted(1)

    def much(asked: object) -> Work:
        return noted(10**9)

    rows = [
        Endpoint("POST", f"/{name}", answer, Health, tells_cost=True)
        for name, answer in (("little", little), ("much", much))
    ]
    monkeypatch.setattr(application, "ENDPOINTS", (*rows, *application.ENDPOINTS))
    app = application.create_app(Settings(port=0))
    with serving_app(app) as url, client_of(url) as client:
        for path, size in (("little", 10), ("much", 10), ("little", 200_000)):
            headers = {"content-type": "application/x-npy"}
            answer = client.post(f"/api/v1/{path}", content=bytes(size), headers=headers)
            assert answer.json() == {"status": "alive"}
    assert ["worker" in name for name in threads] == [False, True, True]
