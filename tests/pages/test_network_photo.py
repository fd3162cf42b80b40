"""A photograph before a network of photographs: picked, uploaded, cropped, painted on, altered."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as transforms

from app.networks.checkpoint import load_checkpoint
from app.networks.registry import ARCHITECTURES
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import settle, until
from tests.pages.screens import PHONE
from tests.places import ROOT

NAME = "squeezenet1_1"
SIDE = 227
OF_COPY = "What the network answers is of this copy; the file itself may give other numbers."
ARCHITECTURE = ARCHITECTURES[NAME]
Pixels = NDArray[np.float32]


@cache
def model() -> torch.nn.Module:
    """The network by itself: PyTorch's module with the committed weights."""
    built = ARCHITECTURE.build()
    load_checkpoint(ROOT / "models" / NAME, built)
    return built.eval()


def cat() -> Pixels:
    """The photograph of the cat, (3, 300, 451)."""
    with Image.open(ROOT / "models" / "photographs" / "cat.jpg") as image:
        return np.asarray(image.convert("RGB"), np.float32).transpose(2, 0, 1) / np.float32(255)


def cropped(pixels: Pixels, top: int, left: int, side: int) -> torch.Tensor:
    """A square of a picture as torchvision brings it to the network's input."""
    planes = [
        transforms.resized_crop(
            Image.fromarray(plane), top, left, side, side, [SIDE, SIDE], InterpolationMode.LANCZOS
        )
        for plane in pixels
    ]
    return torch.tensor(np.stack([np.asarray(plane) for plane in planes])).clamp(0, 1)


def named(image: torch.Tensor) -> dict[str, float]:
    """What the network makes of its input, by class."""
    scale = ARCHITECTURE.normalization
    normalized = transforms.normalize(image, list(scale.mean), list(scale.std))
    with torch.inference_mode():
        shares = model()(normalized[None]).softmax(1)[0].tolist()
    return dict(zip(ARCHITECTURE.classes, shares, strict=True))


def compared(page: Page) -> dict[str, list[float]]:
    """The table of classes: before, where that is printed, and now."""
    rows = page.locator(".change-table tbody tr")
    return {
        row.locator("th").inner_text(): [
            number(re.sub("[▲▼<]", "", text)) / 100
            for text in row.locator("td").all_inner_texts()
            if text.strip()
        ]
        for row in rows.all()
    }


def says(page: Page, *wanted: dict[str, float]) -> bool:
    """Whether the table has these shares, before and now, of the classes that it names."""
    found = compared(page)
    return bool(found) and all(
        shares == pytest.approx([each[label] for each in wanted], abs=0.0015)
        for label, shares in found.items()
    )


def choose(page: Page, name: str, content: bytes) -> None:
    """Picks a file as a person does."""
    file: FilePayload = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload").click()
    chooser.value.set_files(file)


def compared_at_rest(page: Page) -> dict[str, list[float]]:
    """What stands in the table once the last answer is there."""
    before: dict[str, list[float]] = {}
    while before != (now := compared(page)):
        before = now
        page.wait_for_timeout(500)
    return before


def fragment(page: Page, has: str) -> str:
    """The link of what is shown, once it says so."""
    expect(page).to_have_url(re.compile(has))
    return "/" + page.url[page.url.index("#") :]


