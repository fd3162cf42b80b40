"""Several Labs on one page, each independent of the others."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.rest import settle, until

# Two more Labs below the page's own: one with two settings alone, one with all there is.
MOUNT_TWO = """async () => {
    const { src } = document.querySelector('script[type=module][src*="bundles/lab/page"]');
    const { get } = await import(new URL('../../bundle/registry.js', src).href);
    const { mountLab } = get('js/pages/lab/mount.js');
    const hosts = [1, 2].map(() => document.createElement('section'));
    hosts.forEach((host, at) => host.setAttribute('aria-label', `Lab ${at + 2}`));
    document.querySelector('.lab-page').after(...hosts);
    window.mounted = [
        mountLab(hosts[0], { controls: ['stride', 'padding'], initial: 'stride=1&frame=0' }),
        mountLab(hosts[1], { initial: 'operation=max&frame=0' }),
    ];
}"""

STRIDES = "() => window.mounted.map(({ signals }) => signals.experiment.value.settings.stride)"


@pytest.fixture
def page(visit: Any) -> Page:
    """The page of the Lab with two more Labs on it."""
    page: Page = visit("/lab#frame=8")
    expect(page.locator("#lab-stage lab-stage")).to_be_visible()
    page.evaluate(MOUNT_TWO)
    expect(page.locator("lab-stage")).to_have_count(3)
    return page


def lab(page: Page, number: int) -> Locator:
    """One of the two further Labs."""
    return page.get_by_role("region", name=f"Lab {number}", exact=True)


def output(host: Locator) -> Locator:
    """What a stage says below its output."""
    return host.locator("lab-stage p").filter(has=host.page.get_by_text("output", exact=True))


def test_a_lab_has_the_controls_it_was_given(page: Page) -> None:
    column = lab(page, 2).locator("[data-place=controls]")
    sliders = column.get_by_role("slider")
    names = sliders.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert names == ["stride", "padding"]
    expect(lab(page, 2).get_by_role("region", name="Kernel")).to_have_count(0)
    expect(lab(page, 3).get_by_role("region", name="Sweep")).to_be_visible()


def test_the_stride_of_one_leaves_the_others_alone(page: Page) -> None:
    settle(page)
    before = output(page.locator("#lab-stage")).inner_text()
    expect(output(lab(page, 2))).to_have_text(re.compile("6 × 6"))
    lab(page, 2).get_by_role("slider", name="stride", exact=True).press("ArrowRight")
    expect(output(lab(page, 2))).to_have_text(re.compile("3 × 3"))
    assert page.evaluate(STRIDES) == [2, 2]
    lab(page, 3).get_by_role("slider", name="stride", exact=True).press("ArrowRight")
    assert page.evaluate(STRIDES) == [2, 3]
    assert output(page.locator("#lab-stage")).inner_text() == before
    assert page.evaluate("window.mounted.map(({ read }) => read('output.height'))") == [3, 2]
    # The address is that of the page's own Lab.
    page.wait_for_timeout(500)
    assert page.url.endswith("/lab#frame=8")


def test_keys_go_to_the_lab_that_has_the_focus(page: Page) -> None:
    lab(page, 2).get_by_role("slider", name="stride", exact=True).press("ArrowRight")
    lab(page, 3).get_by_role("slider", name="stride", exact=True).press("ArrowRight")
    lab(page, 2).get_by_role("slider", name="stride", exact=True).focus()
    page.keyboard.press("Control+z")
    until(page, lambda: page.evaluate(STRIDES) == [1, 3])
    frames = "() => window.mounted.map(({ signals }) => signals.playback.value.frame)"
    page.keyboard.press(".")
    page.keyboard.press(".")
    assert page.evaluate(frames) == [2, 0]
    # What has no focus goes on with the one used last.
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(".")
    assert page.evaluate(frames) == [3, 0]
    page.locator("#lab-controls").get_by_role("slider", name="stride", exact=True).focus()
    page.keyboard.press(",")
    assert page.evaluate(frames) == [3, 0]


def test_ids_are_unique_and_all_is_accessible(page: Page, axe: Any) -> None:
    ids: list[str] = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids))
    names: dict[str, int] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('input[type=radio]')].map(
            ({ name }) => [name, new Set([...document.getElementsByName(name)].map(
                (one) => one.closest('[data-instrument]'))).size]))"""
    )
    assert set(names.values()) == {1}
    axe(page, "[aria-label='Lab 2']")
    axe(page, "[aria-label='Lab 3']")


def test_a_lab_that_has_ended_listens_no_more(page: Page) -> None:
    lab(page, 2).get_by_role("slider", name="stride", exact=True).focus()
    page.evaluate("window.mounted[0].end()")
    page.keyboard.press("Control+z")
    page.keyboard.press(".")
    assert page.evaluate("window.mounted[0].signals.playback.value.frame") == 0
