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
# What a moment that is loaded takes at most on a machine of which the target is asked.
FAST_MS = 3.0


def measure(options: Options) -> list[Row]:
    """Each moment of the run that ships once, in servers that have loaded none of them."""
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(options.count(4, 1)):
        with (
            tempfile.TemporaryDirectory() as folder,
            our_server(CONVOSCOPE_DATA_DIR=folder) as server,
            Client(server.port) as client,
        ):
            requests = _requests(client)
            # The run's network is built with the first one of them.
            cold += [duration_ms(partial(client.send, each)) for each in requests][1:]
            warm += [duration_ms(partial(client.send, each)) for each in requests]
    what = (
        "a forward pass of MyCNN at a moment of a run that was not loaded before, over HTTP, with "
        "all activations: p50 over every moment but the first"
    )
    again = percentile(warm, 50)
    return [
        Row(
            NAME,
            what,
            Amount(percentile(cold, 50), "ms"),
            target=MOST_MS,
            slowness=f"the machine takes {again:.1f} ms for one that is loaded"
            if again > FAST_MS
            else "",
            details=(f"first: {told(cold)}", f"again: {told(warm)}"),
        )
    ]


def _requests(client: Client) -> list[bytes]:
    """A forward pass at each moment."""
    answer = client.send(request_bytes("GET", f"/api/v1/runs/{RUN}"))
    if answer.status != 200:
        raise NotMeasured("The run that ships is not there.")
    steps = [each["step"] for each in orjson.loads(answer.body)["checkpoints"]]
    headers = {"Accept": SAFETENSORS, "Content-Type": NPY}
    paths = (f"/api/v1/networks/run:{RUN}@step-{step}/forward" for step in steps)
    return [request_bytes("POST", path, headers, digit_body()) for path in paths]
