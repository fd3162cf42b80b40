"""Why a network decides so: every number on the page is that of captum or torch."""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from scipy.stats import spearmanr
from torch import Tensor

from app.networks import Library
from tests.pages import attribution_oracle, oracle
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import PHONE
from tests.places import ROOT

EXPLAIN = "**/networks/efficientnet_lite0/explain?*"
PLACE = re.compile(r"row (\d+), column (\d+): ([^,]+)")


def seven() -> Any:
    """The digit that a first visit opens with, (28, 28) in [0, 1]."""
    images, labels = oracle.test_digits()
    return images[labels == 7][4] / 255


def why(page: Page) -> Locator:
    """The instrument."""
    return page.locator(".why")


def answered(page: Page) -> None:
    """Returns once what is asked is answered."""
    expect(why(page)).to_have_attribute("aria-busy", "false")


def ask(page: Page, method: str) -> None:
    """Chooses a method, and waits for its map."""
    why(page).get_by_role("button", name=method, exact=True).click()
    expect(why(page).locator(".detail-settings")).to_contain_text(method)
    answered(page)


def expect_place(readout: Locator, expected: Tensor) -> None:
    """The figures name a place, and the oracle's value there; without a pointer the largest."""
    eventually(readout.page, partial(name_place, readout, expected))


def name_place(readout: Locator, expected: Tensor) -> None:
    """As the figures are now."""
    text = readout.inner_text()
    found = PLACE.search(text)
    assert found, text
    row, column, value = int(found[1]), int(found[2]), number(found[3])
    assert value == pytest.approx(float(expected[row, column]), rel=2e-3, abs=1e-6), text
    if text.startswith("largest"):
        largest = float(expected.abs().max())
        assert abs(value) == pytest.approx(largest, rel=2e-3)


def figures(page: Page) -> list[str]:
    """The numbers of what adds up, as they stand."""
    return why(page).locator(".why-complete dd").all_inner_texts()


def test_every_method_shows_captums_numbers_and_what_it_cannot_show(visit: Any, axe: Any) -> None:
    network = opened(visit("/"))
    network.wait_for_exact_values()
    page, image = network.page, attribution_oracle.normalized(seven())
    model = attribution_oracle.model()
    network.button("Why 7?").click()
    expect(page.get_by_role("heading", name="Why 7", exact=True)).to_be_visible()
    answered(page)
    readout = why(page).locator(".why-readout")
    expected = attribution_oracle.saliency(model, image, 7)
    expect(readout).to_contain_text("largest at")
    expect_place(readout, expected)
    expect(why(page)).to_contain_text("Does not show whether the pixel speaks for or against")

    # The value under the pointer, and of the arrow keys.
    surface = why(page).locator("attribution-map")
    box = surface.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 13.5 / 28, box["y"] + box["height"] * 20.5 / 28)
    expect(readout).to_contain_text("row 20, column 13:")
    expect_place(readout, expected)
    surface.focus()
    surface.press("ArrowDown")
    expect(readout).to_contain_text("row 21, column 13:")
    expect(readout).to_have_attribute("aria-live", "polite")
    expect_place(readout, expected)
    share = float(expected[21, 13] / expected.max())
    expect(readout).to_contain_text(f"{100 * share:.1f} % of the largest")

    ask(page, "Occlusion")
    page.mouse.move(0, 0)
    expect_place(readout, attribution_oracle.occlusion(model, image, 7, 4, 2))

    # No positive evidence is said; the layer is chosen, and the map no finer than it.
    ask(page, "Grad-CAM")
    expect(why(page)).to_contain_text("There is no positive evidence for this class here.")
    assert not attribution_oracle.grad_cam(model, image, 7, "conv2").any()
    expect(why(page).locator(".why-readout")).to_have_text("zero everywhere")
    expect(page.get_by_role("combobox", name="Layer")).to_contain_text("last convolution (conv2)")
    page.get_by_role("combobox", name="Layer").select_option("conv1")
    expect(why(page).locator(".detail-settings")).to_have_text("Grad-CAM · conv1")
    page.get_by_role("combobox", name="Layer").select_option("relu2")
    expect(why(page).locator(".detail-settings")).to_have_text("Grad-CAM · relu2")
    answered(page)
    expect(why(page)).to_contain_text("14×14 places over 28×28 pixels")
    page.get_by_role("combobox", name="Class").select_option("2")
    expect(page.get_by_role("heading", name="Why 2", exact=True)).to_be_visible()
    answered(page)
    expect(readout).to_contain_text("largest at")
    expect_place(readout, attribution_oracle.grad_cam(model, image, 2, "relu2"))
    axe(page, ".why")


