"""The API page, as someone uses it who wants to know what a request looks like."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from app.web.application import ENDPOINTS
from tests.pages.conftest import Visit


def test_every_operation_is_there_and_readable(visit: Visit, axe: Callable[..., None]) -> None:
    page = visit("/docs")
    expect(page.locator(".opblock")).to_have_count(len(ENDPOINTS))
    axe(page, in_both_themes=True)
    page.locator("#operations-networks-forward .opblock-summary-control").click()
    expect(page.locator(".opblock-body")).to_be_visible()
    axe(page, in_both_themes=True)


def test_an_example_can_be_tried(visit: Visit) -> None:
    page = visit("/docs")
    operation = page.locator("#operations-networks-trace")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text('"kind": "Conv2d"')


def test_a_kind_of_error_has_an_anchor(visit: Visit) -> None:
    page = visit("/docs#too-large")
    expect(page.locator("tr:target")).to_contain_text("413")
