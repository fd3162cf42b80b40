"""Runs axe-core on a page and says what a person could not use."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.pages.rest import settle
from tests.pages.screens import Theme
from tests.places import NODE_MODULES

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Those of the rules that look at colours: all that another theme can break.
OF_COLOURS = ("color-contrast", "link-in-text-block")


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


def violations(page: Page, within: str | None = None, *, colours: bool = False) -> list[str]:
    """What WCAG 2.2 AA finds wrong on the page, one text a rule; empty when nothing is.

    Args:
        within: a CSS selector, to look at a part of the page only.
        colours: look at the colours alone.
    """
    # Evaluated through the debugger, which the page's own CSP does not bind. Style sheets are not
    # fetched once more: no rule of these tags reads them, and sheets in layers cannot be copied.
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(_source())
    kind, values = ("rule", OF_COLOURS) if colours else ("tag", WCAG_22_AA)
    found: dict[str, Any] = page.evaluate(
        "([within, runOnly]) => axe.run(within ?? document,"
        " {runOnly, resultTypes: ['violations'], preload: false})",
        [within, {"type": kind, "values": list(values)}],
    )
    return [_sentence(violation) for violation in found["violations"]]


def violations_in_both_themes(page: Page, within: str | None = None) -> list[str]:
    """The same of a page that follows the system's theme, in the one and in the other.

    What is there and what it is called is the same in both, so of the second the colours are
    looked at alone. The page has its own theme again afterwards.
    """
    settle(page)
    found = violations(page, within)
    is_dark: bool = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    own: Theme = "dark" if is_dark else "light"
    other: Theme = "light" if is_dark else "dark"
    page.emulate_media(color_scheme=other)
    settle(page)
    found += [f"{other}: {each}" for each in violations(page, within, colours=True)]
    page.emulate_media(color_scheme=own)
    return found
