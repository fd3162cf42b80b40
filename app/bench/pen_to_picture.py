"""From the movement of the pen to the painted picture of the whole network, in Chromium.

Beside it a bare page does what no page can do without: after the same movement it asks the bare
route for as many bytes and paints as many pictures of as many pixels. Both are drawn on in turn.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from app.bench import browser, protocol
from app.bench.bodies import SAFETENSORS
from app.bench.handwriting import STROKES
from app.bench.options import Options
from app.bench.pace import route_ms, slowness, sway, work_ms
from app.bench.pen import Pen, Recording
from app.bench.processes import bare_server, our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import percentile, told

NAME = "pen-to-picture"
TARGET = 1.5
# The size of each layer's picture, and of the newest answer with every activation.
PAINTED = """({
  pictures: [...document.querySelectorAll('layer-picture canvas')]
    .map(({ width, height }) => [width, height]),
  bytes: performance.getEntriesByType('resource')
    .filter(({ name }) => name.includes('/forward')).at(-1)?.decodedBodySize ?? 0,
})"""


def measure(options: Options) -> list[Row]:
    """Digits drawn with the mouse, in turn on ours and on the bare page."""
    digits = list(STROKES)[: options.count(6, 3)]
    usual, emulating = browser.flags(), browser.flags(emulates_card=True)
    answered_ms = route_ms()
    with our_server() as server:
        before_ms = work_ms()
        recorded = record(usual, server.url, digits)
        swayed = sway([*before_ms, *work_ms()])
        p50, p95 = _rows(*recorded, usual, answered_ms, swayed)
        recorded = record(emulating, server.url, digits[:3])
        emulated, _ = _rows(*recorded, emulating, answered_ms, swayed)
    what = "the same, where the processor emulates a graphics card, which Chromium then draws by"
    return [p50, p95, replace(emulated, name=f"{NAME}, emulated", what=what, target=None)]


def record(flags: Sequence[str], url: str, digits: Sequence[int]) -> tuple[Recording, Recording]:
    """Draws each digit on ours and on the bare page, the first of them to warm up."""
    with protocol.tab(flags) as tab:
        ours = Pen(tab, url)
        painted = tab.evaluate(PAINTED)
        if not (painted["pictures"] and painted["bytes"]):
            raise NotMeasured("The page shows no pictures of layers, or has asked for none.")
        with bare_server(painted["bytes"], SAFETENSORS) as server, protocol.tab(flags) as bare_tab:
            bare = Pen(bare_tab, bare_page(server.url, painted["pictures"]))
            for pen in (ours, bare):
                pen.draw(digits[0])
                pen.forget()
            for digit in digits[1:]:
                ours.draw(digit)
                bare.draw(digit)
            return ours.recording(), bare.recording()


def bare_page(url: str, pictures: Sequence[tuple[int, int]]) -> str:
    """The address of the bare page with pictures of these sizes (width, height), in pixels."""
    told_to_it = json.dumps({"accept": SAFETENSORS, "pictures": list(pictures)})
    return f"{url}/pages/network#{quote(told_to_it)}"


def _rows(
    ours: Recording, bare: Recording, flags: Sequence[str], answered_ms: float, swayed: float
) -> tuple[Row, Row]:
    """The rows of p50, against the bare page's, and of p95, against our own p50."""
    p50, p95 = (percentile(ours.durations_ms, percent) for percent in (50, 95))
    bare_p50 = percentile(bare.durations_ms, 50)
    details = (
        f"{len(ours.pictures):,} pictures of {len(ours.moves):,} movements, "
        f"one each {ours.pace_ms:.1f} ms",
        f"from the newest movement in a picture: {told(ours.durations_ms)}",
        f"the bare page's: {told(bare.durations_ms)}",
        f"from every movement, those overtaken by a newer one included: {told(ours.waits_ms)}",
        f"the bare page's: {told(bare.waits_ms)}",
        "driven by Chromium's own protocol: to listen to every request, as Playwright does, takes "
        "as much time as a picture does",
        f"Chromium's flags: {' '.join(flags)}",
    )
    return (
        Row(
            f"{NAME}, p50",
            "from the pointer event to the frame with all maps painted, as the page measures it, "
            "while digits are drawn with the mouse in Chromium at 1440×900 without a graphics "
            "card; against a bare page that asks a bare route for as many bytes and paints as many "
            "pictures as large",
            Amount(p50, "ms"),
            Amount(bare_p50, "ms"),
            TARGET,
            slowness(bare_p50, answered_ms),
            details=details,
        ),
        Row(
            f"{NAME}, p95",
            "the same, against its own p50: how steady it is",
            Amount(p95, "ms"),
            Amount(p50, "ms"),
            TARGET,
            slowness(bare_p50, answered_ms, swayed),
            details=(f"the same work, before and after: p95 by p50 {swayed:.2f}",),
        ),
    )
