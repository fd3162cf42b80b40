"""Training: a run with its stream read, a bare loop, the article's; and who asks meanwhile."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from queue import Queue
from typing import Any

import orjson

from app.bench.bodies import JSON, NPY, SAFETENSORS, digit_body
from app.bench.client import HOST, Client, request_bytes
from app.bench.forward import PATH
from app.bench.options import Options
from app.bench.processes import Server, our_server
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import duration_ms, in_turn, percentile, told
from app.bench.training_loops import (
    BareLoop,
    as_the_article_loads_them,
    own_training,
    parts_of,
    preloaded,
    recipe_of_bench,
)
from app.settings import get_settings

NAME = "training"
BATCHES = 20
FORWARDS = 40
WAIT_SECONDS = 120.0
NO_SIGNALS = "A process can be stopped for a while on POSIX systems alone."


def measure(options: Options) -> list[Row]:
    """Our loop against the article's, then a run beside a server that is asked. One thread each."""
    import torch

    torch.set_num_threads(get_settings().training_threads)
    return [_against_the_article(options), *_beside_a_server(options)]


def _against_the_article(options: Options) -> Row:
    """Batches in turn, in one process: ours with all that it tells, the article's."""
    what = (
        "a batch of MyCNN's training with all its events, against the article's loop "
        "(torchvision's pictures and transforms in a DataLoader)"
    )
    recipe, models_dir = recipe_of_bench(), get_settings().models_dir
    training, _ = parts_of(recipe, models_dir)
    theirs = BareLoop(recipe, as_the_article_loads_them(training, recipe.batch_size))
    events = own_training(recipe, models_dir).events()

    def ours() -> None:
        steps = 0
        while steps < BATCHES:
            steps += next(events).kind == "step"

    pair = in_turn(ours, lambda: theirs.steps(BATCHES), rounds=options.count(15, 5), warm_up=1)
    own, article = ([each / BATCHES for each in some] for some in (pair.first_ms, pair.second_ms))
    return _row(f"{NAME}, article", what, own, article, 1 / 1.3)


def _beside_a_server(options: Options) -> list[Row]:
    """A run whose stream is read, stopped in every other turn, in which a bare loop learns."""
    if not hasattr(signal, "SIGSTOP"):
        raise NotMeasured(NO_SIGNALS)
    recipe = recipe_of_bench()
    training, _ = parts_of(recipe, get_settings().models_dir)
    bare = BareLoop(recipe, preloaded(training, recipe.batch_size))
    bare.steps(BATCHES)
    batches = -(-len(training) // recipe.batch_size)
    request = request_bytes(
        "POST", PATH, {"Accept": SAFETENSORS, "Content-Type": NPY}, digit_body()
    )
    ours, theirs, busy, idle = [], [], [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        our_server(CONVOSCOPE_DATA_DIR=folder, CONVOSCOPE_SHIPS_RUNS="false") as server,
        _followed(server, Path(folder), recipe.as_dict()) as run,
    ):
        for _ in range(options.count(12, 4)):
            with run.going_on():
                run.next_epoch()  # in which it stood still
                ours.append(duration_ms(run.next_epoch) / batches)
                busy += _answers_ms(server, request)
            theirs.append(duration_ms(lambda: bare.steps(batches)) / batches)
            idle += _answers_ms(server, request)
    whole = (
        "a batch of a run in its own process, its stream read over HTTP, its share of an epoch's "
        "validation and of all that is kept included, against a bare loop on preloaded tensors"
    )
    meanwhile = "a forward pass of MyCNN over HTTP during a training, against the same without"
    return [
        _row(f"{NAME}, stream", whole, ours, theirs, 1 / 0.95),
        _row(f"{NAME}, forward meanwhile", meanwhile, busy, idle, 3.0),
    ]


def _answers_ms(server: Server, request: bytes) -> list[float]:
    """How long a few answers take, in a connection of their own: one that rests is closed."""
    with Client(server.port) as client:
        client.send(request)
        return [duration_ms(lambda: client.send(request)) for _ in range(FORWARDS)]


def _row(name: str, what: str, ours: Any, theirs: Any, target: float) -> Row:
    """A row of two lists of durations in milliseconds."""
    return Row(
        name,
        what,
        Amount(percentile(ours, 50), "ms"),
        Amount(percentile(theirs, 50), "ms"),
        round(target, 2),
        details=(f"ours: {told(ours)}", f"against: {told(theirs)}"),
    )


@dataclass
class _Run:
    """A run of a server, and what its stream tells of epochs."""

    process: int
    epochs: Queue[dict[str, Any]] = field(default_factory=Queue)

    def next_epoch(self) -> dict[str, Any]:
        """The next epoch that ends."""
        return self.epochs.get(timeout=WAIT_SECONDS)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """The run's process goes on inside, and stands still outside."""
        os.kill(self.process, signal.SIGCONT)
        try:
            while not self.epochs.empty():
                self.epochs.get()
            yield
        finally:
            os.kill(self.process, signal.SIGSTOP)


@contextmanager
def _followed(server: Server, folder: Path, recipe: dict[str, Any]) -> Iterator[_Run]:
    """A run that was begun through the API, its stream read to the last byte in a thread."""
    from app.training.runs.store import RunStore

    members = {name: recipe[name] for name in ("network", "dataset", "epochs", "split")}
    members |= {"scheduler": None, "early_stopping": None}
    begin = {"Content-Type": JSON}
    with Client(server.port) as client:
        answer = client.send(request_bytes("POST", "/api/v1/runs", begin, orjson.dumps(members)))
    if answer.status != 202:
        raise NotMeasured(f"The run was answered with {answer.status}.")
    name = orjson.loads(answer.body)["id"]
    epochs: Queue[dict[str, Any]] = Queue()
    connection = HTTPConnection(HOST, server.port, timeout=WAIT_SECONDS)
    thread = threading.Thread(target=_read, args=(connection, name, epochs.put), daemon=True)
    thread.start()
    epochs.get(timeout=WAIT_SECONDS)
    store = RunStore(folder / "runs")
    process = store.run(name).process
    store.close()
    assert process is not None
    try:
        yield _Run(process, epochs)
    finally:
        os.kill(process, signal.SIGCONT)
        with Client(server.port) as client:
            client.send(request_bytes("DELETE", f"/api/v1/runs/{name}"))
        thread.join(WAIT_SECONDS)
        connection.close()


def _read(connection: HTTPConnection, run: str, hear: Callable[[dict[str, Any]], None]) -> None:
    """Reads a stream until it ends, every event of it as a page does; tells of the epochs."""
    connection.request("GET", f"/api/v1/runs/{run}/events")
    for line in connection.getresponse():
        if line.startswith(b"data: "):
            event = orjson.loads(line[6:])
            if event["kind"] == "epoch":
                hear(event)
