"""The yardstick: a FastAPI route with a forward pass in it and nothing else around it.

`POST /forward` takes the pixels of a `.npy` body as they lie there, normalizes them, runs MyCNN's
own `forward` on them, throws the result away, and answers with bytes made beforehand. It decodes
nothing, prepares nothing, keeps no activation, writes no document, and checks nothing. uvicorn's
own protocol reads and writes for it, by h11; the program answers plain requests beside h11
(`app/web/plain_request.py`).

`GET /pages/network` and `GET /pages/lab` are bare pages: no library, no module, no security policy.
"""

from __future__ import annotations

import argparse
from math import isqrt
from pathlib import Path
from typing import Literal

import numpy as np
import torch
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from torch import nn

from app.networks.checkpoint import load_checkpoint
from app.networks.registry import ARCHITECTURES
from app.settings import get_settings

NETWORK = "mycnn"
SIDE_PX = 28
NPY_HEADER_BYTES = 128
PAGES = Path(__file__).with_name("bare_pages")


def load_model() -> nn.Module:
    """MyCNN with its weights, ready to compute."""
    model = ARCHITECTURES[NETWORK].build()
    load_checkpoint(get_settings().models_dir / NETWORK, model)
    return model.eval().requires_grad_(False)


def create_app(model: nn.Module, answer_bytes: int, media_type: str) -> FastAPI:
    """The application with the one route, which answers with so many bytes."""
    app = FastAPI()
    payload = b"0" * answer_bytes
    mean, std = (numbers[0] for numbers in _normalization())

    @app.get("/ready")
    async def ready() -> Response:
        return Response()

    @app.get("/pages/{name}")
    async def page(name: Literal["network", "lab"]) -> Response:
        return HTMLResponse((PAGES / f"{name}.html").read_text("utf-8"))

    @app.post("/forward")
    async def forward(request: Request) -> Response:
        pixels = np.frombuffer(await request.body(), np.uint8, offset=NPY_HEADER_BYTES)
        side = isqrt(pixels.size)
        # A drawing is as good as a digit here: every tenth pixel of it.
        small = pixels.reshape(side, side)[:: side // SIDE_PX, :: side // SIDE_PX]
        image = torch.from_numpy(small.astype(np.float32)).div_(255)
        with torch.inference_mode():
            model(image.sub_(mean).div_(std).reshape(1, 1, SIDE_PX, SIDE_PX))
        return Response(payload, media_type=media_type)

    return app


def _normalization() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mean and standard deviation of each channel, as the network expects them."""
    normalization = ARCHITECTURES[NETWORK].normalization
    return normalization.mean, normalization.std


def main() -> None:
    """Serves the bare route by uvicorn with h11, with as many torch threads as the program."""
    parser = argparse.ArgumentParser(description="Serve a bare forward pass.")
    parser.add_argument("--bytes", type=int, required=True)
    parser.add_argument("--media-type", required=True)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    torch.set_num_threads(get_settings().torch_threads)
    app = create_app(load_model(), given.bytes, given.media_type)
    uvicorn.run(app, port=given.port, http="h11", ws="none", log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
