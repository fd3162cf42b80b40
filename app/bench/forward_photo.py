"""The document of a photograph over HTTP, against the bare forward pass of the same network."""

from __future__ import annotations

from functools import partial

import numpy as np

from app.bench.bodies import JSON, NPY, npy_bytes
from app.bench.client import Client, request_bytes
from app.bench.forward import answer_bytes, row_of
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Row
from app.bench.timing import Action, in_turn
from app.settings import get_settings

NAME = "forward-photo"
NETWORK = "efficientnet_lite0"
PATH = f"/api/v1/networks/{NETWORK}/forward?prepare=none"
DOCUMENT_PATH = f"{PATH}&input=false"
BARE = (
    "The bare forward pass: PyTorch's own call of the same module with the same weights on the "
    "same pixels, in the process of the bench, with as many torch threads, and without HTTP."
)


def measure(options: Options) -> list[Row]:
    """A ready 3×224×224 picture, answered as JSON without what the network sees, and with it."""
    import torch

    from app.networks import Library

    settings = get_settings()
    torch.set_num_threads(settings.torch_threads)
    network = Library.load(settings.models_dir, torch.device("cpu")).get(NETWORK)
    shape = network.architecture.input_shape
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    headers = {"Accept": JSON, "Content-Type": NPY}
    body = npy_bytes(pixels)
    request, whole_request = (
        request_bytes("POST", path, headers, body) for path in (DOCUMENT_PATH, PATH)
    )
    with our_server() as server, Client(server.port) as ours, torch.inference_mode():
        images = network.normalize(torch.from_numpy(pixels) / 255)
        row = partial(_row, ours, lambda: network.model(images), options)
        return [
            row(
                request,
                f"{NAME}, document",
                f"POST …/{NETWORK}/forward of a ready 3×224×224 picture, the document alone as "
                "JSON: prediction, logits, probabilities and each layer's statistics; p50 of one "
                "client, against the bare torch forward of the same network",
                target=1.3,
            ),
            row(
                whole_request,
                f"{NAME}, with input",
                "the same with the input's values, 150,528 numbers in JSON",
            ),
        ]


def _row(
    ours: Client,
    bare: Action,
    options: Options,
    request: bytes,
    name: str,
    what: str,
    target: float | None = None,
) -> Row:
    """The row of one request, in turn with the bare forward pass."""
    size = answer_bytes(ours, request)
    pair = in_turn(
        lambda: ours.send(request),
        bare,
        rounds=options.count(60, 20),
        warm_up=options.count(5, 3),
    )
    return row_of(name, what, pair, size, target, BARE)