def test_two_classes_are_compared_and_random_layers_stand_beside(visit: Any) -> None:
    page = visit("/#why=integrated_gradients&why.class=7&why.against=1")
    opened(page)
    expect(page.get_by_role("heading", name="Why 7 and not 1")).to_be_visible()
    answered(page)
    image = attribution_oracle.normalized(seven())
    contrast = attribution_oracle.Contrast(attribution_oracle.model(), 7, 1)
    trained = attribution_oracle.integrated_gradients(contrast, image)
    expect(why(page).locator(".why-complete dd")).to_have_count(4)
    expect_place(why(page).locator(".why-readout"), trained)
    answered(page)
    settle(page)
    with torch.no_grad():
        here = float(contrast(image))
        there = float(contrast(attribution_oracle.normalized(np.zeros((28, 28)))))
    shown = [number(text) for text in figures(page)]
    assert shown == pytest.approx([float(trained.sum()), here, there, here - there], rel=1e-3)

    page.get_by_role("switch", name="Random layers").check()
    expect(why(page).locator("figure")).to_have_count(2)
    page.get_by_role("slider").fill("2")
    expect(page.get_by_role("heading", name="fc2 and fc1 random")).to_be_visible()
    answered(page)
    random = attribution_oracle.Contrast(attribution_oracle.randomized(["fc2", "fc1"]), 7, 1)
    untrained = attribution_oracle.integrated_gradients(random, image)
    expect_place(why(page).locator(".why-readout").last, untrained)
    alike = spearmanr(trained.flatten(), untrained.flatten()).statistic
    said = why(page).locator(".why-likeness")

    def is_alike() -> bool:
        found = re.findall(r"[−\d.]+\d", said.inner_text())
        return bool(found) and number(found[0]) == pytest.approx(alike, abs=0.02)

    until(page, is_alike)

    # The link has all of it, and Esc goes back to the whole network.
    expect(page).to_have_url(re.compile(r"why\.random=2"))
    opened(visit(page.url[page.url.index("/#") :]))
    page.keyboard.press("Escape")
    expect(page.locator(".why")).to_have_count(0)
    page.keyboard.press("w")
    expect(page.get_by_role("heading", name="Why 7 and not 1")).to_be_visible()
    page.keyboard.press("Shift+W")
    expect(page.locator(".why")).to_have_count(0)


def test_a_class_is_never_compared_with_itself(visit: Any) -> None:
    page = visit("/#network=lenet5&why=grad_cam&why.against=1")
    network = opened(page)
    expect(page.get_by_role("heading", name="Why 7 and not 1")).to_be_visible()
    answered(page)
    refused: list[int] = []
    page.on("response", lambda got: refused.append(got.status) if got.status >= 400 else None)
    against = page.get_by_role("combobox", name="Against")
    expect(against.get_by_role("option", name="7", exact=True)).to_have_count(0)
    expect(against.get_by_role("option", name="3", exact=True).first).to_be_attached()
    # A new drawing is predicted as the class it was to be compared with.
    network.button("Clear").click()
    network.stroke([(0.5, 0.15), (0.5, 0.85)])
    network.expect_prediction(1)
    expect(page.get_by_role("heading", name="Why 1", exact=True)).to_be_visible()
    answered(page)
    expect(against).to_have_value("")
    against.select_option("4")
    page.get_by_role("combobox", name="Class").select_option("4")
    expect(page.get_by_role("heading", name="Why 4", exact=True)).to_be_visible()
    answered(page)
    expect(why(page).locator(".why-readout")).to_contain_text(PLACE)
    assert refused == []


def test_no_map_stands_under_a_question_that_has_failed(visit: Any, watch: Any) -> None:
    watch.expect("status of 422")
    page = visit("/#why=grad_cam&why.class=2")
    opened(page)
    answered(page)
    readout = why(page).locator(".why-readout")
    expect(readout).to_contain_text("largest at")
    problem = {"detail": "Not now.", "status": 422}
    kind = "application/problem+json"
    page.route(
        "**/explain?*", lambda route: route.fulfill(status=422, json=problem, content_type=kind)
    )
    page.get_by_role("combobox", name="Class").select_option("3")
    expect(why(page).get_by_role("alert")).to_have_text("Not now.")
    expect(page.get_by_role("heading", name="The picture", exact=True)).to_be_visible()
    expect(readout).to_have_text("")
    page.unroute("**/explain?*")
    page.get_by_role("button", name="Ask again").click()
    expect(readout).to_contain_text("largest at")


