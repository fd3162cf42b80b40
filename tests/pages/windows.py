"""Browser contexts that tests use one after another: what one has loaded, the next need not load.

A context of its own for each test would ask the server for every script again. Each test finds no
cookie, no storage and no page of another; the cache of what never changes is all that stays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.pages.screens import Theme
from tests.pages.watch import REPORT_VIOLATIONS, Watch

# A phone has a touch screen and two device pixels to the CSS pixel.
TOUCH = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
STORED = "cookies,file_systems,indexeddb,local_storage,websql,service_workers,cache_storage"


class Window:
    """A browser context, lent to one test at a time.

    An empty page stays open in it: another is a tab beside it then, at half of the cost of one more
    browser window, whose tools Chromium builds even where nobody sees them.
    """

    def __init__(
        self, browser: Browser, options: dict[str, Any], patience_ms: int, slowness: float
    ) -> None:
        self.context: BrowserContext = browser.new_context(**options)
        self.context.set_default_timeout(patience_ms)
        self.context.add_init_script(REPORT_VIOLATIONS)
        self.key, self.slowness = key_of(options), slowness
        self._ground = self.context.new_page()

    @property
    def pages(self) -> list[Page]:
        """What a test has open."""
        return [page for page in self.context.pages if page is not self._ground]

    def open(self, watch: Watch, size: ViewportSize, theme: Theme) -> Page:
        """An empty page of this size and theme, as a first-time visitor of the origin has it."""
        watch.listen(self.context)
        page = self.context.new_page()
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        session = self.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": watch.origin, "storageTypes": STORED})
        if self.slowness > 1:  # for as long as the session lasts
            session.send("Emulation.setCPUThrottlingRate", {"rate": self.slowness})
        else:
            session.detach()
        return page

    def empty(self, watch: Watch) -> None:
        """Closes every page; nobody listens any more."""
        for page in self.pages:
            page.close()
        watch.leave(self.context)
        self.context.set_offline(False)


class Windows:
    """The windows of one browser: those that are free, by what they were made with."""

    def __init__(
        self, browser: Browser, options: dict[str, Any], patience_ms: int, slowness: float
    ) -> None:
        self._browser, self._options = browser, options
        self._patience_ms, self._slowness = patience_ms, slowness
        self._free: defaultdict[str, list[Window]] = defaultdict(list)

    def lend(self, more: dict[str, Any]) -> Window:
        """A window that nobody has, with these options of Playwright's contexts."""
        options = self._options | more
        free = self._free[key_of(options)]
        if free:
            return free.pop()
        return Window(self._browser, options, self._patience_ms, self._slowness)

    def take_back(self, window: Window, watch: Watch) -> None:
        """The window can be lent again."""
        window.empty(watch)
        self._free[window.key].append(window)

    def close(self) -> None:
        """Closes all that are free."""
        for windows in self._free.values():
            for window in windows:
                window.context.close()


def key_of(options: dict[str, Any]) -> str:
    """The same for the same options."""
    return json.dumps(options, sort_keys=True)
