"""Where things are on a page, and what of them is out of sight."""

from __future__ import annotations

from playwright.sync_api import FloatRect, Locator


def box(locator: Locator) -> FloatRect:
    """Where something is."""
    found = locator.bounding_box()
    assert found is not None
    return found


def bottom(rect: FloatRect) -> float:
    """The lower edge."""
    return rect["y"] + rect["height"]


def right(rect: FloatRect) -> float:
    """The edge on the right."""
    return rect["x"] + rect["width"]


def do_overlap(one: FloatRect, other: FloatRect) -> bool:
    """Whether two cover a part of each other."""
    across = min(right(one), right(other)) - max(one["x"], other["x"])
    down = min(bottom(one), bottom(other)) - max(one["y"], other["y"])
    return across > 0 and down > 0


def hidden_width(locator: Locator) -> int:
    """How much of something's content lies beside it."""
    width: int = locator.evaluate("element => element.scrollWidth - element.clientWidth")
    return width
