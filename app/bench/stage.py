"""A page with a stage of cells: it is told keys and movements of the pointer, and answers each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from app.bench.row import NotMeasured

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAUSE_MS = 60
# Until what follows a slide is done, too: PyTorch's numbers, asked for after 150 ms, and the
# sweep's pictures. A frame of theirs just before the next key would let it wait for the screen.
REST_MS = 350
# Tells of every key and every movement of the pointer how long it took until a frame in which the
# stage was painted had been handed over, and how many frames these were. What is watched are the
# calls that paint the stage's two canvases; the page itself knows nothing of it.
KEEP_ANSWERS = """
globalThis.benchAnswers = [];
globalThis.benchRequests = 0;
{
  let isPainted = false;
  const proto = CanvasRenderingContext2D.prototype;
  for (const name of ['putImageData', 'clearRect', 'drawImage']) {
    const usual = proto[name];
    proto[name] = function (...given) {
      if (this.canvas.isConnected && this.canvas.closest('lab-stage')) isPainted = true;
      return usual.apply(this, given);
    };
  }
  const usualFetch = globalThis.fetch;
  globalThis.fetch = (...given) => {
    globalThis.benchRequests += 1;
    return usualFetch(...given);
  };
  const watch = (event) => {
    isPainted = false;
    let frames = 0;
    const look = () => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          frames += 1;
          if (isPainted)
            globalThis.benchAnswers.push({
              kind: event.type, frames, ms: performance.now() - event.timeStamp,
            });
          else if (frames < 60) look();
        };
        port2.postMessage(null);
      });
    };
    look();
  };
  for (const type of ['keydown', 'pointermove'])
    addEventListener(type, watch, { capture: true, passive: true });
}
"""
BOARD = """(() => {
  const { cell, boxes } = document.querySelector('lab-stage').board;
  return { cell, boxes: boxes.map(({ x, y, rows, columns }) => ({ x, y, rows, columns })) };
})()"""
SIZE = """(() => {
  const { width, height } = document.querySelector('lab-stage canvas');
  return [width, height];
})()"""


class Answer(TypedDict):
    """A key or a movement of the pointer, and when the stage had answered it."""

    kind: str
    frames: int
    ms: float


class Stage:
    """The stage of one page, with the slider that changes it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._slider = page.get_by_role("slider", name="stride")

    def slide(self, turn: int) -> None:
        """The stride by one, from 1 to 4 and back as the turns go on."""
        self._slider.press("ArrowRight" if turn % 6 < 3 else "ArrowLeft")
        self.page.wait_for_timeout(REST_MS)

    def point(self, turn: int) -> None:
        """The pointer on another cell."""
        box = self.page.locator("lab-stage").bounding_box()
        if box is None:
            raise NotMeasured("The page shows no stage.")
        x, y = box["x"] + 40 + 37 * (turn % 10), box["y"] + 60 + 31 * (turn // 10)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(PAUSE_MS)

    def forget(self) -> None:
        """Counts from here on."""
        self.page.evaluate("benchAnswers.length = benchRequests = 0")

    def answers(self, kind: str) -> Sequence[Answer]:
        """What was answered of one kind of event. Raises: NotMeasured where nothing was."""
        answers: list[Answer] = self.page.evaluate("globalThis.benchAnswers")
        found = [answer for answer in answers if answer["kind"] == kind]
        if not found:
            raise NotMeasured(f"The stage answered no {kind}.")
        return found
