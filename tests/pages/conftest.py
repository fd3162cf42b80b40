"""A real Chromium on a real server, for the tests that act as a person does.

Every context is watched: a console error or warning, an uncaught error, a refused resource or a
request to another origin fails the test that caused it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.pages import axe as axe_core
from tests.pages.rest import settle
from tests.pages.screens import DESKTOP, Theme
from tests.pages.watch import Watch
from tests.pages.windows import TOUCH, Window, Windows
from tests.places import ARTIFACTS, ROOT
from tests.server import SLOW_ANSWERS_MS, LiveServer
from tests.tools import chromium

# How long a thing may take before it counts as not happening: speed is the bench's to judge, and
# two cores may be drawing WebGL in software, computing and testing all at once.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)

# Pages after one another in one process: to begin another costs a sixth of a page's loading.
ONE_PROCESS = "--renderer-process-limit=1"

README_PICTURES = ROOT / "tests" / "pages" / "screenshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switch of `make screenshots`, and two that find what is read too early."""
    parser.addoption(
        "--readme-pictures",
        action="store_true",
        help="write the pictures that README.md shows into tests/pages/screenshots",
    )
    parser.addoption(
        "--slow-browser", type=float, default=1, metavar="TIMES", help="slow each page down"
    )
    parser.addoption(
        "--slow-answers", metavar="MS", help="let each answer be late by chance, by this at most"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Tells the servers how late they answer, wherever they are started."""
    if late := config.getoption("--slow-answers"):
        os.environ[SLOW_ANSWERS_MS] = late


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium as found or installed by tests/tools/chromium.py."""
    program = chromium.find()
    assert program is not None, chromium.ADVICE
    return {
        **browser_type_launch_args,
        "executable_path": str(program),
        "args": [*chromium.LAUNCH_ARGS, ONE_PROCESS],
    }


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """The live server's origin, so that `page.goto("/")` opens the Network page."""
    return live_server.url


@pytest.fixture(scope="session")
def origin(base_url: str) -> str:
    """What a test's pages may ask: a test of another server than the run's has another."""
    return base_url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The same language and time zone on every machine."""
    return {**browser_context_args, "locale": "en-US", "timezone_id": "UTC"}


@pytest.fixture
def watch(origin: str) -> Iterator[Watch]:
    """What happens in this test's browser; `watch.expect(regex)` for what the test provokes."""
    watch = Watch(origin)
    yield watch
    problems = watch.unexpected()
    assert not problems, "\n".join(problems)


class NewContext(Protocol):
    """Makes a browser context; Playwright's own options."""

    def __call__(self, **options: Any) -> BrowserContext: ...


@pytest.fixture
def new_context(watch: Watch, new_context: NewContext) -> NewContext:
    """Playwright's factory of contexts, each one watched."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**({"viewport": DESKTOP, "color_scheme": "light"} | options))
        context.set_default_timeout(PATIENCE_MS)
        watch.attach(context)
        return context

    return make


class Visit(Protocol):
    """Opens a page of the program in a browser context of its own."""

    def __call__(
        self,
        path: str = "/",
        *,
        size: ViewportSize = DESKTOP,
        theme: Theme = "light",
        touch: bool = False,
        **options: Any,
    ) -> Page: ...


@pytest.fixture(scope="session")
def windows(
    browser: Browser, browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[Windows]:
    """The browser contexts that the tests share, one after another."""
    slowness: float = request.config.getoption("--slow-browser")
    windows = Windows(browser, browser_context_args, PATIENCE_MS, slowness)
    yield windows
    windows.close()


@pytest.fixture
def visit(windows: Windows, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens a path at a size, in a theme, with or without touch, as a first-time visitor."""
    lent: list[Window] = []

    def open_page(
        path: str = "/",
        *,
        size: ViewportSize = DESKTOP,
        theme: Theme = "light",
        touch: bool = False,
        **options: Any,
    ) -> Page:
        lent.append(windows.lend((TOUCH if touch else {}) | options))
        page = lent[-1].open(watch, size, theme)
        page.goto(path)
        return page

    yield open_page
    if has_failed(request):
        take_pictures(request, [page for window in lent for page in window.pages])
    for window in lent:
        windows.take_back(window, watch)


def has_failed(request: pytest.FixtureRequest) -> bool:
    """Whether the test has failed; pytest-playwright keeps each test's reports."""
    report = getattr(request.node, "rep_call", None)
    return report is not None and report.failed


def take_pictures(request: pytest.FixtureRequest, pages: Sequence[Page]) -> None:
    """What a failed test's pages looked like, into .artifacts/pages."""
    name = re.sub(r"[^a-z0-9.-]+", "-", request.node.name.lower())
    for number, page in enumerate(pages, 1):
        page.screenshot(path=ARTIFACTS / "pages" / f"{name}-{number}.png")


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with what breaks WCAG 2.2 AA; `axe(page, "#part")` looks there only.

    With `in_both_themes=True` the page is looked at in the light and in the dark.
    """

    def check(page: Page, within: str | None = None, *, in_both_themes: bool = False) -> None:
        expect(page.locator(".is-outdated")).to_have_count(0)  # faded until an answer has come
        settle(page)
        look = axe_core.violations_in_both_themes if in_both_themes else axe_core.violations
        found = look(page, within)
        assert not found, f"{len(found)} rules broken on {page.url}\n" + "\n".join(found)

    return check


@pytest.fixture
def screenshot() -> Callable[..., Path]:
    """`screenshot(page, "cell-dark")` writes .artifacts/screenshots/cell-dark.png to look at."""

    def take(page: Page, name: str, **options: Any) -> Path:
        path = ARTIFACTS / "screenshots" / f"{re.sub(r'[^a-z0-9.-]+', '-', name.lower())}.png"
        page.screenshot(path=path, **options)
        return path

    return take


@pytest.fixture
def readme_picture(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """`readme_picture(page, "network-light")` takes a picture that README.md shows.

    Only `make screenshots` replaces the committed one; any other run writes beside the artefacts.
    """
    keep = request.config.getoption("--readme-pictures", default=False)
    folder = README_PICTURES if keep else ARTIFACTS / "readme"

    def take(page: Page, name: str, **options: Any) -> Path:
        path = folder / f"{name}.png"
        page.screenshot(path=path, **options)
        return path

    return take
