"""How many requests there were and how long they took, as plain sums."""

from collections import defaultdict
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Key(NamedTuple):
    """What requests are counted by: the operation's name, not the address, which is endless."""

    method: str
    operation: str
    status: int


@dataclass(slots=True)
class Count:
    """The requests of one key."""

    requests: int = 0
    seconds: float = 0.0


class Traffic:
    """The counts since the process started."""

    def __init__(self) -> None:
        self.counts: defaultdict[Key, Count] = defaultdict(Count)

    def add(self, key: Key, seconds: float) -> None:
        """Counts one request."""
        count = self.counts[key]
        count.requests += 1
        count.seconds += seconds


class CountTraffic:
    """Counts every answered request."""

    def __init__(self, app: ASGIApp, traffic: Traffic) -> None:
        self.app = app
        self.traffic = traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and counts it under the status it is answered with."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start = perf_counter()

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                operation = getattr(scope.get("endpoint"), "__name__", "none")
                key = Key(scope["method"], operation, message["status"])
                self.traffic.add(key, perf_counter() - start)
            await send(message)

        return await self.app(scope, receive, send_and_count)
