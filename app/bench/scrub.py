"""Going through the moments of a run: a forward pass by weights that were not loaded before."""

from __future__ import annotations

import tempfile
from functools import partial

import orjson

from app.bench.bodies import NPY, SAFETENSORS, digit_body
from app.bench.client import Client, request_bytes
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import duration_ms, percentile, told

NAME = "scrub"
RUN = "article"
MOST_MS = 15.0


def measure(options: Options) -> list[Row]:
    """Each moment of the run that ships once, in servers that have loaded none of them."""
    cold: list[float] = []
    for _ in range(options.count(4, 1)):
        with (
            tempfile.TemporaryDirectory() as folder,
            our_server(CONVOSCOPE_DATA_DIR=folder) as server,
            Client(server.port) as client,
        ):
            cold += _moments_ms(client)
    what = (
        "a forward pass of MyCNN at a moment of a run that was not loaded before, over HTTP, with "
        "all activations: p50 over every moment but the first"
    )
    return [
        Row(NAME, what, Amount(percentile(cold, 50), "ms"), target=MOST_MS, details=(told(cold),))
    ]


def _moments_ms(client: Client) -> list[float]:
    """How long each moment takes; the run's network is built with the first one of them."""
    answer = client.send(request_bytes("GET", f"/api/v1/runs/{RUN}"))
    if answer.status != 200:
        raise NotMeasured("The run that ships is not there.")
    steps = [each["step"] for each in orjson.loads(answer.body)["checkpoints"]]
    headers = {"Accept": SAFETENSORS, "Content-Type": NPY}
    durations = []
    for step in steps:
        path = f"/api/v1/networks/run:{RUN}@step-{step}/forward"
        request = request_bytes("POST", path, headers, digit_body())
        durations.append(duration_ms(partial(client.send, request)))
    return durations[1:]
