"""What the server says about itself: is it there, is it ready, what may one ask of it."""

import platform
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.web.api.about.exposition import exposition
from app.web.services import services_of
from app.web.wire.responses import respond


def _json(request: Request, document: Any) -> Response:
    """A small document as a response."""
    return respond(request, orjson.dumps(document))


async def health(request: Request) -> Response:
    """Whether the process answers."""
    return _json(request, {"status": "alive"})


async def ready(request: Request) -> Response:
    """Whether the weights are loaded and checked; 503 until they are."""
    library = services_of(request).loading.loaded().library
    weights = {row["name"]: row["weights"] for row in library.summaries()}
    return _json(request, {"status": "ready", "networks": weights})


async def version(request: Request) -> Response:
    """The versions of Convoscope and of what its numbers depend on."""
    import numpy as np
    import torch

    services_of(request).loading.loaded()
    versions = {
        "convoscope": __version__,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
    }
    return _json(request, versions)


async def limits(request: Request) -> Response:
    """Every cap of this server, under the name of its setting."""
    return _json(request, services_of(request).settings.limits())


async def device(request: Request) -> Response:
    """Where the tensors are computed, and what else this machine has."""
    services = services_of(request)
    loaded = services.loading.loaded()
    from app.networks.device import available_types, describe

    document = {
        "requested": services.settings.device,
        **describe(loaded.device),
        "available": available_types(),
    }
    return _json(request, document)


async def metrics(request: Request) -> Response:
    """Counters in Prometheus' text format."""
    services = services_of(request)
    return exposition(services.traffic, services.workers)
