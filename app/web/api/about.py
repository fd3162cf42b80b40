"""What the server says about itself: is it there, is it ready, what may one ask of it."""

import platform
from typing import Any, Literal

from pydantic import RootModel
from starlette.responses import Response

from app import __version__
from app.web.api.exposition import exposition
from app.web.endpoint import Asked, Endpoint
from app.web.wire.negotiation import TEXT
from app.web.wire.schemas import Json, Schema
from app.web.wire.tensors import Answer


class Health(Schema):
    """The process answers."""

    status: Literal["alive"]


class Ready(Schema):
    """The weights are loaded and checked."""

    status: Literal["ready"]
    networks: dict[str, str]


class Version(Schema):
    """What the numbers depend on."""

    convoscope: str
    python: str
    torch: str
    numpy: str


class Device(Schema):
    """Where the tensors are computed."""

    requested: Literal["auto", "cpu", "cuda", "mps"]
    type: str
    name: str
    threads: int
    available: list[str]


class Limits(Json):
    """Every cap under its name."""

    __pydantic_extra__: dict[str, float]


class Text(RootModel[str]):
    """Plain text."""


def health(asked: Asked[Any, Any]) -> Answer:
    """Whether the process answers."""
    return Answer({"status": "alive"})


def ready(asked: Asked[Any, Any]) -> Answer:
    """Whether the weights are loaded and checked; 503 until they are."""
    library = asked.services.loading.loaded().library
    weights = {row["name"]: row["weights"] for row in library.summaries()}
    return Answer({"status": "ready", "networks": weights})


def version(asked: Asked[Any, Any]) -> Answer:
    """The versions of Convoscope and of what its numbers depend on."""
    import numpy as np
    import torch

    asked.services.loading.loaded()
    versions = {
        "convoscope": __version__,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
    }
    return Answer(versions)


def limits(asked: Asked[Any, Any]) -> Answer:
    """Every cap of this server, under the name of its setting."""
    return Answer(asked.settings.limits())


def device(asked: Asked[Any, Any]) -> Answer:
    """Where the tensors are computed, and what else this machine has."""
    loaded = asked.services.loading.loaded()
    from app.networks.device import available_types, describe

    return Answer(
        {
            "requested": asked.settings.device,
            **describe(loaded.device),
            "available": available_types(),
        }
    )


def metrics(asked: Asked[Any, Any]) -> Response:
    """Counters in Prometheus' text format."""
    return exposition(asked.services.traffic, asked.services.workers)


ENDPOINTS = (
    Endpoint("GET", "/health", health, Health, is_instant=True),
    Endpoint("GET", "/ready", ready, Ready, is_instant=True),
    Endpoint("GET", "/version", version, Version, is_instant=True),
    Endpoint("GET", "/limits", limits, Limits, is_instant=True),
    Endpoint("GET", "/device", device, Device, is_instant=True),
    Endpoint("GET", "/metrics", metrics, Text, offers=(TEXT,), is_instant=True),
)
