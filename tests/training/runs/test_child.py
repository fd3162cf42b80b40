"""The process of a run ends whenever it wants to, whatever is being said to it."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from app.training.runs.child import Child


@pytest.mark.parametrize("words", [("pause",), ("cancel", "pause")])
def test_a_word_that_comes_too_late_hurts_nobody(words: tuple[str, ...]) -> None:
    """It stays in the pipe's buffer, and closing the pipe tries to send it once more."""
    plan: Any = SimpleNamespace(command=[sys.executable, "-c", "print('begun')"])
    child = Child(plan)
    news = child.news()
    assert next(news) == "begun\n"
    child._process.wait()
    for word in words:
        child.wish(word)
    assert list(news) == []
    child.wish("pause")
    assert child.complaint == ""
