"""The Lab in Chromium: from a slider to the repainted stage, from the pointer to the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from app.bench import browser
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import percentile, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "lab"
SIDE = 32
REST_MS = 600
PAUSE_MS = 60
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


class Answer(TypedDict):
    """A key or a movement of the pointer, and when the stage had answered it."""

    kind: str
    frames: int
    ms: float


def measure(options: Options) -> list[Row]:
    """A 32×32 input with its numbers: a slider moved by key, the pointer over the cells."""
    turns = options.count(40, 8)
    with our_server() as server, browser.chromium() as program:
        page = _opened(program, server.url)
        slid = _slid(page, turns)
        page.wait_for_timeout(REST_MS)
        page.evaluate("benchAnswers.length = benchRequests = 0")
        hovered = _hovered(page, turns)
        requests: int = page.evaluate("benchRequests")
    return [_slider_row(slid), _hover_row(hovered, requests)]


def _opened(program: Browser, url: str) -> Page:
    """The Lab with a 32×32 input, its cells large enough for numbers, at rest."""
    page = program.new_page(viewport=browser.WINDOW)
    page.add_init_script(KEEP_ANSWERS)
    page.goto(f"{url}/lab")
    page.locator("lab-stage canvas").first.wait_for()
    page.get_by_role("button", name="Pause").click()
    for name in ("rows", "columns"):
        field = page.get_by_label(f"input {name}")
        field.fill(str(SIDE))
        field.press("Enter")
    page.get_by_role("button", name="Numbers in every cell").click()
    page.wait_for_timeout(REST_MS)
    return page


def _slid(page: Page, turns: int) -> list[Answer]:
    """The stride from 1 to 4 and back by the arrow keys."""
    slider = page.get_by_role("slider", name="stride")
    slider.focus()
    page.evaluate("benchAnswers.length = 0")
    for turn in range(turns):
        slider.press("ArrowRight" if turn % 6 < 3 else "ArrowLeft")
        page.wait_for_timeout(PAUSE_MS)
    return _answers(page, "keydown")


def _hovered(page: Page, turns: int) -> list[Answer]:
    """The pointer from cell to cell of the input."""
    box = page.locator("lab-stage").bounding_box()
    if box is None:
        raise NotMeasured("The Lab shows no stage.")
    for turn in range(turns):
        x = box["x"] + 40 + 37 * (turn % 10)
        y = box["y"] + 60 + 31 * (turn // 10)
        page.mouse.move(x, y)
        page.wait_for_timeout(PAUSE_MS)
    return _answers(page, "pointermove")


def _answers(page: Page, kind: str) -> list[Answer]:
    """What was noted of one kind of event."""
    answers: list[Answer] = page.evaluate("globalThis.benchAnswers")
    found = [answer for answer in answers if answer["kind"] == kind]
    if not found:
        raise NotMeasured(f"The stage answered no {kind}.")
    return found


def _slider_row(answers: Sequence[Answer]) -> Row:
    """The row of the slider."""
    durations_ms = [answer["ms"] for answer in answers]
    return Row(
        f"{NAME}, slider",
        f"from the key on the stride's slider to the frame with the stage painted anew, a "
        f"{SIDE}×{SIDE} input with its numbers, in Chromium at 1440×900; p50",
        Amount(percentile(durations_ms, 50), "ms"),
        target=33,
        details=(told(durations_ms),),
    )


def _hover_row(answers: Sequence[Answer], requests: int) -> Row:
    """The row of the pointer."""
    durations_ms = [answer["ms"] for answer in answers]
    later = sum(answer["frames"] > 1 for answer in answers)
    return Row(
        f"{NAME}, hover",
        "how many frames after the pointer moved to another cell its answer was painted; p95",
        Amount(percentile([answer["frames"] for answer in answers], 95), "frames"),
        target=1,
        details=(
            f"{len(answers):,} movements, {later:,} of them answered later than in the next frame",
            f"from the event to the painted frame: {told(durations_ms)}",
            f"{requests:,} requests were made meanwhile",
        ),
    )
