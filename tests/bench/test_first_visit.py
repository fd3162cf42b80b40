"""What had arrived by a moment: whole answers, and the part of those under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from app.bench.first_visit import Transfer, Wire

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession


class Session:
    """A browser's connection that says what it is told to."""

    def __init__(self) -> None:
        self.listeners: dict[str, Callable[[dict[str, Any]], None]] = {}
        self.sent: list[str] = []

    def on(self, name: str, listener: Callable[[dict[str, Any]], None]) -> None:
        self.listeners[name] = listener

    def send(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        self.sent.append(name)

    def say(self, name: str, **event: Any) -> None:
        self.listeners[f"Network.{name}"]({"requestId": "1", **event})


def test_an_answer_counts_in_full_once_it_has_arrived() -> None:
    transfer = Transfer("/a", received=[(1.0, 200), (1.5, 3_000)], total=3_210, end=2.0)
    assert [transfer.bytes_by(moment) for moment in (0.5, 1.2, 1.9, 2.0)] == [0, 200, 3_200, 3_210]


def test_an_answer_under_way_counts_as_far_as_it_has_come() -> None:
    transfer = Transfer("/a", received=[(1.0, 200), (2.0, 4_000)])
    assert [transfer.bytes_by(moment) for moment in (1.5, 9.0)] == [200, 4_200]


def test_the_events_of_the_browser_become_transfers() -> None:
    session = Session()
    wire = Wire(cast("CDPSession", session))
    assert session.sent == ["Network.enable", "Network.setCacheDisabled"]
    request = {"url": "http://127.0.0.1:8000/"}
    session.say("requestWillBeSent", request=request, timestamp=100.0, wallTime=5_100.0)
    session.say("responseReceived", response={"encodedDataLength": 150}, timestamp=100.1)
    session.say("dataReceived", encodedDataLength=900, timestamp=100.2)
    session.say("loadingFinished", encodedDataLength=1_060, timestamp=100.3)
    (transfer,) = wire.transfers.values()
    assert transfer == Transfer(request["url"], [(100.1, 150), (100.2, 900)], 1_060, 100.3)
    assert wire.moment(5_100.25) == 100.25
