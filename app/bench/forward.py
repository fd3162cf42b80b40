"""A forward pass over HTTP, ours and the bare route's in turn; what both such rows share."""

from __future__ import annotations

from app.bench.bodies import NPY
from app.bench.client import Client, request_bytes
from app.bench.options import Options
from app.bench.processes import bare_server, our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import Pair, in_turn, percentile, told

PATH = "/api/v1/networks/mycnn/forward"
BARE = (
    "The bare route: FastAPI on uvicorn with h11, a process of its own with as many torch threads; "
    "it takes the pixels out of the same body, runs the same MyCNN on them, throws the result away "
    "and answers with bytes made beforehand, as many as ours."
)


def compare(
    name: str,
    what: str,
    body: bytes,
    accept: str,
    options: Options,
    *,
    path: str = PATH,
    target: float = 1.5,
) -> Row:
    """The row of one kind of forward request: p50 of ours against p50 of the bare route's.

    Args:
        body: a `.npy` file.
        accept: the media type of the answer.
        path: with the query, if there is one.

    Raises: NotMeasured when a server does not come up or answers with anything but 200.
    """
    headers = {"Accept": accept, "Content-Type": NPY}
    request = request_bytes("POST", path, headers, body)
    bare_request = request_bytes("POST", "/forward", headers, body)
    with our_server() as server, Client(server.port) as ours:
        size = answer_bytes(ours, request)
        with bare_server(size, accept) as bare, Client(bare.port) as theirs:
            if (bare_size := answer_bytes(theirs, bare_request)) != size:
                raise NotMeasured(f"The bare route answered {bare_size:,} bytes, ours {size:,}.")
            pair = in_turn(
                lambda: ours.send(request),
                lambda: theirs.send(bare_request),
                rounds=options.count(400, 100),
                warm_up=options.count(50, 20),
            )
    return row_of(name, what, pair, size, target, BARE)


def row_of(
    name: str, what: str, pair: Pair, size: int, target: float | None, yardstick: str
) -> Row:
    """The row of two kinds of forward pass taken in turn: p50 of ours against p50 of the other's.

    Args:
        size: how many bytes ours answers with.
        yardstick: what the other is, in a sentence.
    """
    low, high = pair.ratio_spread
    return Row(
        name,
        what,
        Amount(percentile(pair.first_ms, 50), "ms"),
        Amount(percentile(pair.second_ms, 50), "ms"),
        target,
        note=f"{size:,} bytes come back.",
        details=(
            f"ours: {told(pair.first_ms)}",
            f"bare: {told(pair.second_ms)}",
            f"the middle half of the ratios, request by request: {low:.2f} to {high:.2f}",
            yardstick,
        ),
    )


def answer_bytes(client: Client, request: bytes) -> int:
    """How many bytes the answer has. Raises: NotMeasured when it is anything but 200."""
    answer = client.send(request)
    if answer.status != 200:
        raise NotMeasured(f"The forward pass answered {answer.status}: {answer.begin}")
    return len(answer.body)
