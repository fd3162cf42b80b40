"""The Train page's data and network: drawings that are learned from, layers as torch has them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from torch import nn

from tests.pages.rest import until
from tests.pages.watch import Watch
from tests.server import LiveServer
from tests.web.bodies import png

SETS = "/api/v1/datasets"


@pytest.fixture
def api(live_server: LiveServer) -> Iterator[httpx2.Client]:
    """The live server's API."""
    with httpx2.Client(base_url=live_server.url, timeout=120, trust_env=False) as client:
        yield client


def draw(page: Page, paper: Locator, *points: tuple[float, float]) -> None:
    """One stroke through places of the paper, as shares of its sides."""
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def drop(place: Locator, *pictures: bytes) -> None:
    """Files with pictures, let go over a place of the page."""
    place.evaluate(
        """(place, pictures) => {
          const dataTransfer = new DataTransfer();
          for (const bytes of pictures) {
            dataTransfer.items.add(new File([new Uint8Array(bytes)], 'a.png', {type: 'image/png'}));
          }
          for (const kind of ['dragenter', 'dragover', 'drop']) {
            const options = {bubbles: true, cancelable: true, dataTransfer};
            place.dispatchEvent(new DragEvent(kind, options));
          }
        }""",
        [list(picture) for picture in pictures],
    )


def test_drawings_are_collected_and_learned_from(
    visit: Any, api: httpx2.Client, axe: Callable[..., None], watch: Watch, tmp_path: Path
) -> None:
    page: Page = visit("/train")
    section = page.locator("[data-part=data]")
    expect(section.locator("[data-set=mnist-subset] value-picture")).to_have_count(10)
    section.get_by_role("button", name="Draw your own").click()
    expect(section.get_by_role("textbox", name="Title of the data set")).to_have_value(
        "My drawings"
    )
    # An empty set of one's own is opened again: no second is made.
    section.get_by_role("button", name="Draw your own").click()
    name = next(card["name"] for card in api.get(SETS).json() if card["own"])
    # Too little to learn from is said before anything is begun, and without the server being asked.
    expect(section.get_by_role("alert")).to_contain_text("has 0 of the 2 labels")
    page.get_by_role("button", name="Start training").click()
    problem = page.locator(".train-problem")
    expect(problem).to_contain_text("has 0 of the 2 labels")
    paper, label = section.locator("drawing-surface"), section.locator("input[name=label]")
    for text, strokes in (("bar", ((0.5, 0.2), (0.5, 0.8))), ("line", ((0.2, 0.5), (0.8, 0.5)))):
        label.fill(text)
        pictures = section.get_by_role("region", name=text).locator(".data-picture")
        for index in range(5):
            draw(page, paper, *strokes)
            section.get_by_role("button", name=f"Keep as {text}").click()
            expect(pictures).to_have_count(index + 1)
            expect(paper).to_have_class(re.compile("is-empty"))
    expect(section.get_by_role("alert")).to_have_count(0)
    expect(problem).to_have_count(0)
    expect(page.locator("[data-part=plan]")).to_contain_text("8 images to learn from, 2 to")
    # The rate follows the size of the set.
    expect(page.locator("[data-setting='optimizer.lr'] input")).to_have_value("0.003")
    (card,) = (card for card in api.get(SETS).json() if card["own"])
    assert (card["name"], card["counts"]) == (name, {"bar": 5, "line": 5})

    # The file has the pictures that were drawn, upright ones first; it comes back as it was.
    with page.expect_download() as download:
        section.get_by_role("link", name="Export").click()
    file = tmp_path / "mine.npz"
    download.value.save_as(file)
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        images, labels = arrays["images"].astype(int), arrays["labels"]
    heights = (images.max(axis=2) > 0).sum(axis=1)
    widths = (images.max(axis=1) > 0).sum(axis=1)
    assert ((heights > widths) == (labels == 0)).all()
    section.get_by_role("button", name="Take picture 1 out of bar").click()
    expect(section.get_by_role("region", name="bar").locator(".data-picture")).to_have_count(4)
    expect(section.get_by_role("alert")).to_contain_text("has 4 of the 5 pictures")
    section.get_by_role("button", name="Put the picture back").click()
    expect(section.get_by_role("region", name="bar").locator(".data-picture")).to_have_count(5)
    expect(section.get_by_role("alert")).to_have_count(0)
    again = api.get(f"{SETS}/{name}.npz").content
    with np.load(io.BytesIO(again), allow_pickle=False) as arrays:
        assert np.array_equal(arrays["images"], images)
        assert np.array_equal(arrays["labels"], labels)
    # Pictures dropped anywhere but on the digit are kept under the label, all of them.
    one, other = (png(each.astype(np.uint8)) for each in images[:2])
    kept = section.get_by_role("region", name="line").locator(".data-picture")
    digit = page.locator(".digit-panel")
    undo = digit.get_by_role("button", name="Undo", exact=True)
    drop(page.locator("body"), one, other)
    expect(kept).to_have_count(7)
    expect(undo).to_be_disabled()
    drop(digit, one)
    expect(undo).to_be_enabled()
    label.fill("")
    drop(page.locator("body"), other)
    expect(section.get_by_role("alert")).to_contain_text("Name the label first")
    expect(kept).to_have_count(7)
    label.fill("line")
    with page.expect_file_chooser() as chooser:
        section.get_by_role("button", name="Add pictures").click()
    chooser.value.set_files({"name": "a.png", "mimeType": "image/png", "buffer": one})
    expect(kept).to_have_count(8)
    expect(section.get_by_role("alert")).to_have_count(0)
    card = next(card for card in api.get(SETS).json() if card["name"] == name)
    assert card["counts"] == {"bar": 5, "line": 8}
    # A plan for it that is still asked for is answered before it is gone.
    expect(page.locator("[data-part=plan]")).to_contain_text(
        re.compile("1[01] images to learn from")
    )
    section.get_by_role("button", name="Delete this data set").click()
    expect(section.get_by_role("status")).to_contain_text("My drawings is deleted.")
    section.locator("input[type=file][accept='.npz']").set_input_files(file)
    expect(section.get_by_role("region", name="bar").locator(".data-picture")).to_have_count(5)
    # Another of the same title is numbered.
    title = section.get_by_role("textbox", name="Title of the data set")
    for text in ("My drawings", "My drawings 2"):
        expect(title).to_have_value(text)
        if text == "My drawings":
            section.locator("input[type=file][accept='.npz']").set_input_files(file)
    axe(page, "[data-part=data]")

    # It is learned from, and the network tells the user's own classes apart.
    page.locator("[data-setting=epochs] input").fill("2")
    page.keyboard.press("Enter")
    # The list of runs has the same address.
    with page.expect_response(
        lambda answer: answer.url.endswith("/api/v1/runs") and answer.request.method == "POST"
    ) as begun:
        page.get_by_role("button", name="Start training").click()
    run = begun.value.json()
    assert "finished" in api.get(f"/api/v1/runs/{run['id']}/events").text
    expect(page.locator(".train-state")).to_have_text("finished")
    assert run["recipe"]["data"]["classes"] == ["bar", "line"]
    network = api.get(f"/api/v1/networks/run:{run['id']}").json()
    assert network["classes"] == ["bar", "line"]
    page.close()
    api.delete(f"/api/v1/runs/{run['id']}")
    for card in api.get(SETS).json():
        if card["own"]:
            api.delete(f"{SETS}/{card['name']}")


