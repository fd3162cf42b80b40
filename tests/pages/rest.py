"""Waiting for a state of the page: for what moves to come to rest, for what is to become true."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE_SECONDS = 20.0
LOOK_EVERY_MS = 20
# Three frames in a row in which nothing glides or fades and nothing is written into the page. What
# turns for ever is not waited for, and what is written into for ever for a while.
AT_REST = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const isMoving = () => document.getAnimations().some(({ playState, effect }) =>
        playState === 'running' && effect.getComputedTiming().endTime !== Infinity);
    let isWritten = false;
    const writing = new MutationObserver(() => (isWritten = true));
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    writing.observe(document, all);
    for (let still = 0, frames = 0; still < 3; frames += 1) {
        isWritten = false;
        await frame();
        still = isMoving() || (isWritten && frames < 100) ? 0 : still + 1;
    }
    writing.disconnect();
}"""


def settle(page: Page) -> None:
    """Returns once nothing on the page moves, and what was done is shown."""
    page.evaluate(AT_REST)


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Returns once something is so; fails where it does not become so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "It has not become so."
        page.wait_for_timeout(LOOK_EVERY_MS)


def eventually(page: Page, check: Callable[[], None]) -> None:
    """Returns once a check passes; fails as it does where it never does.

    What a check reads of the page may be of a moment ago, or between two frames.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return check()
        except (AssertionError, ValueError):  # what is read may not be a number yet
            if time.monotonic() > deadline:
                raise
        page.wait_for_timeout(LOOK_EVERY_MS)
