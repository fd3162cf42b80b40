"""Runs axe-core on a page and says what a person could not use."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.places import NODE_MODULES

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@cache
def _source() -> str:
    """The text of axe-core."""
    return AXE.read_text("utf-8")


def _sentence(violation: dict[str, Any]) -> str:
    """One rule that is broken, with the elements that break it."""
    nodes = violation["nodes"]
    shown = [f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in nodes[:5]]
    more = f"\n    … and {len(nodes) - 5} more" if len(nodes) > 5 else ""
    return (
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        + "\n".join(shown)
        + more
    )


def violations(page: Page, within: str | None = None) -> list[str]:
    """What WCAG 2.2 AA finds wrong on the page, one text a rule; empty when nothing is.

    Args:
        within: a CSS selector, to look at a part of the page only.
    """
    # Evaluated through the debugger, which the page's own CSP does not bind. Style sheets are not
    # fetched once more: no rule of these tags reads them, and sheets in layers cannot be copied.
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(_source())
    found: dict[str, Any] = page.evaluate(
        "([within, tags]) => axe.run(within ?? document,"
        " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})",
        [within, list(WCAG_22_AA)],
    )
    return [_sentence(violation) for violation in found["violations"]]
