"""What is no digit is said, a piece of ink is read by itself, a frame is no ink."""

from __future__ import annotations

import io
import re
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, expect

from app.imaging import samples
from tests.imaging.scenes import enlarged, framed, in_the_middle
from tests.pages.boxes import box, do_overlap
from tests.pages.network import NetworkPage, opened
from tests.pages.rest import settle, until
from tests.places import ROOT

CAT = ROOT / "models" / "photographs" / "cat.jpg"
FOUR = [[(0.28, 0.25), (0.12, 0.55), (0.42, 0.55)], [(0.34, 0.35), (0.34, 0.78)]]
TWO = [[(0.58, 0.36), (0.68, 0.27), (0.8, 0.3), (0.82, 0.42), (0.6, 0.74), (0.88, 0.74)]]
SEVERAL = "2 pieces of ink are read as one digit; each can be read by itself."


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    return opened(visit("/"))


def choose(network: NetworkPage, file: FilePayload) -> None:
    with network.page.expect_file_chooser() as chooser:
        network.button("Upload", exact=False).click()
    chooser.value.set_files(file)


def cat() -> FilePayload:
    return {"name": "cat.jpg", "mimeType": "image/jpeg", "buffer": CAT.read_bytes()}


def framed_five(*, is_dark: bool = False) -> FilePayload:
    digit = (255 * samples.get_sample("digit-5-0").image[0]).astype(np.uint8)
    ink = framed(in_the_middle(enlarged(digit, 6)), 0.03, 0.04)
    buffer = io.BytesIO()
    Image.fromarray((255 * (ink if is_dark else 1 - ink)).astype(np.uint8)).save(buffer, "PNG")
    return {"name": "five.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def draw_42(network: NetworkPage) -> None:
    network.button("Clear").click()
    for points in (*FOUR, *TWO):
        network.stroke(points)
    network.page.mouse.move(0, 0)


def remark(network: NetworkPage) -> Locator:
    return network.page.locator(".flow-remark")


def frame(network: NetworkPage, name: str) -> Locator:
    return network.page.locator(".frame").filter(has_text=name)


def test_a_photograph_of_a_cat_is_remarked_upon_beside_its_prediction(
    network: NetworkPage, screenshot: Any
) -> None:
    expect(remark(network)).to_have_count(0)
    network.wait_for_exact_values()
    settle(network.page)
    ledger = network.page.locator(".ledger").bounding_box()
    choose(network, cat())
    expect(remark(network)).to_contain_text("neither paper nor ink: hardly a digit")
    until(network.page, lambda: sum(network.probabilities()) == pytest.approx(1, abs=0.01))
    until(network.page, lambda: network.page.locator(".ledger").bounding_box() == ledger)
    status = network.page.locator("#status")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(status).to_contain_text("hardly a digit, but read as one.")
    screenshot(network.page, "network-cat")
    network.button("Sample 3").first.click()
    network.expect_prediction(3)
    expect(remark(network)).to_have_count(0)


def test_on_a_phone_the_remark_stands_beside_the_prediction_above_the_paper(visit: Any) -> None:
    network = opened(visit("/", size={"width": 390, "height": 844}, touch=True))
    prediction = network.page.locator("#prediction")
    expect(prediction.locator("strong").first).to_have_text("7")
    network.wait_for_exact_values()
    settle(network.page)
    before = prediction.bounding_box()
    choose(network, cat())
    told = prediction.locator(".paper-remark")
    expect(told).to_contain_text("neither paper nor ink")
    expect(told).to_be_visible()
    expect(prediction.locator("strong").first).to_be_visible()
    settle(network.page)
    assert prediction.bounding_box() == before
    inside, place = told.evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert inside <= place
    # On a narrower one it takes a line more, in the gaps above and below.
    network.page.set_viewport_size({"width": 320, "height": 640})
    settle(network.page)
    header, first, beside, paper = (
        network.page.locator(one).first.bounding_box()
        for one in ("header", "#prediction > span", ".paper-remark", "drawing-surface")
    )
    assert header is not None
    assert first is not None
    assert beside is not None
    assert paper is not None
    assert beside["height"] > 28, "three lines"
    assert header["y"] + header["height"] <= beside["y"]
    assert beside["y"] + beside["height"] <= paper["y"] + 1
    assert first["x"] + first["width"] < beside["x"]


def test_each_digit_of_a_42_is_read_by_itself(
    network: NetworkPage, axe: Any, visit: Any, screenshot: Any
) -> None:
    draw_42(network)
    expect(remark(network)).to_have_text(SEVERAL)
    first, second = (network.button(f"Read piece {number} by itself") for number in (1, 2))
    second.click()
    network.expect_prediction(2)
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(remark(network)).to_have_count(0)
    expect(frame(network, "piece")).to_be_visible()
    expect(network.page).to_have_url(re.compile("&piece=1$"))
    axe(network.page)
    screenshot(network.page, "network-42")
    other = NetworkPage(visit("/#" + network.fragment("piece=1")))
    other.expect_prediction(2)
    expect(other.button("Read piece 2 by itself")).to_have_attribute("aria-pressed", "true")
    first.focus()
    network.page.keyboard.press("Enter")
    network.expect_prediction(4)
    expect(first).to_be_focused()
    network.page.keyboard.press("Enter")
    expect(remark(network)).to_have_text(SEVERAL)
    network.page.keyboard.press("Space")
    network.expect_prediction(4)
    network.page.keyboard.press("Escape")
    expect(remark(network)).to_have_text(SEVERAL)
    expect(first).to_have_attribute("aria-pressed", "false")


def test_what_is_drawn_next_is_read_whole(network: NetworkPage) -> None:
    draw_42(network)
    network.button("Read piece 1 by itself").click()
    network.expect_prediction(4)
    network.stroke([(0.3, 0.9), (0.7, 0.9)])
    expect(frame(network, "piece")).to_have_count(0)
    # Undo gives back what was read before, and then what was read before that.
    first = network.button("Read piece 1 by itself")
    network.button("Undo").click()
    expect(first).to_have_attribute("aria-pressed", "true")
    network.expect_prediction(4)
    network.button("Undo").click()
    expect(remark(network)).to_have_text(SEVERAL)
    expect(first).to_have_attribute("aria-pressed", "false")
    network.button("Redo").click()
    network.expect_prediction(4)


def test_a_frame_around_a_digit_is_a_step_that_is_switched(network: NetworkPage) -> None:
    choose(network, framed_five())
    network.expect_prediction(5)
    border = network.button("border")
    expect(border).to_have_attribute("aria-pressed", "true")
    described = network.page.locator("#step-border")
    expect(described).to_contain_text("A frame along all four edges is no ink")
    border.click()
    expect(border).to_have_attribute("aria-pressed", "false")
    expect(described).to_contain_text("Left out")
    expect(network.page.locator(".bar.is-top .bar-label")).not_to_have_text("5")
    expect(network.page).to_have_url(re.compile("without=border"))
    border.click()
    network.expect_prediction(5)


def test_what_the_steps_are_called_and_tell_covers_nothing(network: NetworkPage) -> None:
    for is_dark in (True, False):
        choose(network, framed_five(is_dark=is_dark))
        network.expect_prediction(5)
        network.button("border").click()
        expect(network.button("border")).to_have_attribute("aria-pressed", "false")
        expect(network.page.locator(".frame-label")).to_have_count(5 if is_dark else 7)
        labels = [box(label) for label in network.page.locator(".frame-label").all()]
        assert not any(do_overlap(*two) for two in combinations(labels, 2))
        others = network.page.locator(".filmstrip-invert, .legend button, .frame-picture, h2, h3")
        for step in network.page.locator(".frame").all():
            step.hover()
            told = box(step.locator(".frame-detail"))
            for other in others.filter(visible=True).all():
                assert not do_overlap(told, box(other))
        network.button("border").click()
        expect(network.button("border")).to_have_attribute("aria-pressed", "true")
    # Pressed three times before a frame it is off: each press turns what is, not what is drawn.
    network.button("border").evaluate("button => (button.click(), button.click(), button.click())")
    expect(network.button("border")).to_have_attribute("aria-pressed", "false")
