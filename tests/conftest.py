"""What every test may ask for: a live server, and examples that CI can repeat."""

from __future__ import annotations

import os
from collections.abc import Iterator

# Several processes share the cores. A thread of torch's that waits for another one by going round
# in circles takes the time of the very thread it waits for, which is many times slower than sleep.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import pytest
from hypothesis import settings

from tests.places import ARTIFACTS
from tests.server import LiveServer, serve

# Whatever weights this machine's user has fetched: what a test shows does not depend on them.
os.environ["TORCH_HOME"] = str(ARTIFACTS / "no-hub")

# No deadline: how long one example takes says nothing on two cores that also run a browser.
# In CI the examples are the same each time, so that a change is judged and not the dice.
settings.register_profile(
    "convoscope", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("convoscope")

MECHANICS = ("app/mechanics/", "tests/mechanics/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Page tests last: once Playwright has started, its event loop stays in this thread.

    Mechanics is covered whole by its own tests: counting lines in all others takes a third of their
    time and tells nothing more.
    """
    items.sort(key=lambda item: "tests/pages/" in item.nodeid)
    for item in items:
        if not item.nodeid.startswith(MECHANICS):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """One server process for all tests of a run; a traceback in its log fails the run's end."""
    with serve(ARTIFACTS / f"server-{os.getpid()}.log") as server:
        yield server
    found = server.tracebacks()
    assert not found, "The server printed a traceback:\n" + "\n".join(found)
