"""The resident memory of a process, as the system tells it."""

from __future__ import annotations

import os
import resource
import sys

import pytest

from app.bench.memory import resident_bytes
from app.bench.row import NotMeasured


def test_this_process_has_a_plausible_size() -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )
    assert 0.2 * peak < resident_bytes(os.getpid()) <= 1.05 * peak


def test_a_process_that_is_not_there_has_none() -> None:
    with pytest.raises(NotMeasured):
        resident_bytes(2**22 + 1)
