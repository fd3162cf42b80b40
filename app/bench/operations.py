"""Single operations over HTTP: one convolution, and a sweep of as many settings as are allowed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from app.bench.bodies import JSON, SAFETENSORS
from app.bench.client import Client, request_bytes
from app.bench.options import Options
from app.bench.processes import our_server, running
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import duration_ms, in_turn, percentile, told
from app.settings import get_settings

if TYPE_CHECKING:
    from torch import Tensor

NAME = "operations"
SIDE = 64
CONVOLUTION = {"weight": [[1, 0, -1], [2, 0, -2], [1, 0, -1]], "stride": 1, "padding": 1}
SWEEP = {
    "kernel_size": [3, 5, 7, 9, 11],
    "stride": [1, 2, 3, 4],
    "padding": [0, 1, 2, 3, 4],
    "dilation": [1, 2, 3, 4],
}
# How much longer than the bare calls a sweep may take, its journey over HTTP not counted.
CALLS_FACTOR = 1.5
BARE = (
    "The bare route: FastAPI on uvicorn with h11, a process of its own with as many torch threads; "
    "it reads the same JSON with orjson, calls F.conv2d and writes the same document with orjson, "
    "all of it but the output made beforehand; it checks nothing."
)


def measure(options: Options) -> list[Row]:
    """One convolution against the bare route; a sweep against the bare calls it consists of."""
    input = np.random.default_rng(0).random((SIDE, SIDE)).round(3)
    body = orjson.dumps({"input": input.tolist(), **CONVOLUTION})
    with our_server() as server, Client(server.port) as ours:
        document = orjson.loads(_checked(ours, _request("/api/v1/conv2d", body)))
        with _bare(document) as theirs:
            answered = orjson.loads(_checked(theirs, _request("/conv2d", body)))
            if answered != document:
                raise NotMeasured("The bare route's answer is another than ours.")
            return [_conv2d(ours, theirs, body, options), _sweep(ours, theirs, input, options)]


def _conv2d(ours: Client, theirs: Client, body: bytes, options: Options) -> Row:
    """The row of one convolution."""
    request, bare_request = _request("/api/v1/conv2d", body), _request("/conv2d", body)
    pair = in_turn(
        lambda: ours.send(request),
        lambda: theirs.send(bare_request),
        rounds=options.count(400, 100),
        warm_up=options.count(50, 20),
    )
    low, high = pair.ratio_spread
    return Row(
        f"{NAME}, conv2d",
        f"POST /conv2d of {SIDE}×{SIDE} with a 3×3 kernel, JSON in and out: p50 of one client, "
        "against a bare route that does F.conv2d with the same JSON in and out",
        Amount(percentile(pair.first_ms, 50), "ms"),
        Amount(percentile(pair.second_ms, 50), "ms"),
        target=1.5,
        details=(
            f"ours: {told(pair.first_ms)}",
            f"bare: {told(pair.second_ms)}",
            f"the middle half of the ratios, request by request: {low:.2f} to {high:.2f}",
            BARE,
        ),
    )


def _sweep(ours: Client, theirs: Client, input: NDArray[np.float64], options: Options) -> Row:
    """The row of a sweep, every output of which comes back."""
    asked = {"operation": "conv2d", "input": input.tolist(), "include_outputs": True, **SWEEP}
    body = orjson.dumps(asked)
    request = _request("/api/v1/sweep", body, SAFETENSORS)
    size = len(_checked(ours, request))
    bare = _BareSweep(input, theirs, _request(f"/bytes?count={size}", body, SAFETENSORS))
    pair = in_turn(
        lambda: ours.send(request),
        bare.run,
        rounds=options.count(60, 20),
        warm_up=options.count(10, 3),
    )
    calls_ms, trip_ms = percentile(bare.calls_ms, 50), percentile(bare.trips_ms, 50)
    return Row(
        f"{NAME}, sweep",
        f"POST /sweep of {len(bare.settings)} combinations on {SIDE}×{SIDE}, every output as "
        f"safetensors: p50 of one client, against {CALLS_FACTOR} times the same F.conv2d calls in "
        "a loop, plus one round trip to a route that only answers as many bytes",
        Amount(percentile(pair.first_ms, 50), "ms"),
        Amount(CALLS_FACTOR * calls_ms + trip_ms, "ms"),
        target=1,
        note=f"{size:,} bytes come back.",
        details=(
            f"ours: {told(pair.first_ms)}",
            f"the calls: {told(bare.calls_ms)}",
            f"the round trip: {told(bare.trips_ms)}",
            "Ours plans the settings once: they are the same each time.",
        ),
    )


class _BareSweep:
    """The bare torch calls that a sweep consists of, and a round trip of its bytes."""

    def __init__(self, input: NDArray[np.float64], client: Client, request: bytes) -> None:
        import torch

        torch.set_num_threads(get_settings().torch_threads)
        self.image = torch.from_numpy(input.astype(np.float32))[None, None]
        self.kernels = {k: torch.full((1, 1, k, k), 1 / k**2) for k in SWEEP["kernel_size"]}
        self.settings = list(itertools.product(*SWEEP.values()))
        self.client = client
        self.request = request
        self.calls_ms: list[float] = []
        self.trips_ms: list[float] = []

    def run(self) -> None:
        """Each of the two once."""
        self.calls_ms.append(duration_ms(self._call))
        self.trips_ms.append(duration_ms(lambda: self.client.send(self.request)))

    def _call(self) -> list[Tensor]:
        """Every call, and its output kept, as a sweep has to."""
        import torch
        from torch.nn import functional

        with torch.inference_mode():
            return [
                functional.conv2d(self.image, self.kernels[size], None, stride, padding, dilation)
                for size, stride, padding, dilation in self.settings
            ]


@contextmanager
def _bare(document: dict[str, Any]) -> Iterator[Client]:
    """A client of the bare route, which writes this document around its output."""
    rest = orjson.dumps({name: document[name] for name in document if name != "output"})
    command = ("app.bench.bare_operations", "--rest", rest.decode(), "--port")
    with running(*command, ready_at="/ready") as server, Client(server.port) as client:
        yield client


def _request(path: str, body: bytes, accept: str = JSON) -> bytes:
    """A request with a body in JSON."""
    return request_bytes("POST", path, {"Accept": accept, "Content-Type": JSON}, body)


def _checked(client: Client, request: bytes) -> memoryview:
    """The body of an answer, which is a right one."""
    answer = client.send(request)
    if answer.status != 200:
        raise NotMeasured(f"An operation was answered with {answer.status}: {answer.begin}")
    return answer.body
