"""The yardstick for single operations: a FastAPI route with one `F.conv2d` in it.

`POST /conv2d` reads the same JSON with orjson, convolves, and writes the same document with orjson:
the output is computed, the rest of the document (sizes, parameters, texts) was made beforehand. It
checks nothing, caps nothing and offers no other encoding. `POST /bytes` answers any body with so
many bytes: a round trip, and nothing else.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
import orjson
import torch
import uvicorn
from fastapi import FastAPI, Request, Response
from torch.nn import functional

from app.settings import get_settings

OPTIONS = orjson.OPT_SERIALIZE_NUMPY


def create_app(rest: dict[str, Any]) -> FastAPI:
    """The application with the one route; `rest` is what its document holds beside the output."""
    app = FastAPI()

    @app.get("/ready")
    async def ready() -> Response:
        return Response()

    @app.post("/conv2d")
    async def conv2d(request: Request) -> Response:
        body = orjson.loads(await request.body())
        input = torch.from_numpy(np.array(body["input"], dtype=np.float32))
        weight = torch.from_numpy(np.array(body["weight"], dtype=np.float32))
        with torch.inference_mode():
            output = functional.conv2d(
                input[None, None],
                weight[None, None],
                stride=body["stride"],
                padding=body["padding"],
            )[0, 0]
        tensor = {"shape": list(output.shape), "dtype": "float32", "data": output.numpy()}
        document = orjson.dumps({"output": tensor, **rest}, option=OPTIONS)
        return Response(document, media_type="application/json")

    @app.post("/bytes")
    async def answer_bytes(request: Request, count: int) -> Response:
        await request.body()
        return Response(bytes(count), media_type="application/octet-stream")

    return app


def main() -> None:
    """Serves the bare route by uvicorn with h11, with as many torch threads as the program."""
    parser = argparse.ArgumentParser(description="Serve a bare convolution.")
    parser.add_argument("--rest", type=orjson.loads, required=True)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    torch.set_num_threads(get_settings().torch_threads)
    app = create_app(given.rest)
    uvicorn.run(app, port=given.port, http="h11", ws="none", log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
