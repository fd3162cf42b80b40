"""The Train page in Chromium: how soon a step of the timeline stands painted."""

from __future__ import annotations

import tempfile
from math import isnan
from typing import TYPE_CHECKING

from app.bench import browser
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import percentile, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "train-page"
TARGET_MS = 50
REST_MS = 400
READY_MS = 60_000
# So many of the panel's own words say that every moment of the run has been read.
READ = """() => {
  const slider = document.querySelector('moment-slider');
  const text = document.querySelector('[data-part=kernels]')?.textContent ?? '';
  const read = Number(/of all (\\d+) moments/.exec(text)?.[1]);
  return read > 1 && read === Number(slider.getAttribute('aria-valuemax')) + 1;
}"""
# Presses a key on the timeline, and tells how long it took until the frame with the kernels, their
# gradients and the drawing's maps of the next moment had been handed over.
STEP = """async (key) => {
  const proto = CanvasRenderingContext2D.prototype;
  const usual = proto.putImageData;
  const wanted = new Set(['kernels', 'digit']);
  const painted = new Promise((done) => {
    proto.putImageData = function (...given) {
      wanted.delete(this.canvas.closest('[data-part]')?.dataset.part);
      if (wanted.size === 0)
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now());
          port2.postMessage(null);
        });
      return usual.apply(this, given);
    };
  });
  const start = performance.now();
  const slider = document.querySelector('moment-slider');
  slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const late = new Promise((done) => setTimeout(() => done(NaN), 10_000));
  const end = await Promise.race([painted, late]);
  proto.putImageData = usual;
  return end - start;
}"""


def measure(options: Options) -> list[Row]:
    """The timeline of the run that ships, to its beginning and to its end again."""
    with (
        tempfile.TemporaryDirectory() as folder,
        our_server(CONVOSCOPE_DATA_DIR=folder) as server,
        browser.chromium() as program,
    ):
        page = program.new_page(viewport=browser.WINDOW)
        page.goto(f"{server.url}/train#run=article")
        page.wait_for_function(READ, timeout=READY_MS)
        page.wait_for_timeout(REST_MS)
        keys = (["ArrowLeft"] * 12 + ["ArrowRight"] * 12) * options.count(3, 1)
        durations_ms = [_stepped(page, key) for key in keys]
    what = (
        "from a key on the timeline to the frame with the kernels, their gradients and the "
        "drawing's maps of the next moment, every moment having been read: p50"
    )
    took = Amount(percentile(durations_ms, 50), "ms")
    return [Row(NAME, what, took, target=TARGET_MS, details=(told(durations_ms),))]


def _stepped(page: Page, key: str) -> float:
    """How long a step took, milliseconds. Raises: NotMeasured where it was not painted."""
    took: float = page.evaluate(STEP, key)
    if isnan(took):
        raise NotMeasured("A step of the timeline was not painted within 10 s.")
    page.wait_for_timeout(REST_MS)
    return took
