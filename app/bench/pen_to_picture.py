"""From the movement of the pen to the painted picture of the whole network, in Chromium."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.bench import browser, protocol
from app.bench.handwriting import STROKES, Point, along
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import percentile, told

NAME = "pen-to-picture"
MOVES_A_DIGIT = 60
# A mouse reports its place about so often; the hand takes a second for a digit.
MOVE_SECONDS = 0.016
REST_SECONDS = 0.4
CLEAR = "[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Clear')"
PAPER = """(() => {
  const { x, y, width } = document.querySelector('drawing-surface').getBoundingClientRect();
  return [x, y, width];
})()"""
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
        p50, p95 = _rows(_record(usual, server.url, digits), usual)
        emulated, _ = _rows(_record(emulating, server.url, digits[:3]), emulating)
    what = "the same, where the processor emulates a graphics card, which Chromium then draws by"
    return [p50, p95, replace(emulated, name=f"{NAME}, emulated", what=what, target=None)]


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


def _record(flags: Sequence[str], url: str, digits: Sequence[int]) -> Recording:
    """Draws the digits, the first of them to warm up."""
    with protocol.tab(flags) as tab:
        tab.open(url, browser.KEEP_PICTURES + KEEP_MOVES)
        if not tab.wait_until("globalThis.benchPictures?.length", browser.FIRST_PICTURE_MS / 1000):
            raise NotMeasured("No picture stood.")
        time.sleep(REST_SECONDS)
        _draw(tab, digits[0])
        tab.evaluate("benchPictures.length = benchMoves.length = 0")
        paces_ms = [_draw(tab, digit) for digit in digits[1:]]
        pictures = tab.evaluate("benchPictures")
        if not pictures:
            raise NotMeasured("The page painted no picture while the pen moved.")
        return Recording(pictures, tab.evaluate("benchMoves"), percentile(paces_ms, 50))


def _draw(tab: protocol.Tab, digit: int) -> float:
    """Draws a digit on the empty paper; returns how many milliseconds a movement took."""
    tab.evaluate(f"{CLEAR}.click()")
    time.sleep(REST_SECONDS)
    left, top, side = tab.evaluate(PAPER)
    way = [_on(left, top, side, point) for point in _points(digit)]
    tab.mouse("mouseMoved", *way[0], is_down=False)
    tab.mouse("mousePressed", *way[0], is_down=True)
    begin = time.perf_counter()
    for number, point in enumerate(way[1:], start=1):
        time.sleep(max(0.0, begin + number * MOVE_SECONDS - time.perf_counter()))
        tab.mouse("mouseMoved", *point, is_down=True)
    taken_ms = 1000 * (time.perf_counter() - begin)
    tab.mouse("mouseReleased", *way[-1], is_down=False)
    time.sleep(REST_SECONDS)
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
        "driven by Chromium's own protocol: to listen to every request, as Playwright does, takes "
        "as much time as a picture does",
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
