"""One server for all tests of the web package, and what they send to it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
import torch

from app.networks import LoadedNetwork
from app.settings import Settings
from app.web.application import create_app
from tests.web.serving import client_of, serving_app


@pytest.fixture(scope="session")
def web_app() -> Iterator[tuple[str, LoadedNetwork]]:
    """The address of a server and the network inside it."""
    torch.set_num_threads(1)
    app = create_app(Settings(port=0))
    with serving_app(app) as url:
        yield url, app.state.services.loading.loaded().library.get("mycnn")


@pytest.fixture(scope="session")
def url(web_app: tuple[str, LoadedNetwork]) -> str:
    """The server's address."""
    return web_app[0]


@pytest.fixture(scope="session")
def network(web_app: tuple[str, LoadedNetwork]) -> LoadedNetwork:
    """The network that the server asks."""
    return web_app[1]


@pytest.fixture
def client(url: str) -> Iterator[httpx2.Client]:
    """A client of the server."""
    with client_of(url) as client:
        yield client
