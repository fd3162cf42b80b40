"""The application asked from within its own process, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from threading import Thread
from typing import Any
from urllib.parse import unquote

Answer = tuple[int, str, bytes]
Application = Callable[[Any, Any, Any], Awaitable[None]]


def ask(app: Application, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Status, media type and body of the answer to one request.

    In a thread of its own: a notebook has an event loop already.
    """
    answered: Future[Answer] = Future()

    def run() -> None:
        answered.set_result(asyncio.run(_ask(app, path, headers or {})))

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return answered.result(timeout=0)


async def _ask(app: Application, path: str, headers: Mapping[str, str]) -> Answer:
    """The same, on an event loop."""
    route, _, query = path.partition("?")
    given = {"host": "127.0.0.1", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(route),
        "raw_path": route.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    sent: list[Mapping[str, Any]] = []
    waiting: list[dict[str, Any]] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop()
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    kind = dict(sent[0]["headers"]).get(b"content-type", b"").decode()
    return sent[0]["status"], kind, b"".join(message.get("body", b"") for message in sent[1:])
