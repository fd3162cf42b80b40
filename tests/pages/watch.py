"""Watches a browser for everything that must not happen on a page, whatever a test is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Page, WebError

# Chromium reports most violations on the console; the event catches those it only counts. What is
# asked for is told by the page itself: to be told of each of its hundreds of requests by Playwright
# costs as much as a sixth of opening it.
REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) => {
  const { effectiveDirective, blockedURI, sourceFile } = event;
  console.error(`CSP: ${effectiveDirective} refused ${blockedURI} (${sourceFile})`);
});
new PerformanceObserver((seen) => {
  for (const { name } of seen.getEntries())
    if (/^(?:https?|wss?|ftp):/.test(name) && new URL(name).origin !== self.origin)
      console.error(`request to another origin: ${name}`);
}).observe({ type: 'resource', buffered: true });
"""

LOCAL_SCHEMES = ("data", "blob", "about")


@dataclass
class Watch:
    """What went wrong in a test's browser contexts, apart from what the test expects.

    Attributes:
        origin: the server's own origin; a request to any other is a problem.
        problems: one sentence for each thing that happened.
    """

    origin: str
    problems: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Names a problem that belongs to the test, such as the console's line about a 422."""
        self._expected.append(re.compile(pattern))

    def attach(self, context: BrowserContext) -> None:
        """Watches every page of a context, from its first request on."""
        context.add_init_script(REPORT_VIOLATIONS)
        self.listen(context)

    def listen(self, context: BrowserContext) -> None:
        """Watches the pages of a context that reports violations already."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("page", self._page)

    def leave(self, context: BrowserContext) -> None:
        """Watches a context no more."""
        context.remove_listener("console", self._console)
        context.remove_listener("weberror", self._error)
        context.remove_listener("page", self._page)

    def unexpected(self) -> list[str]:
        """The problems that no `expect` covers."""
        return [
            problem
            for problem in self.problems
            if not any(pattern.search(problem) for pattern in self._expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            where = message.location.get("url", "")
            self.problems.append(f"console {message.type}: {message.text} ({where})")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"uncaught: {error.error}")

    def _page(self, page: Page) -> None:
        page.on("framenavigated", self._frame)

    def _frame(self, frame: Frame) -> None:
        address = urlsplit(frame.url)
        if address.scheme in LOCAL_SCHEMES or f"{address.scheme}://{address.netloc}" == self.origin:
            return
        self.problems.append(f"page of another origin: {frame.url}")
