"""Whether server and page grow in an hour of a run, whose events come faster than real ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.bench import protocol, run_process
from app.bench.live_chart import followed
from app.bench.memory import MB, resident_bytes
from app.bench.options import Options
from app.bench.row import Amount, NotMeasured, Row

NAME = "hour-of-run"
# MyCNN takes 65 steps a second on one core of two: so many in an hour.
STEPS = 234_000
# By when all is loaded, and the page keeps as many steps as it ever does.
EARLY = 30_000
# What the page keeps grows and is thinned, again and again: of three looks the largest counts.
LOOKS = (-10_000, -5_000, 0)
LEAST_A_SECOND = 150
# Kept whole, the steps alone would make the page 2.5 times as large.
MOST = 1.25


def measure(options: Options) -> list[Row]:
    """Both after some minutes of it, and after all of it."""
    steps = options.count(STEPS, STEPS // 5)
    with tempfile.TemporaryDirectory() as folder:
        # So many that it goes on when all is read.
        made_up = {run_process.STEPS: str(2 * steps)}
        recipe = {"network": "mycnn", "epochs": 1}
        with followed(Path(folder), recipe, **made_up) as page:
            tab, server = page.tab, page.server
            early = _largest(tab, server.pid, EARLY)
            late = _largest(tab, server.pid, steps)
    whose = ("resident memory of the server", "the page's JavaScript heap and arrays")
    return [
        Row(
            f"{NAME}, {short}",
            f"{what} after {steps:,} steps of a run, against that after {EARLY:,}",
            Amount(after / MB, "MB"),
            Amount(before / MB, "MB"),
            target=MOST,
        )
        for short, what, before, after in zip(("server", "page"), whose, early, late, strict=True)
    ]


def _largest(tab: protocol.Tab, server: int, end: int) -> tuple[int, int]:
    """The most bytes of server and of page at some steps up to one."""
    sizes = [_sizes(tab, server, end + look) for look in LOOKS]
    return max(each for each, _ in sizes), max(each for _, each in sizes)


def _sizes(tab: protocol.Tab, server: int, step: int) -> tuple[int, int]:
    """Bytes of server and page once a step stands on the chart, what is not used any more aside."""
    is_there = f"(globalThis.benchShown?.at(-1)?.[0] ?? 0) >= {step}"
    if not tab.wait_until(is_there, 120.0 + step / LEAST_A_SECOND):
        raise NotMeasured(f"The chart did not come to step {step:,}.")
    tab.evaluate("benchShown.length = 1")
    tab.send("HeapProfiler.collectGarbage")
    used = tab.send("Runtime.getHeapUsage")
    return resident_bytes(server), int(used["usedSize"] + used.get("backingStorageSize", 0))
