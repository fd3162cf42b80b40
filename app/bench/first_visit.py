"""How much comes over the wire before a first visitor sees the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.bench import browser
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Amount, Row

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

NAME = "first-visit"
KB = 1000
LARGEST = 10


@dataclass
class Transfer:
    """One answer on its way: its address, and when how many bytes of it arrived.

    Attributes:
        received: (time in seconds, bytes), in order; header and body, as sent.
        total: all of it, known once it has arrived.
    """

    address: str
    received: list[tuple[float, int]] = field(default_factory=list)
    total: int | None = None
    end: float = 0.0

    def bytes_by(self, moment: float) -> int:
        """How much had arrived by then."""
        if self.total is not None and self.end <= moment:
            return self.total
        return sum(size for at, size in self.received if at <= moment)


class Wire:
    """Everything that a page's connection carries, as the browser's own tools count it."""

    def __init__(self, session: CDPSession) -> None:
        self.transfers: dict[str, Transfer] = {}
        self.clock: float | None = None
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.dataReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def moment(self, epoch_seconds: float) -> float:
        """A time of day in the connection's own clock."""
        return epoch_seconds - (self.clock or 0.0)

    def _sent(self, event: dict[str, Any]) -> None:
        if self.clock is None:
            self.clock = event["wallTime"] - event["timestamp"]
        self.transfers[event["requestId"]] = Transfer(event["request"]["url"])

    def _answered(self, event: dict[str, Any]) -> None:
        self._add(event, event["response"]["encodedDataLength"])

    def _received(self, event: dict[str, Any]) -> None:
        self._add(event, event["encodedDataLength"])

    def _add(self, event: dict[str, Any], size: int) -> None:
        if transfer := self.transfers.get(event["requestId"]):
            transfer.received.append((event["timestamp"], size))

    def _finished(self, event: dict[str, Any]) -> None:
        if transfer := self.transfers.get(event["requestId"]):
            transfer.total, transfer.end = event["encodedDataLength"], event["timestamp"]


def measure(_: Options) -> list[Row]:
    """The bytes of a first visit until the first picture stands."""
    with our_server() as server, browser.chromium() as program:
        page = program.new_page(viewport=browser.WINDOW)
        page.add_init_script(browser.KEEP_PICTURES)
        wire = Wire(page.context.new_cdp_session(page))
        page.goto(server.url)
        browser.wait_for_first_picture(page)
        page.wait_for_load_state("networkidle")
        first_ms = browser.pictures(page)[0][1]
        origin_ms: float = page.evaluate("performance.timeOrigin")
    return [
        _row(list(wire.transfers.values()), wire.moment((origin_ms + first_ms) / 1000), first_ms)
    ]


def _row(transfers: Sequence[Transfer], until: float, first_ms: float) -> Row:
    """What had arrived when the first picture stood.

    Args:
        until: that moment, in the connection's own clock.
        first_ms: the same moment, since the address was entered.
    """
    arrived = [(size, each.address) for each in transfers if (size := each.bytes_by(until))]
    everything = sum(each.total or 0 for each in transfers)
    return Row(
        NAME,
        "bytes over the wire, headers included and compressed as served, from an empty cache "
        "until the first picture stands",
        Amount(sum(size for size, _ in arrived) / KB, "KB"),
        target=190,
        note=f"The picture stood {first_ms:,.0f} ms after the address was entered; "
        f"{everything / KB:,.1f} KB had come when the page was at rest.",
        details=(
            f"{len(arrived)} answers; the largest:",
            *(
                f"{size:9,} bytes  {_path(url)}"
                for size, url in sorted(arrived)[: -LARGEST - 1 : -1]
            ),
        ),
    )


def _path(url: str) -> str:
    """The part of an address that tells answers apart: no host, no hash of the static files."""
    path, query = urlsplit(url).path, urlsplit(url).query
    if path.startswith("/static/"):
        path = path.split("/", 3)[3]
    return f"{path}?{query}" if query else path
