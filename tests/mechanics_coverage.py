"""Which lines and branches of app/mechanics its own tests reach, counted in no other test.

Counting slows down all Python that runs meanwhile, whatever its file: while tests are collected it
takes as long as collecting them does.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

import coverage
import pytest

MECHANICS = ("app/mechanics/", "tests/mechanics/")


class MechanicsCoverage:
    """A plugin of pytest's that leaves a data file of coverage's for each process that tests."""

    def __init__(self) -> None:
        importlib.import_module("torch")  # which is not to be counted
        self._coverage = coverage.Coverage(data_suffix=True, messages=False)
        with self._counted():  # what a module does when it is loaded
            package = importlib.import_module("app.mechanics")
            for module in pkgutil.walk_packages(package.__path__, "app.mechanics."):
                importlib.import_module(module.name)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Counts while a test of mechanics runs."""
        if not item.nodeid.startswith(MECHANICS):
            return (yield)
        with self._counted():
            return (yield)

    def pytest_unconfigure(self) -> None:
        """Keeps what was counted."""
        self._coverage.save()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._coverage.start()
        try:
            yield
        finally:
            self._coverage.stop()