def test_a_photograph_is_shown_cropped_and_read_as_torch_reads_it(visit: Any, axe: Any) -> None:
    page = visit(f"/#network={NAME}")
    network = opened(page)
    expect(page.get_by_role("heading", name="Sample photographs")).to_be_visible()
    expect(network.surface).to_have_attribute(
        "aria-label", "Drawing surface: photograph, Chelsea, a cat"
    )
    expect(page.locator(".samples-caption")).to_contain_text("Stéfan van der Walt, CC0 1.0")
    until(page, lambda: says(page, named(cropped(cat(), 0, 75, 300))))
    labels = page.locator(".frames .frame-label")
    expect(labels).to_have_text(["photo", "crop", "resize", "normalize"])
    axe(page)
    # By keys, then by the mouse: as far right as the picture goes.
    handle = page.locator(".crop-handle")
    # Three keys within one frame are three steps.
    handle.evaluate(
        """handle => {
            for (let i = 0; i < 3; i++)
                handle.dispatchEvent(new KeyboardEvent('keydown',
                    { key: 'ArrowRight', shiftKey: true, bubbles: true, cancelable: true }));
        }"""
    )
    until(page, lambda: says(page, named(cropped(cat(), 0, 114, 300))))
    settle(page)
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 5, steps=5)
    page.mouse.up()
    until(page, lambda: says(page, named(cropped(cat(), 0, 151, 300))))
    handle.press("-")
    smaller = named(cropped(cat(), 15, 166, 270))
    until(page, lambda: says(page, smaller))
    # The link is written a moment after what it tells of.
    other = visit(fragment(page, r"part=[\d.]+_[\d.]+_0\.9"))
    until(other, lambda: says(other, smaller))


def test_what_is_tried_on_a_photograph_stands_beside_what_was_before(visit: Any) -> None:
    page = visit(f"/#network={NAME}")
    network = opened(page)
    before = cropped(cat(), 0, 75, 300)
    until(page, lambda: says(page, named(before)))
    page.get_by_text("What if").click()
    for _ in range(3):
        network.button("Shift to the right").click()
    grey = torch.tensor(ARCHITECTURE.normalization.mean)[:, None, None]
    moved = (before - grey).roll(3, 2)
    moved[:, :, :3] = 0
    moved = moved + grey
    until(page, lambda: says(page, named(before), named(moved)))
    expect(page.locator(".frames .frame-label")).to_contain_text(["alter"])
    network.button("Take all of that back").click()
    until(page, lambda: says(page, named(before)))
    # A patch over the eye: what is painted is grey on the paper, and the prediction follows.
    network.stroke([(0.36, 0.42), (0.38, 0.46)])
    expect(page.locator(".change-table caption")).to_have_text("What that changes")

    def is_moved() -> bool:
        shares = compared(page).get("Egyptian cat", [])
        return len(shares) == 2 and abs(shares[1] - shares[0]) > 0.01

    until(page, is_moved)
    egyptian = compared_at_rest(page)["Egyptian cat"]
    assert egyptian[0] == pytest.approx(named(before)["Egyptian cat"], abs=0.0015)
    painted = "/#" + network.fragment("ink=")
    network.button("Blur").click()
    network.stroke([(0.5, 0.5), (0.6, 0.6)])
    expect(network.surface).to_have_attribute("aria-label", re.compile("2 strokes"))
    network.button("Undo").click()
    until(page, lambda: compared(page).get("Egyptian cat") == egyptian)
    other = visit(painted)
    until(other, lambda: compared(other).get("Egyptian cat") == egyptian)
    network.button("Undo").click()
    until(page, lambda: says(page, named(before)))


