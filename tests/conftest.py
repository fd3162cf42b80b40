"""What every test may ask for: a live server, and examples that CI can repeat."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

# Several processes share the cores. A thread of torch's that waits for another one by going round
# in circles takes the time of the very thread it waits for, which is many times slower than sleep.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# One thread computes, as in the program itself (see app/settings.py).
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from tests.mechanics_coverage import MechanicsCoverage
from tests.places import ARTIFACTS
from tests.server import LiveServer, serve

# Tests make many objects that live on, and few that only a search for garbage finds.
gc.set_threshold(10_000, 20, 20)

# Whatever weights this machine's user has fetched: what a test shows does not depend on them.
os.environ["TORCH_HOME"] = str(ARTIFACTS / "no-hub")

# No deadline: how long one example takes says nothing on two cores that also run a browser.
# In CI the examples are the same each time, so that a change is judged and not the dice.
settings.register_profile(
    "convoscope", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("convoscope")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switch of `make test-python`."""
    parser.addoption(
        "--cover-mechanics",
        action="store_true",
        help="count what the tests of mechanics reach, into .artifacts",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Whoever runs tests counts what they reach; a process that hands them out runs none."""
    runs_tests = hasattr(config, "workerinput") or not config.getoption("numprocesses", None)
    if runs_tests and config.getoption("--cover-mechanics"):
        config.pluginmanager.register(MechanicsCoverage())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Page tests last: once Playwright has started, its event loop stays in this thread."""
    items.sort(key=lambda item: "tests/pages/" in item.nodeid)


def pytest_collection_finish() -> None:
    """What has been loaded and collected stays: looking through it for garbage finds none."""
    gc.freeze()


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """One server process for all tests of a run; a traceback in its log fails the run's end."""
    with serve(ARTIFACTS / f"server-{os.getpid()}.log") as server:
        yield server
    found = server.tracebacks()
    assert not found, "The server printed a traceback:\n" + "\n".join(found)
