"""What a run tells while it goes, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import Field

from app.web.api.runs.training import NAMED, found_run
from app.web.endpoint import Asked, Endpoint
from app.web.training_runs import TrainingRuns
from app.web.wire.problems import Problem
from app.web.wire.queries import Query
from app.web.wire.schemas import Schema

if TYPE_CHECKING:
    from app.training.runs.run import Told
    from app.training.runs.supervisor import Supervisor

EVENT_STREAM = "text/event-stream"
EVENTS_AT_ONCE = 500
# Proxies cut a connection on which nothing comes for a minute.
KEEP_ALIVE_SECONDS = 15.0
MAX_NUMBER = 2**62
WAITING = ("queued", "running", "paused")


class EventsQuery(Query):
    """From where on."""

    after: int = Field(
        0,
        ge=0,
        le=MAX_NUMBER,
        description="The number of the last event that is known already; `Last-Event-ID`, which "
        "browsers send by themselves, comes before it.",
    )


class RunEvents(Schema):
    """`step`, `epoch`, `checkpoint` and `state`, each numbered, its data an object as JSON."""


def run_events(asked: Asked[EventsQuery, Any]) -> EventSourceResponse:
    """What a run tells, from its first event or after the one that is known, until it ends."""
    supervisor, run = found_run(asked)
    known = asked.headers.get("last-event-id", "")
    if known and not (known.isdecimal() and len(known) < 20):
        raise Problem(422, "Last-Event-ID is the number of an event.")
    after = int(known) if known else asked.query.after
    stream = _stream(asked.services.runs, supervisor, run.id, min(after, MAX_NUMBER))
    return EventSourceResponse(stream, headers={"cache-control": "no-store"})


async def _stream(
    runs: TrainingRuns, supervisor: Supervisor, run: str, after: int
) -> AsyncIterator[bytes]:
    """The events of a run after one of them, those to come included; each reader at its pace."""
    loop, news = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        loop.call_soon_threadsafe(news.set)

    stop = supervisor.listen(wake)
    try:
        while not runs.is_ending:
            news.clear()
            told, is_over = await asyncio.to_thread(_read, supervisor, run, after)
            for event in told:
                after = event.number
                yield format_sse_event(event=event.kind, data_str=event.document, id=str(after))
            if told:
                continue
            if is_over:
                return
            try:
                await asyncio.wait_for(news.wait(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield format_sse_event(comment="nothing new")
    finally:
        stop()


def _read(supervisor: Supervisor, run: str, after: int) -> tuple[list[Told], bool]:
    """The next events, and whether there will be no more after them."""
    from app.training.runs.run import UnknownRun

    try:
        is_over = supervisor.store.run(run).state not in WAITING
    except UnknownRun:
        return [], True
    return supervisor.store.events(run, after, EVENTS_AT_ONCE), is_over


ENDPOINTS = (
    Endpoint(
        "GET",
        "/runs/{run}/events",
        run_events,
        RunEvents,
        query=EventsQuery,
        example=NAMED,
        offers=(EVENT_STREAM,),
    ),
)
