"""A run that goes on, followed by the Train page: how soon a step stands on the chart."""

from __future__ import annotations

import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from app.bench import browser, protocol, run_process, run_server
from app.bench.bodies import JSON
from app.bench.client import Client, request_bytes
from app.bench.options import Options
from app.bench.processes import READY, Server, running
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import percentile, told

NAME = "live-chart"
TARGET_MS = 100
READY_SECONDS = 120.0
# By when the page that has just been opened has loaded all of its panels.
SETTLED_STEPS = 200
# What a step takes at most where a core is the run's, and another the page's.
FREE_STEP_MS = 25.0
# Of every painting of the chart of the loss: the last step on it, and when its frame had been
# handed over, in seconds since 1970.
WATCH = """
globalThis.benchShown = [];
customElements.whenDefined('run-chart').then((RunChart) => {
  const usual = RunChart.prototype.paint;
  RunChart.prototype.paint = function (...given) {
    usual.apply(this, given);
    if (this.model.name !== 'Loss') return;
    const last = this.model.lines[0].x.at(-1) ?? 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () =>
      benchShown.push([last, (performance.timeOrigin + performance.now()) / 1000]);
    port2.postMessage(null);
  };
});
"""


def measure(options: Options) -> list[Row]:
    """From the step in the run's process to the frame with it, of a real training of MyCNN."""
    steps = options.count(1_500, 500)
    with tempfile.TemporaryDirectory() as folder:
        times = Path(folder) / "times"
        recipe = {"network": "mycnn", "epochs": 1_000, "early_stopping": None}
        with followed(Path(folder), recipe) as page:
            tab = page.tab
            is_far = f"(globalThis.benchShown?.at(-1)?.[0] ?? 0) > {steps}"
            if not tab.wait_until(is_far, READY_SECONDS + steps * 0.1):
                raise NotMeasured(f"The chart did not come to {steps} steps.")
            shown = tab.evaluate("benchShown")
            with Client(page.server.port) as client:
                client.send(request_bytes("DELETE", f"/api/v1/runs/{page.run}"))
        made = [line.split() for line in times.read_text("ascii").splitlines()]
    settled = [each for each in shown if each[0] > shown[0][0] + SETTLED_STEPS]
    delays_ms = delays([(int(step), float(at)) for step, at in made], settled)
    what = (
        "from a step in the process of a run of MyCNN to the frame of the Train page with it on "
        "the chart: p95"
    )
    step_ms = 1000 * (float(made[-1][1]) - float(made[0][1])) / len(made)
    return [
        Row(
            NAME,
            what,
            Amount(percentile(delays_ms, 95), "ms"),
            target=TARGET_MS,
            slowness=f"the machine takes {step_ms:.0f} ms a step, so that others work on it too"
            if step_ms > FREE_STEP_MS
            else "",
            details=(told(delays_ms), f"{step_ms:.1f} ms a step"),
        )
    ]


@dataclass(frozen=True)
class Followed:
    """A run that goes on, the server that has begun it, and the page that shows it."""

    run: str
    server: Server
    tab: protocol.Tab


@contextmanager
def followed(folder: Path, recipe: dict[str, object], **settings: str) -> Iterator[Followed]:
    """A run of a measurement on the Train page, for as long as the context is open.

    Args:
        folder: where its server keeps all, and `times` of its steps.
        settings: further environment variables.

    Raises: NotMeasured where server, browser or run are not to be had.
    """
    every = {
        "CONVOSCOPE_DATA_DIR": str(folder),
        "CONVOSCOPE_SHIPS_RUNS": "false",
        run_process.TIMES: str(folder / "times"),
        **settings,
    }
    with (
        running(run_server.MODULE, "--port", ready_at=READY, settings=every) as server,
        protocol.tab(browser.flags()) as tab,
    ):
        run = begin(server, recipe)
        tab.open(f"{server.url}/train#run={run}", WATCH)
        yield Followed(run, server, tab)


def begin(server: Server, recipe: dict[str, object]) -> str:
    """Begins a run; its name. Raises: NotMeasured where it is refused."""
    request = request_bytes("POST", "/api/v1/runs", {"Content-Type": JSON}, orjson.dumps(recipe))
    with Client(server.port) as client:
        answer = client.send(request)
    if answer.status != 202:
        raise NotMeasured(f"The run was answered with {answer.status}.")
    return str(orjson.loads(answer.body)["id"])


def delays(made: Sequence[tuple[int, float]], shown: Sequence[tuple[int, float]]) -> list[float]:
    """How long each step took to the first frame that had it, in milliseconds.

    Steps that were made before the page stood are left out.

    Args:
        made: each step with its time in seconds; shown: the last step of each frame with its.

    Example:
        >>> delays([(1, 0.0), (2, 10.0), (3, 10.5)], [(1, 9.0), (2, 10.25), (3, 10.5)])
        [250.0, 0.0]
    """
    steps = [step for step, _ in shown]
    first = shown[0][0]
    found = [(at, bisect_left(steps, step)) for step, at in made if step > first]
    return [1000 * (shown[place][1] - at) for at, place in found if place < len(shown)]