def test_numbers_keep_their_names_while_others_are_on_their_way(visit: Any) -> None:
    page = visit("/#why=integrated_gradients&why.class=7")
    opened(page)
    answered(page)
    name = why(page).locator(".why-complete dt").nth(1)
    expect(name).to_have_text("the logit of 7")
    held: list[Any] = []
    page.route("**/explain?*", lambda route: held.append(route))
    page.get_by_role("combobox", name="Class").select_option("3")
    expect(page.get_by_role("heading", name="Why 3", exact=True)).to_be_visible()
    until(page, lambda: bool(held))
    expect(name).to_have_text("the logit of 7")
    expect(why(page).locator(".why-figure")).to_have_class(re.compile("is-old"))
    held[0].continue_()
    expect(name).to_have_text("the logit of 3")


def covered_probability(row: int, column: int, side: int) -> float:
    """What is left of the seven where a patch of empty paper lies over it."""
    image = seven().copy()
    image[row : row + side, column : column + side] = 0
    return float(oracle.activations(image)["softmax"][7])


def test_a_patch_is_dragged_and_the_probability_moves(visit: Any, axe: Any) -> None:
    page = visit("/#why=hand&why.patch=8.9.7.")
    network: NetworkPage = opened(page)
    board, moved = page.locator("patch-board"), page.locator(".why-moved strong")

    def expect_patch(row: int, column: int, side: int) -> None:
        expect(board).to_have_attribute(
            "aria-label",
            f"A patch of {side}×{side} pixels at row {row}, column {column}. "
            "Arrow keys move it, plus and minus change its size.",
        )
        left = 100 * covered_probability(row, column, side)
        expect(moved).to_have_text(f"{left:.1f} %")

    expect_patch(8, 9, 7)
    before = 100 * float(oracle.activations(seven())["softmax"][7])
    expect(page.get_by_role("row", name="before")).to_contain_text(f"{before:.1f} %")
    expect(page.locator(".why")).to_contain_text("Filled with 0, empty paper")
    box = board.bounding_box()
    assert box is not None
    pixel = box["width"] / 28
    # Taken in its middle, carried seven rows down and four columns to the right.
    page.mouse.move(box["x"] + 12.5 * pixel, box["y"] + 11.5 * pixel)
    page.mouse.down()
    page.mouse.move(box["x"] + 16.5 * pixel, box["y"] + 18.5 * pixel, steps=5)
    page.mouse.up()
    expect_patch(15, 13, 7)
    board.focus()
    board.press("ArrowLeft")
    board.press("ArrowUp")
    board.press("+")
    expect_patch(13, 11, 9)
    board.press("Shift+ArrowUp")
    expect_patch(4, 11, 9)
    network.button("mean").click()
    expect(page.locator(".why")).to_contain_text("the mean of the training pictures (0.131)")
    expect(page).to_have_url(re.compile(r"why\.patch=4\.11\.9\.mean"))
    axe(page, ".why")


def test_by_hand_reads_the_difference_of_the_two_classes_that_are_compared(visit: Any) -> None:
    page = visit("/#why=hand&why.class=7&why.against=1&why.patch=8.9.7.")
    network: NetworkPage = opened(page)
    expect(page.get_by_role("heading", name="Why 7 and not 1")).to_be_visible()
    expect(page.get_by_role("combobox", name="Against")).to_have_value("1")
    covered = seven().copy()
    covered[8:15, 9:16] = 0
    before, after = (oracle.activations(image)["fc2"] for image in (seven(), covered))
    expect(why(page)).to_contain_text("What becomes of the logit of 7 less that of 1")
    expect(why(page)).to_contain_text("what becomes of the difference of the two logits when")
    for name, logits in (("before", before), ("with the patch", after)):
        cells = page.get_by_role("row", name=name).get_by_role("cell")
        expect(cells).not_to_contain_text(["…", "…", "…"])
        expected = [float(logits[7] - logits[1]), float(logits[7]), float(logits[1])]
        assert [number(text) for text in cells.all_inner_texts()] == pytest.approx(
            expected, rel=1e-3
        )
    moved = float(after[7] - after[1] - before[7] + before[1])
    word = "rises" if moved > 0 else "falls"
    expect(page.locator(".why-moved span")).to_have_text(f"{word} by {abs(moved):.3g}")
    network.button("Occlusion").click()
    expect(page.get_by_role("heading", name="Why 7 and not 1")).to_be_visible()


