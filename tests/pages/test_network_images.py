"""Images that a person uploads: what a link keeps of them, and what happens meanwhile."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from tests.pages import oracle
from tests.pages.network import NetworkPage, opened
from tests.pages.rest import settle, until
from tests.pages.test_network_drawing import half_size, upload

PREPARE = "**/images/prepare?*"


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    """The page as a first-time visitor finds it."""
    return opened(visit("/"))


def digit(label: int, index: int = 3) -> Any:
    """A test digit (28, 28)."""
    images, labels = oracle.test_digits()
    return images[labels == label][index]


def photograph(label: int) -> FilePayload:
    """A digit on an uneven, grainy, coloured sheet that is wider than it is high."""
    grain = np.random.default_rng(7)
    height, width = 420, 560
    sheet = 205 + 25 * np.linspace(0, 1, width)[None, :] + grain.normal(0, 5, (height, width))
    large = np.asarray(Image.fromarray(digit(label)).resize((280, 280), Image.Resampling.BICUBIC))
    sheet[70:350, 150:430] -= 0.75 * large
    colours = np.clip(sheet[..., None] * np.array([1.0, 0.97, 0.88]), 0, 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(colours).save(buffer, "PNG")
    return {"name": "photo.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def choose(network: NetworkPage, file: FilePayload) -> None:
    """Picks a file as a person does."""
    with network.page.expect_file_chooser() as chooser:
        network.button("Upload", exact=False).click()
    chooser.value.set_files(file)


@pytest.mark.parametrize("options", ["", "&invert=never", "&without=crop.box"])
def test_the_link_of_an_image_shows_the_same_to_the_last_digit(
    network: NetworkPage, visit: Any, options: str
) -> None:
    choose(network, photograph(5))
    network.expect_prediction(5)
    page = network.page
    expect(page.locator(".frame-label", has_text="image")).to_be_visible()
    network.open(network.fragment("ink=") + "&open=fc2.5" + options)
    expect(network.detail.locator(".check")).to_be_visible()
    network.wait_for_exact_values()
    link = network.fragment(f"open=fc2.5.*{options}")
    assert "ink=" in link
    assert len(page.url) < 4_200
    other = NetworkPage(visit(f"/#{link}"))
    expect(other.detail.locator(".check")).to_be_visible()
    check = [n.detail.locator(".check") for n in (network, other)]
    until(page, lambda: len({each.get_attribute("data-torch") for each in check}) == 1)
    for each in (network, other):
        each.page.keyboard.press("Escape")
        each.page.keyboard.press("Escape")
        settle(each.page)
    until(page, lambda: np.array_equal(network.pixels("conv2"), other.pixels("conv2")))
    until(page, lambda: network.probabilities() == other.probabilities())


def test_an_mnist_digit_as_a_file_is_seen_bit_for_bit(network: NetworkPage) -> None:
    image = digit(8)
    choose(network, upload(image))
    network.expect_prediction(8)
    network.wait_for_exact_values()
    expected = oracle.activations(image / 255)["softmax"].tolist()
    until(network.page, lambda: network.probabilities() == pytest.approx(expected, abs=6e-4))


def test_what_is_drawn_during_an_upload_is_kept(network: NetworkPage) -> None:
    held: list[Route] = []
    network.page.route(PREPARE, lambda route: held.append(route))
    choose(network, upload(half_size(digit(2))))
    expect(network.button("Upload", exact=False)).to_have_attribute("aria-busy", "true")
    network.stroke([(0.1, 0.15), (0.4, 0.15)])
    network.stroke([(0.1, 0.3), (0.4, 0.3)])
    until(network.page, lambda: bool(held))
    held[0].continue_()
    expect(network.surface).to_have_attribute("aria-label", "Drawing surface: an image, 2 strokes")
    notice = network.page.locator("#upload-notice")
    expect(notice).to_contain_text("drew while the image was on its way")
    network.button("Undo").click()
    expect(network.surface).to_have_attribute("aria-label", "Drawing surface: an image")
    network.expect_prediction(2)
    expect(notice).to_be_empty()
    network.button("Undo").click()
    expect(network.surface).to_have_attribute("aria-label", "Drawing surface: 2 strokes")


def test_an_image_without_ink_says_so(network: NetworkPage) -> None:
    notice = network.page.locator("#upload-notice")
    choose(network, upload(np.full((90, 60), 150, np.uint8)))
    expect(notice).to_contain_text("No ink was found")
    expect(network.page.locator(".frame-label", has_text="invert")).to_have_count(0)
    network.stroke([(0.5, 0.2), (0.5, 0.8)])
    expect(notice).to_be_empty()


def test_white_ink_on_nothing_is_seen(network: NetworkPage, visit: Any) -> None:
    ink = np.asarray(Image.fromarray(digit(3)).resize((112, 112), Image.Resampling.BICUBIC))
    picture = Image.merge("LA", [Image.new("L", (112, 112), 255), Image.fromarray(ink)])
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    choose(network, {"name": "ink.png", "mimeType": "image/png", "buffer": buffer.getvalue()})
    network.expect_prediction(3)
    expect(network.page.locator("#upload-notice")).to_be_empty()
    other = NetworkPage(visit("/#" + network.fragment("ink=")))
    other.expect_prediction(3)


def test_a_sample_that_is_picked_meanwhile_overtakes_the_upload(network: NetworkPage) -> None:
    held: list[Route] = []
    network.page.route(PREPARE, lambda route: held.append(route))
    choose(network, upload(half_size(digit(2))))
    expect(network.button("Upload", exact=False)).to_have_attribute("aria-busy", "true")
    network.button("Sample 3").first.click()
    until(network.page, lambda: bool(held))
    with network.page.expect_response(PREPARE):
        held[0].continue_()
    expect(network.button("Upload", exact=False)).to_have_attribute("aria-busy", "false")
    expect(network.surface).to_have_attribute("aria-label", "Drawing surface: sample 3")


def test_an_answer_that_cannot_be_read_is_told(network: NetworkPage) -> None:
    network.page.route(PREPARE, lambda route: route.fulfill(status=200, body="no tensors"))
    choose(network, upload(half_size(digit(2))))
    expect(network.page.locator("#upload-error")).not_to_be_empty()
    expect(network.button("Upload", exact=False)).to_have_attribute("aria-busy", "false")


def test_a_cut_link_says_so_and_the_page_works(visit: Any) -> None:
    page = visit("/#ink=AQIFHBwBAAA")
    network = NetworkPage(page)
    expect(page.locator("#upload-error")).to_contain_text("part of the link is missing")
    network.stroke([(0.5, 0.15), (0.5, 0.85)])
    network.expect_prediction(1)