def test_layers_are_chosen_and_what_is_impossible_is_told(
    visit: Any, axe: Callable[..., None], watch: Watch
) -> None:
    watch.expect("status of 422")
    page: Page = visit("/train")
    section = page.locator("[data-part=network]")

    def choose(layer: str, setting: str, value: int) -> None:
        group = section.locator(f"details[data-layer={layer}]")
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        field = group.locator(f"[data-setting='layers.{layer}.{setting}'] input")
        field.fill(str(value))
        field.press("Enter")

    # What is refused stays as it was typed until it is typed anew, whatever else is changed.
    choose("conv1", "kernel_size", 31)
    conv1 = section.locator("details[data-layer=conv1]")
    kernel = conv1.locator("[data-setting='layers.conv1.kernel_size'] input")
    choose("conv1", "channels", 8)
    expect(kernel).to_have_value("31")
    expect(kernel).to_have_attribute("aria-invalid", "true")
    expect(conv1.get_by_role("alert")).to_contain_text("is 31, but has to be at most 28")
    page.get_by_role("button", name="Start training").click()
    expect(page.locator(".train-problem")).to_contain_text("kernel size is 31")
    kernel.fill("3")
    expect(conv1.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".train-problem")).to_have_count(0)
    kernel.press("Tab")
    expect(kernel).not_to_have_attribute("aria-invalid", "true")
    expect(conv1).to_have_attribute("open", "")
    choose("conv1", "kernel_size", 5)
    choose("conv1", "stride", 2)
    section.get_by_role("switch", name="third convolution").check()
    choose("conv3", "channels", 5)
    choose("conv3", "padding", 2)
    section.locator("details[data-layer=pool] summary").click()
    section.get_by_role("radio", name=re.compile("^average")).check(force=True)
    model = nn.Sequential(
        *(nn.Conv2d(1, 8, 5, stride=2, padding=1), nn.AvgPool2d(2)),
        *(nn.Conv2d(8, 64, 3, padding=1), nn.AvgPool2d(2)),
        *(nn.Conv2d(64, 5, 3, padding=2), nn.AvgPool2d(2), nn.Flatten()),
    )
    x, shapes = torch.zeros(1, 1, 28, 28), []
    for module in model:
        x = module(x)
        shapes.append("×".join(map(str, x.shape[1:])))
    names = ("conv1", "pool1", "conv2", "pool2", "conv3", "pool3", "flatten")
    lines = section.locator(".layer-lines tbody")
    for name, shape in zip(names, shapes, strict=True):
        expect(lines.locator(f"tr[data-layer={name}] td").first).to_have_text(shape)
    dense = nn.Sequential(nn.Linear(x.numel(), 128), nn.Linear(128, 10))
    parameters = sum(p.numel() for part in (model, dense) for p in part.parameters())
    expect(section.locator("tfoot td").nth(1)).to_have_text(f"{parameters:,}")
    expect(lines).to_contain_text("⌊(28 + 2 − 5) / 2⌋ + 1 = 13")
    axe(page, "[data-part=network]")

    # A pooling that no map is large enough for is refused beside its number.
    choose("pool", "kernel_size", 9)
    refusal = section.locator("[data-setting='layers.pool.kernel_size'] [role=alert]")
    expect(refusal).to_contain_text(re.compile("pool2: .*9"))
    section.get_by_role("button", name="MyCNN's own layers").click()
    expect(section.locator("tfoot td").nth(1)).to_have_text("421,642")

    # A trained network goes on: its last layer alone learns.
    section.get_by_role("combobox", name="begins with").select_option("fashion_mycnn")
    expect(page.locator("[data-plan=parameters]")).to_contain_text("1,290 of them trained")
    frozen = lines.locator("tr.is-frozen")
    expect(frozen).to_have_count(3)
    expect(lines.get_by_text("frozen", exact=True)).to_have_count(3)
    expect(section.locator("tfoot .layers-trained")).to_contain_text("1,290")
    section.get_by_role("switch", name="only a new last layer learns").uncheck()
    expect(frozen).to_have_count(0)


