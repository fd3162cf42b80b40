"""A real Chromium on a real server, driven by Playwright."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from app.bench.row import NotMeasured
from app.settings import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

WINDOW: ViewportSize = {"width": 1440, "height": 900}
# The finder that the page tests use; the program itself never imports from tests/.
FIND = (
    "import json; from tests.tools import chromium; found = chromium.find(); "
    "print(json.dumps([found and str(found), list(chromium.LAUNCH_ARGS)]))"
)
EMULATED_CARD = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
MEASURE = "pen-to-picture"
# Keeps what the page measures, for the page itself forgets it at the next picture.
KEEP_PICTURES = f"""
globalThis.benchPictures = [];
new PerformanceObserver((list) => {{
  for (const {{ name, startTime, duration }} of list.getEntries())
    if (name === '{MEASURE}') globalThis.benchPictures.push([startTime, startTime + duration]);
}}).observe({{ type: 'measure' }});
"""
FIRST_PICTURE_MS = 60_000


@contextmanager
def chromium(flags: Sequence[str] | None = None) -> Iterator[Browser]:
    """The browser, for as long as the context is open; with the usual flags if none are given.

    Raises: NotMeasured where Playwright or Chromium is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise NotMeasured("Playwright is not installed; `make bench` installs it.") from None
    program, usual = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags or usual)
        try:
            yield browser
        finally:
            browser.close()


def flags(*, emulates_card: bool = False) -> list[str]:
    """What the browser is started with.

    Args:
        emulates_card: draw by a graphics card that the processor emulates, not by the processor
            itself: the slowest way there is, and the one of some test machines.

    Raises: NotMeasured where there is no browser.
    """
    _, usual = find()
    if not emulates_card:
        return usual
    return [flag for flag in usual if flag != "--disable-gpu"] + EMULATED_CARD


@cache
def find() -> tuple[str, list[str]]:
    """The browser's program and the flags it is started with.

    Raises: NotMeasured where there is none.
    """
    done = subprocess.run(
        [sys.executable, "-c", FIND], cwd=ROOT, capture_output=True, text=True, check=False
    )
    program, flags = json.loads(done.stdout) if done.returncode == 0 else (None, [])
    if program is None:
        raise NotMeasured("There is no Chromium here; `make bench` installs one.")
    return program, flags


def version() -> str | None:
    """What the browser calls itself, or None where there is none."""
    try:
        program, _ = find()
    except NotMeasured:
        return None
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


def pictures(page: Page) -> list[tuple[float, float]]:
    """When each picture's event came and when the picture stood, in milliseconds of the page."""
    found: list[list[float]] = page.evaluate("globalThis.benchPictures")
    return [(start, end) for start, end in found]


def wait_for_first_picture(page: Page) -> None:
    """Waits until a picture stands. Raises: NotMeasured when none does."""
    waited = 0
    while not pictures(page):
        if waited >= FIRST_PICTURE_MS:
            raise NotMeasured(f"No picture stood within {FIRST_PICTURE_MS / 1000:.0f} s.")
        page.wait_for_timeout(20)
        waited += 20
