"""A deep network on its page in Chromium: how soon a layer stands open, how large the heap is."""

from __future__ import annotations

import tempfile
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from app.bench import browser
from app.bench.options import Options
from app.bench.pace import route_ms, slowness
from app.bench.processes import our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import percentile, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "deep-page"
# Small ones, those of photographs, one with the widest layers, and one of more than 200 layers.
NETWORKS = ("mycnn", "resnet20", "squeezenet1_1", "alexnet", "efficientnet_lite0", "deep")
DEEP = """from torchvision.models import densenet121

def build():
    return densenet121(weights=None)
"""
OPEN_TARGET_MS = 150
HEAP_TARGET_MB = 300
REST_MS = 400
READY_MS = 60_000
MB = 1_000_000
LAYERS = """async (name) => {
  const answer = await fetch(`api/v1/networks/${name}`);
  return (await answer.json()).layers.map((layer) => layer.name);
}"""
# Opens a layer by the address, and tells how long it took until the frame with all of its own
# values had been handed over: those of the layer before are none, nor are small pictures of its
# maps. What is watched are the calls that paint them; the page knows nothing of it.
OPEN = """async (layer) => {
  const proto = CanvasRenderingContext2D.prototype;
  const names = ['putImageData', 'drawImage', 'fillRect'];
  const usual = names.map((name) => proto[name]);
  const isThere = (canvas) => {
    if (!canvas.isConnected || !canvas.closest('.detail-maps, .detail unit-grid')) return false;
    if (document.querySelector('.detail h2')?.textContent.trim() !== layer) return false;
    const shown = canvas.closest('layer-maps')?.model;
    if (!shown) return Boolean(canvas.closest('unit-grid'));
    const size = shown.layer.output_shape.reduce((all, length) => all * length, 1);
    return shown.layer.name === layer && shown.tensor.data.length === size;
  };
  const painted = new Promise((done) => {
    names.forEach((name, place) => {
      proto[name] = function (...given) {
        if (isThere(this.canvas))
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.now());
            port2.postMessage(null);
          });
        return usual[place].apply(this, given);
      };
    });
  });
  const start = performance.now();
  const fields = new URLSearchParams(location.hash.slice(1));
  fields.set('open', layer);
  location.hash = fields.toString();
  const late = new Promise((done) => setTimeout(() => done(NaN), 10_000));
  const end = await Promise.race([painted, late]);
  names.forEach((name, place) => (proto[name] = usual[place]));
  return end - start;
}"""


def measure(options: Options) -> list[Row]:
    """Layers from all over each network, one after another; then all of the deepest unfolded."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deep.py"
        file.write_text(DEEP)
        own = ("--network", f"{file}:build", "--input", "3x224x224")
        with our_server(*own) as server, browser.chromium() as program:
            page = program.new_page(viewport=browser.WINDOW)
            rows = [_open_row(page, server.url, name, options.count(12, 5)) for name in NETWORKS]
            page.keyboard.press("Escape")
            _unfold(page)
            heap = _heap(page)
            pictures = page.locator("network-flow layer-picture").count()
    return [
        *rows,
        Row(
            f"{NAME}, heap",
            f"what scripts hold with the {pictures} columns of the whole DenseNet-121 unfolded and "
            "scrolled through: their heap, and the buffers of what it refers to",
            Amount(heap / MB, "MB"),
            target=HEAP_TARGET_MB,
        ),
    ]


def _open_row(page: Page, url: str, network: str, count: int) -> Row:
    """The row of one network, of so many of its layers from the first to the last."""
    page.goto(f"{url}/#network={network}")
    page.reload()
    page.locator("[data-share]:enabled").wait_for(timeout=READY_MS)
    names: list[str] = page.evaluate(LAYERS, network)
    chosen = names[:: max(1, len(names) // count)]
    durations_ms = [_opened(page, name) for name in chosen]
    slowest = max(zip(durations_ms, chosen, strict=True))
    return Row(
        f"{NAME}, {network}",
        f"from another address to the frame with the values of one of {len(names)} layers, p50",
        Amount(percentile(durations_ms, 50), "ms"),
        target=OPEN_TARGET_MS,
        slowness=slowness(0.0, route_ms()),
        details=(
            f"{len(chosen)} of {len(names)} layers: {told(durations_ms)}",
            f"the slowest: {slowest[1]}, {slowest[0]:.1f} ms",
        ),
    )


def _opened(page: Page, layer: str) -> float:
    """How long it took to open a layer, milliseconds. Raises: NotMeasured where it did not open."""
    took: float = page.evaluate(OPEN, layer)
    if isnan(took):
        raise NotMeasured(f"{layer} did not open within 10 s.")
    page.wait_for_timeout(REST_MS)
    return took


def _unfold(page: Page) -> None:
    """Unfolds all there is, and scrolls to its end."""
    for name in ("Fold all", "Unfold all"):
        button = page.get_by_role("button", name=name, exact=True)
        if button.count():
            button.click()
        page.wait_for_timeout(REST_MS)
    wide: int = page.locator("flow-scroller").evaluate("one => one.scrollWidth")
    for left in range(0, wide, browser.WINDOW["width"]):
        page.locator("flow-scroller").evaluate("(one, left) => { one.scrollLeft = left }", left)
        page.wait_for_timeout(REST_MS)


def _heap(page: Page) -> float:
    """What scripts hold once what nobody refers to is gone, bytes."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return float(usage["usedSize"]) + float(usage.get("backingStorageSize", 0))
