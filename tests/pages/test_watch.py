"""The watch over the page tests sees what it is there to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pages import axe
from tests.pages.watch import Watch

ORIGIN = "http://page.test"
POLICY = "default-src 'self'; script-src 'nonce-abc'; style-src 'self'; img-src *"

Open = Callable[[str], tuple[Page, Watch]]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Shows a page body under a strict policy, watched, without any server."""
    context = browser.new_context()

    def show(body: str) -> tuple[Page, Watch]:
        watch = Watch(ORIGIN)
        watch.attach(context)
        html = f"<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>{body}</main>"
        context.route(
            "**/*",
            lambda route: route.fulfill(
                body=html if route.request.url == f"{ORIGIN}/" else "",
                content_type="text/html",
                headers={"Content-Security-Policy": POLICY},
            ),
        )
        page = context.new_page()
        page.goto(f"{ORIGIN}/")
        page.wait_for_load_state("networkidle")
        return page, watch

    yield show
    context.close()


def test_a_quiet_page_has_no_problem(open_page: Open) -> None:
    _, watch = open_page("<p>Nothing happens here.")
    assert watch.unexpected() == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<script nonce=abc>console.error('broken')</script>", "console error: broken"),
        ("<script nonce=abc>console.warn('odd')</script>", "console warning: odd"),
        ("<script nonce=abc>throw new Error('thrown')</script>", "uncaught: .*thrown"),
        ("<script nonce=abc>Promise.reject(new Error('lost'))</script>", "uncaught: .*lost"),
        ("<script>document.title = 'inline'</script>", "CSP: script-src-elem refused inline"),
        ("<p style='color: red'>Red.", "CSP: style-src-attr refused inline"),
        ("<img alt='' src='http://elsewhere.test/pixel.png'>", "request to another origin: "),
        ("<img alt='' src='http://page.test:81/pixel.png'>", "request to another origin: "),
        (
            "<script nonce=abc>setTimeout(() => (location = 'http://far.test/'), 50)</script>",
            "page of another origin: ",
        ),
    ],
)
def test_a_problem_is_seen(open_page: Open, body: str, problem: str) -> None:
    _, watch = open_page(body)
    assert watch.unexpected()
    watch.expect(problem)
    # What is left is Chromium's own line about the same thing.
    assert all("Content Security Policy" in line for line in watch.unexpected())


def test_axe_runs_under_the_policy_and_finds_what_is_wrong(open_page: Open) -> None:
    page, watch = open_page("<img src='/pixel.png'><p id=fine>Fine.")
    assert [text.split(" ")[0] for text in axe.violations(page)] == ["image-alt"]
    assert axe.violations(page, "#fine") == []
    assert watch.unexpected() == []


def test_axe_finds_what_one_of_two_themes_alone_breaks(open_page: Open) -> None:
    page, _ = open_page("<p>Fine.")
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
            '@media (prefers-color-scheme: dark) { p { color: #222; background: #333 } }');
        document.adoptedStyleSheets = [sheet];
    }""")
    page.emulate_media(color_scheme="light")
    assert axe.violations(page) == []
    (found,) = axe.violations_in_both_themes(page)
    assert found.startswith("dark: color-contrast")
    page.emulate_media(color_scheme="dark")
    (found,) = axe.violations_in_both_themes(page)
    assert found.startswith("color-contrast")
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
