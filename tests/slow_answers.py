"""Serves as a program does, answers late by chance: `python -m tests.slow_answers 400 app serve`.

Which of two fetches is answered first is then another one each time, and what a page shows before
it knows all stands for a while: a test, or a page, that reads too early is found.
"""

from __future__ import annotations

import asyncio
import random
import runpy
import sys

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from app.settings import Settings
from app.web import application


class SlowAnswers:
    """A wall that each request waits before."""

    def __init__(self, app: ASGIApp, most_ms: float) -> None:
        self.app, self.most_ms = app, most_ms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through after a random part of the longest time."""
        if scope["type"] == "http":
            await asyncio.sleep(random.uniform(0, self.most_ms) / 1000)
        await self.app(scope, receive, send)


def main() -> None:
    """Runs the module that the second argument names, with the arguments behind it."""
    most_ms = float(sys.argv[1])
    create_app = application.create_app

    def create_slow_app(settings: Settings) -> FastAPI:
        app = create_app(settings)
        app.add_middleware(SlowAnswers, most_ms=most_ms)
        return app

    application.create_app = create_slow_app
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
