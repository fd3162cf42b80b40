"""How long until the server is ready, against `import torch` alone."""

from __future__ import annotations

import subprocess
import sys
import time

from app.bench.options import Options
from app.bench.processes import READY, free_port, is_ready, start, stop
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import in_turn, percentile, told

NAME = "start-up"


def measure(options: Options) -> list[Row]:
    """Whole processes in turn, from their start: ready to serve, and torch imported."""
    ready_ms: list[float] = []
    pair = in_turn(
        lambda: ready_ms.append(_start_server_ms()),
        _import_torch,
        rounds=options.count(7, 5),
        warm_up=1,
    )
    ours = ready_ms[-len(pair.first_ms) :]
    return [
        Row(
            NAME,
            "from the start of `python -m app serve` until /api/v1/ready answers 200, against "
            '`python -c "import torch"` from start to end; medians of whole processes in turn',
            Amount(percentile(ours, 50), "ms"),
            Amount(percentile(pair.second_ms, 50), "ms"),
            target=1.3,
            details=(f"ours: {told(ours)}", f"import torch: {told(pair.second_ms)}"),
        )
    ]


def _start_server_ms() -> float:
    """From the start of the server until it is ready; ending it is not counted."""
    port = free_port()
    begin = time.perf_counter()
    process = start(["app", "serve", "--port", str(port)])
    try:
        if not is_ready(process, port, READY):
            raise NotMeasured("The server did not come up.")
        return 1000 * (time.perf_counter() - begin)
    finally:
        stop(process)


def _import_torch() -> None:
    """A process that imports torch and ends."""
    subprocess.run([sys.executable, "-c", "import torch"], check=True)