def test_of_an_empty_picture_there_is_nothing_to_explain(visit: Any) -> None:
    page = visit("/#why=saliency")
    network = opened(page)
    answered(page)
    sentence = network.detail.get_by_text("there is nothing to explain")
    network.button("Clear").click()
    expect(sentence).to_be_visible()
    expect(why(page)).to_have_count(0)
    network.detail.get_by_role("button", name="Close").click()
    expect(sentence).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile(r"^Why .*\?"))).to_have_count(0)
    page.keyboard.press("w")
    expect(sentence).to_be_visible()
    # As soon as there is something, it is asked about.
    network.stroke([(0.5, 0.15), (0.5, 0.85)])
    expect(page.get_by_role("heading", name="Why 1", exact=True)).to_be_visible()
    answered(page)
    expect(page.get_by_role("button", name="Why 1?").first).to_be_visible()


def test_the_map_follows_the_pen(visit: Any) -> None:
    page = visit("/#why=saliency")
    network = opened(page)
    answered(page)
    readout = why(page).locator(".why-readout")
    expect(readout).to_contain_text("largest at")
    before = readout.inner_text()
    network.button("Clear").click()
    network.stroke([(0.5, 0.15), (0.5, 0.85)])
    network.expect_prediction(1)
    expect(page.get_by_role("heading", name="Why 1", exact=True)).to_be_visible()
    expect(readout).not_to_have_text(before)
    answered(page)
    # Of another network it is asked as well, by the same method.
    page.get_by_role("combobox", name="Network", exact=True).select_option("lenet5")
    expect(page).to_have_url(re.compile("network=lenet5.*why=saliency"))
    expect(page.get_by_role("heading", name="Why 1", exact=True)).to_be_visible()
    answered(page)
    expect(readout).to_contain_text("largest at")


def test_of_a_photograph_the_map_is_captums_and_a_slow_question_is_given_up(visit: Any) -> None:
    page = visit("/#network=efficientnet_lite0&why=grad_cam")
    network = opened(page)
    answered(page)
    expect(why(page)).to_contain_text("7×7 places over 224×224 pixels")
    before = why(page).locator(".why-readout").inner_text()
    with page.expect_request(EXPLAIN) as asked:
        network.button("Sample A cup of coffee").click()
    expect(why(page).locator(".why-readout")).not_to_have_text(before)
    answered(page)
    # The picture that was asked about is the network's own input, before it is normalized.
    image = torch.from_numpy(np.load(io.BytesIO(asked.value.post_data_buffer or b"")))
    served = Library.load(ROOT / "models", torch.device("cpu")).get("efficientnet_lite0")
    images = served.normalize(image)
    index = int(served.model(images).argmax())
    title = f"Why {served.architecture.classes[index]}"
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expected = attribution_oracle.grad_cam(served.model, images, index, "head.conv")
    assert expected.shape == (7, 7)
    expect_place(why(page).locator(".why-readout"), expected)
    saliency = attribution_oracle.saliency(served.model, images, index)
    ask(page, "Saliency")
    expect_place(why(page).locator(".why-readout"), saliency)
    why(page).get_by_role("button", name="Occlusion").click()
    expect(why(page).get_by_role("progressbar")).to_be_visible()
    expect(why(page).locator(".why-progress")).to_contain_text("of 169 steps")
    page.get_by_role("button", name="Cancel").click()
    expect(why(page).locator(".why-progress")).to_contain_text("Stopped.")
    # Another question is answered at once: nothing is left over of the one that was given up.
    ask(page, "Grad-CAM")
    expect(why(page).locator(".why-readout")).to_contain_text("largest at")


def test_it_is_asked_on_a_phone(visit: Any, axe: Any) -> None:
    page = visit("/", size=PHONE, touch=True)
    opened(page)
    page.locator(".paper-prediction").get_by_role("button", name="Why 7?").tap()
    heading = page.get_by_role("heading", name="Why 7", exact=True)
    expect(heading).to_be_in_viewport()
    answered(page)
    until(page, lambda: page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])
    why(page).locator("attribution-map").tap()
    expect(why(page).locator(".why-readout")).to_contain_text(
        re.compile(r"row 1[34], column 1[34]:")
    )
    axe(page, ".why")