def test_an_upload_keeps_its_colour_in_the_link_and_is_said_how(
    visit: Any, watch: Any, screenshot: Any
) -> None:
    page = visit(f"/#network={NAME}", size=PHONE, touch=True)
    network = opened(page)
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    with Image.open(ROOT / "models" / "photographs" / "coffee.jpg") as image:
        sheet = image.resize((2_000, 1_332)).rotate(90, expand=True).convert("CMYK")
        sheet.save(buffer, "JPEG", exif=exif, quality=90)
    choose(page, "coffee.jpg", buffer.getvalue())
    notice = page.locator("#upload-notice")
    expect(notice).to_contain_text(
        "JPEG, 2000×1332 pixels, made of CMYK, turned upright (orientation 6)"
    )
    expect(notice).to_contain_text(f"as 384×256 pixels: JPEG. {OF_COPY}")
    expect(page.locator(".change-table tbody th").first).to_have_text("espresso")
    settle(page)
    screenshot(page, "photo-phone")
    address = "/#" + network.fragment("ink=")
    assert len(address) < 26_000
    other = visit(address)
    until(other, lambda: compared(other) == compared(page))
    expect(network.surface).to_have_attribute("aria-label", re.compile("coffee.jpg"))
    red, green, blue = other.locator("drawing-surface canvas").evaluate(
        """canvas => {
            const copy = new OffscreenCanvas(canvas.width, canvas.height);
            const context = copy.getContext('2d');
            context.drawImage(canvas, 0, 0);
            const { width, height } = canvas;
            const { data } = context.getImageData(0, height / 4, width, height / 2);
            return [0, 1, 2].map((k) => data.filter((_, i) => i % 4 === k).reduce((a, b) => a + b));
        }"""
    )
    assert red > 1.2 * green > 1.2 * blue, "the table is brown"
    # A strip of one pixel's width, and a link that was cut.
    strip = io.BytesIO()
    Image.fromarray(np.full((4_000, 1, 3), 200, np.uint8)).save(strip, "PNG")
    choose(page, "strip.png", strip.getvalue())
    expect(notice).to_contain_text("PNG, 1×4000 pixels")
    expect(page.locator(".paper-remark")).to_contain_text("1×1 pixels are read and enlarged")
    # A small picture is kept as it is: the file's numbers are the page's.
    small = io.BytesIO()
    Image.fromarray(np.full((40, 60, 3), 200, np.uint8)).save(small, "PNG")
    choose(page, "small.png", small.getvalue())
    expect(notice).to_contain_text("as 60×40 pixels: PNG, without loss.")
    expect(notice).not_to_contain_text("copy")
    cut = visit(f"/#network={NAME}&ink=AQMC_9g")
    expect(cut.locator("#upload-error")).to_contain_text("part of the link is missing")


def test_the_example_is_of_what_the_network_reads_and_what_is_drawn_stays(visit: Any) -> None:
    page = visit("/")
    network: NetworkPage = opened(page)
    choice = page.get_by_role("combobox", name="Network")
    held: list[Route] = []
    forward = f"**/networks/{NAME}/forward*"
    page.route(forward, lambda route: held.append(route))
    choice.select_option(NAME)
    expect(network.surface).to_have_attribute("aria-label", re.compile("photograph, Chelsea"))
    # Back before the first has answered.
    choice.select_option("lenet5")
    page.unroute(forward)
    expect(network.surface).to_have_attribute("aria-label", "Drawing surface: sample 7")
    network.expect_prediction(7)
    network.stroke([(0.5, 0.15), (0.5, 0.85)])
    network.expect_prediction(1)
    page.get_by_text("What if").click()
    page.get_by_label("Turn").fill("45")
    expect(page.locator(".frames .frame-label", has_text="alter")).to_be_visible()
    expect(page.locator(".change-table caption")).to_have_text("What that changes")
    choice.select_option(NAME)
    expect(page.get_by_role("heading", name="Sample photographs")).to_be_visible()
    expect(network.surface).to_have_attribute("aria-label", "Drawing surface: 1 stroke")


def test_what_is_read_of_a_narrow_strip_is_seen_and_moved(visit: Any) -> None:
    page = visit(f"/#network={NAME}")
    opened(page)
    file = io.BytesIO()
    Image.effect_noise((40, 2000), 60).save(file, "PNG")
    payload = FilePayload(name="strip.png", mimeType="image/png", buffer=file.getvalue())
    page.locator("input[type=file]").first.set_input_files(payload)
    handle = page.locator(".crop-handle")
    expect(handle).to_have_attribute("aria-label", re.compile("10 by 10 pixels"))
    settle(page)
    frame, moves, sizes = (
        page.locator(each).evaluate(
            "e => (r => [r.left, r.top, r.right, r.bottom])(e.getBoundingClientRect())"
        )
        for each in (".crop-box", ".crop-handle", ".crop-corner")
    )
    # The handle above it, the corner below: the frame itself is covered by neither.
    assert moves[3] < frame[1]
    assert frame[3] < sizes[1]
    before = handle.get_attribute("aria-label")
    page.mouse.move((moves[0] + moves[2]) / 2, (moves[1] + moves[3]) / 2)
    page.mouse.down()
    page.mouse.move((moves[0] + moves[2]) / 2, moves[1] + 60, steps=5)
    page.mouse.up()
    expect(handle).not_to_have_attribute("aria-label", str(before))