def test_the_sheet_shows_what_augmentation_makes_of_the_first_batch(
    visit: Any, api: httpx2.Client
) -> None:
    page: Page = visit("/train")
    sheet = page.locator(".augmented-sheet")
    expect(page.locator("[data-part=plan]")).to_contain_text("4,800 images to learn from")
    expect(sheet).to_have_count(0)
    page.get_by_role("switch", name="moved by chance").check()
    expect(sheet.locator("value-picture")).to_have_count(16)
    page.get_by_role("switch", name="flip").check()
    expect(sheet).to_have_attribute("aria-busy", "false")
    moves = {"rotation_degrees": 10, "scale": 0.1, "shift": 0, "flip": True}
    body = {"augmentation": moves, "dataset": "mnist-subset"}
    images = api.post("/api/v1/augmented", json=body).json()["images"]["data"]

    def agrees() -> bool:
        """Whether each picture is as dark, cell for cell, as the image of its place."""
        found = sheet.locator("canvas").evaluate_all(
            """all => all.map(canvas => {
              const {width, height} = canvas;
              const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
              const dark = Array.from({length: width * height}, (_, i) => 255 - data[4 * i]);
              return [height, width, dark];
            })"""
        )
        for (height, width, dark), image in zip(found, images, strict=True):
            shown = np.array(dark, float).reshape(height, width)
            wanted = torch.tensor(image[0], dtype=torch.float32)[None, None]
            small = nn.functional.interpolate(wanted, (height, width), mode="area")[0, 0].numpy()
            if np.corrcoef(shown.ravel(), small.ravel())[0, 1] < 0.9:
                return False
        return True

    until(page, agrees)
    page.get_by_role("switch", name="moved by chance").uncheck()
    expect(sheet).to_have_count(0)
