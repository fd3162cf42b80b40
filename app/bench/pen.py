"""A hand that draws digits on a page with the mouse, and what the page had painted by when."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.bench import browser, protocol
from app.bench.handwriting import STROKES, Point, along
from app.bench.row import NotMeasured

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

    @property
    def durations_ms(self) -> list[float]:
        """From the newest movement in each picture to the picture."""
        return [end - start for start, end in self.pictures]

    @property
    def waits_ms(self) -> list[float]:
        """From every movement to the first picture that has it, those overtaken included."""
        return waits(self.moves, self.pictures)


class Pen:
    """A pen on the paper of one page."""

    def __init__(self, tab: protocol.Tab, url: str) -> None:
        self._tab = tab
        tab.open(url, browser.KEEP_PICTURES + KEEP_MOVES)
        if not tab.wait_until("globalThis.benchPictures?.length", browser.FIRST_PICTURE_MS / 1000):
            raise NotMeasured("No picture stood.")
        time.sleep(REST_SECONDS)
        self._paces_ms: list[float] = []

    def forget(self) -> None:
        """Counts from here on."""
        self._tab.evaluate("benchPictures.length = benchMoves.length = 0")
        self._paces_ms = []

    def draw(self, digit: int) -> None:
        """Draws a digit on the empty paper."""
        self._tab.evaluate(f"{CLEAR}.click()")
        time.sleep(REST_SECONDS)
        left, top, side = self._tab.evaluate(PAPER)
        way = [(left + side * x, top + side * y) for x, y in points(digit)]
        self._tab.mouse("mouseMoved", *way[0], is_down=False)
        self._tab.mouse("mousePressed", *way[0], is_down=True)
        begin = time.perf_counter()
        for number, point in enumerate(way[1:], start=1):
            time.sleep(max(0.0, begin + number * MOVE_SECONDS - time.perf_counter()))
            self._tab.mouse("mouseMoved", *point, is_down=True)
        self._paces_ms.append(1000 * (time.perf_counter() - begin) / (len(way) - 1))
        self._tab.mouse("mouseReleased", *way[-1], is_down=False)
        time.sleep(REST_SECONDS)

    def recording(self) -> Recording:
        """What has happened since it began to count. Raises: NotMeasured where nothing has."""
        pictures = self._tab.evaluate("benchPictures")
        if not pictures:
            raise NotMeasured("The page painted no picture while the pen moved.")
        pace_ms = sum(self._paces_ms) / len(self._paces_ms)
        return Recording(pictures, self._tab.evaluate("benchMoves"), pace_ms)


def points(digit: int) -> list[Point]:
    """Where the pen is put down, and where each movement takes it; shares of the paper."""
    return along(STROKES[digit], MOVES_A_DIGIT + 1)


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
