"""One server for all tests of the web package, and what they send to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest
import torch

from app.networks import LoadedNetwork
from app.settings import Settings
from app.training.recipe import Recipe
from app.training.runs.supervisor import Supervisor
from app.web.application import create_app
from tests.web.kept_moment import keep_moment
from tests.web.serving import client_of, serving_app


@pytest.fixture(scope="session")
def web_app(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, LoadedNetwork, Supervisor]]:
    """The address of a server, the network inside it, and its runs: one, and room for no other."""
    torch.set_num_threads(1)
    app = create_app(Settings(port=0, ships_runs=False, data_dir=tmp_path_factory.mktemp("data")))
    with serving_app(app) as url:
        services = app.state.services
        supervisor = services.runs.supervisor()
        supervisor.plan = replace(supervisor.plan, max_runs_bytes=1)
        recipe = Recipe(network="lenet5", epochs=1, dataset="mnist-subset")
        run = supervisor.store.create(recipe.as_dict())
        keep_moment(supervisor.store, run)
        supervisor.store.set_state(run.id, "finished")
        yield url, services.loading.loaded().library.get("mycnn"), supervisor


@pytest.fixture(scope="session")
def url(web_app: tuple[str, LoadedNetwork, Supervisor]) -> str:
    """The server's address."""
    return web_app[0]


@pytest.fixture(scope="session")
def network(web_app: tuple[str, LoadedNetwork, Supervisor]) -> LoadedNetwork:
    """The network that the server asks."""
    return web_app[1]


@pytest.fixture(scope="session")
def supervisor(web_app: tuple[str, LoadedNetwork, Supervisor]) -> Supervisor:
    """Who knows the server's runs."""
    return web_app[2]


@pytest.fixture
def client(url: str) -> Iterator[httpx2.Client]:
    """A client of the server."""
    with client_of(url) as client:
        yield client
