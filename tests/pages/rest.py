"""Waiting for a state of the page: for what moves to come to rest, for what is to become true."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE_SECONDS = 20.0
LOOK_EVERY_MS = 20
# Three frames in a row in which nothing glides or fades; what turns for ever is not waited for.
AT_REST = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const isMoving = () => document.getAnimations().some(({ playState, effect }) =>
        playState === 'running' && effect.getComputedTiming().endTime !== Infinity);
    for (let still = 0; still < 3; still = isMoving() ? 0 : still + 1) await frame();
}"""


def settle(page: Page) -> None:
    """Returns once nothing on the page moves."""
    page.evaluate(AT_REST)


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Returns once something is so; fails where it does not become so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "It has not become so."
        page.wait_for_timeout(LOOK_EVERY_MS)
