"""Servers inside the test's own process: with other settings, and with warnings as errors."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from fastapi import FastAPI

from app.settings import Settings
from app.web.application import create_app
from app.web.protocol import Server
from app.web.server import listen

START_SECONDS = 60.0


@contextmanager
def serving(settings: Settings | None = None, **changes: Any) -> Iterator[str]:
    """The address of a server with these settings, for as long as the context is open."""
    with serving_app(create_app(settings or Settings(port=0, **changes))) as url:
        yield url


@contextmanager
def serving_app(app: FastAPI) -> Iterator[str]:
    """The address of a server of this application, its networks loaded."""
    services = app.state.services
    server = Server(app, services.settings)
    with listen("127.0.0.1", 0) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            _wait(lambda: server.started and services.loading.future.done())
            yield url
        finally:
            server.should_exit = True
            thread.join()


def client_of(url: str, **options: Any) -> httpx2.Client:
    """A client of a server; proxies of the environment are not asked."""
    return httpx2.Client(base_url=url, timeout=30.0, trust_env=False, **options)


def _wait(is_true: Any) -> None:
    """Returns when the condition holds."""
    end = time.monotonic() + START_SECONDS
    while not is_true():
        assert time.monotonic() < end, "The server did not start."
        time.sleep(0.01)
