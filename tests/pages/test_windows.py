"""A window that was lent before is as a new one to the test that gets it next."""

from __future__ import annotations

from typing import Any

from tests.pages.screens import DESKTOP, PHONE
from tests.pages.watch import Watch
from tests.pages.windows import Windows

STORED = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie,
    ...(await indexedDB.databases()), ...(await caches.keys()),
]"""


def test_nothing_is_left_of_the_last_visit(windows: Windows, origin: str) -> None:
    size_of: Any = "() => [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]"
    first_watch, second_watch = Watch(origin), Watch(origin)
    window = windows.lend({"locale": "en-GB"})
    page = window.open(first_watch, PHONE, "dark")
    page.goto(f"{origin}/lab")
    assert page.evaluate(size_of) == [390, True]
    page.evaluate("() => { localStorage.setItem('left', '1'); document.cookie = 'left=1'; }")
    page.wait_for_load_state("networkidle")  # no request is under way that would fail
    window.context.set_offline(True)
    windows.take_back(window, first_watch)

    assert windows.lend({"locale": "en-US"}) is not window
    assert windows.lend({"locale": "en-GB"}) is window
    page = window.open(second_watch, DESKTOP, "light")
    page.goto(f"{origin}/docs")
    assert page.evaluate(STORED) == []
    assert page.evaluate(size_of) == [1440, False]
    page.evaluate("() => console.error('broken')")
    page.wait_for_function("() => true")
    assert first_watch.unexpected() == []
    assert any("broken" in problem for problem in second_watch.unexpected())
    windows.take_back(window, second_watch)
