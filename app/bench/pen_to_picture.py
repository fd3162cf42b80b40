"""From the movement of the pen to the painted picture of the whole network, in Chromium."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.bench import browser
from app.bench.handwriting import STROKES, Point, along
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import percentile, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "pen-to-picture"
MOVES_A_DIGIT = 60
# A mouse reports its place about so often; the hand takes a second for a digit.
MOVE_SECONDS = 0.016
REST_MS = 400
# When each movement of a drawing pen happened, for the pictures tell of the newest one only.
KEEP_MOVES = """
globalThis.benchMoves = [];
addEventListener('pointermove', (event) => {
  if (event.buttons) globalThis.benchMoves.push(event.timeStamp);
}, { capture: true, passive: true });
"""


def measure(options: Options) -> list[Row]:
    """Digits drawn with the mouse; the page itself says when each picture stood."""
    digits = list(STROKES)[: options.count(6, 3)]
    usual, emulating = browser.flags(), browser.flags(emulates_card=True)
    with our_server() as server:
        with browser.chromium(usual) as program:
            p50, p95 = _rows(_record(program, server.url, digits), usual)
        with browser.chromium(emulating) as program:
            emulated, _ = _rows(_record(program, server.url, digits[:3]), emulating)
    what = "the same, where the processor emulates a graphics card, which Chromium then draws by"
    return [p50, p95, replace(emulated, name=f"{NAME}, emulated", what=what, target=None)]


class Pen:
    """A mouse with its button, by the browser's own input events.

    Playwright's mouse looks for a drag at every movement while the button is down: four more
    questions to the page, which take as long as a picture.
    """

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def down(self, point: Point) -> None:
        """Goes to a point and presses the button there."""
        self._send("mouseMoved", point, buttons=0)
        self._send("mousePressed", point, buttons=1)

    def move(self, point: Point) -> None:
        """Goes on with the button pressed."""
        self._send("mouseMoved", point, buttons=1)

    def up(self, point: Point) -> None:
        """Lets go of the button."""
        self._send("mouseReleased", point, buttons=0)

    def _send(self, kind: str, point: Point, buttons: int) -> None:
        """One event, taken in by the page before this returns."""
        button = "none" if kind == "mouseMoved" and not buttons else "left"
        event = {"type": kind, "x": point[0], "y": point[1], "button": button, "buttons": buttons}
        self.session.send("Input.dispatchMouseEvent", {**event, "clickCount": 1})


@dataclass(frozen=True)
class Recording:
    """What happened while digits were drawn; times in milliseconds of the page.

    Attributes:
        pictures: the time of the newest event in each, and when it stood.
        moves: when each movement of the pen happened.
        pace_ms: between two movements.
    """

    pictures: Sequence[tuple[float, float]]
    moves: Sequence[float]
    pace_ms: float


def _record(program: Browser, url: str, digits: Sequence[int]) -> Recording:
    """Draws the digits, the first of them to warm up."""
    page = program.new_page(viewport=browser.WINDOW)
    page.add_init_script(browser.KEEP_PICTURES + KEEP_MOVES)
    page.goto(url)
    browser.wait_for_first_picture(page)
    page.wait_for_timeout(REST_MS)
    pen = Pen(page)
    _draw(page, pen, digits[0])
    page.evaluate("benchPictures.length = benchMoves.length = 0")
    paces_ms = [_draw(page, pen, digit) for digit in digits[1:]]
    moves: list[float] = page.evaluate("globalThis.benchMoves")
    recording = Recording(browser.pictures(page), moves, percentile(paces_ms, 50))
    if not recording.pictures:
        raise NotMeasured("The page painted no picture while the pen moved.")
    return recording


def _draw(page: Page, pen: Pen, digit: int) -> float:
    """Draws a digit on the empty paper; returns how many milliseconds a movement took."""
    page.get_by_role("button", name="Clear").click()
    page.wait_for_timeout(REST_MS)
    paper = page.locator("drawing-surface").bounding_box()
    if paper is None:
        raise NotMeasured("The page has no drawing surface.")
    way = [_on(paper["x"], paper["y"], paper["width"], point) for point in _points(digit)]
    pen.down(way[0])
    begin = time.perf_counter()
    for number, point in enumerate(way[1:], start=1):
        time.sleep(max(0.0, begin + number * MOVE_SECONDS - time.perf_counter()))
        pen.move(point)
    taken_ms = 1000 * (time.perf_counter() - begin)
    pen.up(way[-1])
    page.wait_for_timeout(REST_MS)
    return taken_ms / (len(way) - 1)


def _points(digit: int) -> list[Point]:
    """Where the pen is put down, and where each movement takes it."""
    return along(STROKES[digit], MOVES_A_DIGIT + 1)


def _on(left: float, top: float, side: float, point: Point) -> Point:
    """A point of the paper in pixels of the window."""
    return left + side * point[0], top + side * point[1]


def _rows(recording: Recording, flags: Sequence[str]) -> tuple[Row, Row]:
    """The rows of p50 and p95."""
    durations_ms = [end - start for start, end in recording.pictures]
    moves, pictures = recording.moves, recording.pictures
    details = (
        f"{len(pictures):,} pictures of {len(moves):,} movements, "
        f"one each {recording.pace_ms:.1f} ms",
        f"from the newest movement in a picture: {told(durations_ms)}",
        f"from every movement, those overtaken by a newer one included: "
        f"{told(waits(moves, pictures))}",
        f"Chromium's flags: {' '.join(flags)}",
    )
    return (
        Row(
            f"{NAME}, p50",
            "from the pointer event to the frame with all maps painted, as the page measures it, "
            "while digits are drawn with the mouse in Chromium at 1440×900 without a graphics card",
            Amount(percentile(durations_ms, 50), "ms"),
            target=33,
            details=details,
        ),
        Row(f"{NAME}, p95", "the same", Amount(percentile(durations_ms, 95), "ms"), target=60),
    )


def waits(moves: Sequence[float], pictures: Sequence[tuple[float, float]]) -> list[float]:
    """How long each movement waited for the first picture that has it, in milliseconds.

    Args:
        moves: when they happened, in order.
        pictures: the time of the newest event in each, and when it stood; in order.

    Example:
        >>> waits([0, 10, 20], [(0, 25), (20, 50)])
        [25, 40, 30]
    """
    starts = [start for start, _ in pictures]
    firsts = [bisect_left(starts, move) for move in moves]
    return [
        pictures[first][1] - move
        for move, first in zip(moves, firsts, strict=True)
        if first < len(pictures)
    ]
