"""One update of a training on the page, its numbers against torch.optim and autograd."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from torch import nn

from app.training.datasets import Dataset, load_dataset
from app.training.recipe import Recipe
from tests.pages.rest import eventually, settle, until
from tests.pages.screens import PHONE
from tests.places import ROOT
from tests.training.updates.book import Book

UPDATE = "/train#view=update"
# The first one is computed by a server that still loads its networks, beside other tests.
FIRST_UPDATE_MS = 60_000
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def number(text: str) -> float:
    """A number as the page prints it."""
    mantissa, _, power = text.strip().replace(",", "").partition(" · 10")
    return float(mantissa.translate(POWERS)) * 10.0 ** int(power.translate(POWERS) or 0)


def line(page: Page, name: str) -> list[float]:
    """Ours and PyTorch's number in a line of the step."""
    cells = page.locator(f'[data-line="{name}"] .is-number').all_inner_texts()
    return [number(text) for text in cells[:2] if text != "within the step"]


@pytest.fixture(scope="module")
def digits() -> tuple[Dataset, Dataset]:
    return load_dataset("mnist-subset", ROOT / "nothing-is-here", ROOT / "models")


def pull(book: Book, layer: str) -> float:
    """How long the gradient by a layer's weights and bias is."""
    gradients = [each.grad for each in book.model.get_submodule(layer).parameters()]
    return sum(each.square().sum().item() for each in gradients if each is not None)


def chosen(page: Page) -> tuple[int, ...]:
    """The weight that is written out, as the page's heading says."""
    heading = page.get_by_role("region", name="One weight written out").get_by_role("heading")
    return tuple(int(each) for each in re.findall(r"\d+", heading.inner_text().partition(":")[2]))


def expect_numbers(page: Page, book: Book, layer: str, at: tuple[int, ...]) -> None:
    """Every number of the step is that of PyTorch's own optimizer, and of autograd."""
    eventually(page, partial(compare_numbers, page, book, layer, at))


def compare_numbers(page: Page, book: Book, layer: str, at: tuple[int, ...]) -> None:
    """As the numbers are now."""
    parameter = book.model.get_parameter(f"{layer}.weight")
    assert parameter.grad is not None
    state = book.state()[f"{layer}.weight"]
    wanted = {
        "gradient": parameter.grad[at].item(),
        **{name: value[at].item() for name, value in state.items() if name != "step"},
        "change": (parameter[at] - book.before[f"{layer}.weight"][at]).item(),
        "value": parameter[at].item(),
    }
    for name, value in wanted.items():
        shown = line(page, name)
        assert shown == pytest.approx([value, value], rel=2e-3, abs=2e-8), name
    step = int(state["step"])
    assert line(page, "bias_correction1") == pytest.approx([1 - 0.9**step])
    assert line(page, "bias_correction2") == pytest.approx([1 - 0.999**step])
    assert line(page, "step_size") == pytest.approx([1e-3 / (1 - 0.9**step)])


def test_one_update_is_walked_through_and_is_torchs(
    visit: Any, axe: Any, screenshot: Any, digits: tuple[Dataset, Dataset]
) -> None:
    recipe = Recipe(dataset="mnist-subset")
    page = visit(UPDATE)
    sentence = page.locator(".update-sentence")
    expect(page.locator(".update-lines .katex").last).to_be_visible(timeout=FIRST_UPDATE_MS)
    book = Book(recipe, digits, 1)

    # From scratch, the weight of the largest gradient, all phases said with their numbers.
    at = chosen(page)
    gradient = book.model.get_parameter("conv1.weight").grad
    assert gradient is not None
    assert gradient[at].abs() == gradient.abs().max()
    expect_numbers(page, book, "conv1", at)
    loss = book.losses.mean().item()
    with torch.no_grad():
        after = nn.functional.cross_entropy(book.model(book.images), book.labels).item()
    expect(sentence).to_contain_text(f"from {loss:.4f} to {after:.4f}")
    right = int((book.logits.argmax(dim=1) == book.labels).sum())
    page.get_by_role("button", name="Forward").click()
    expect(sentence).to_contain_text(f"the largest is the right one for {right} of 64")
    page.get_by_role("button", name="One phase on").click()
    expect(sentence).to_contain_text(f"Its mean is {loss:.4f}")
    page.get_by_role("button", name="Backward").click()
    strongest = max(("conv1", "conv2", "fc1", "fc2"), key=lambda name: pull(book, name))
    expect(sentence).to_contain_text(f"most in {strongest}")
    axe(page)
    screenshot(page, "train-update", full_page=True)

    # Playing goes from the first phase to the last, and can be paused.
    page.get_by_role("button", name="Step", exact=True).click()
    page.get_by_role("button", name="Play").click()
    expect(sentence).to_contain_text("Forward")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").click()
    expect(sentence).to_contain_text("Step 1")
    expect(page.get_by_role("button", name="Play")).to_be_visible()

    # Another weight by the arrow keys, the next update with the same one, and another product.
    kernel = page.locator('[data-quantity="before"] value-grid')
    kernel.focus()
    moved = (*at[:3], at[3] + 1 if at[3] < 2 else at[3] - 1)
    kernel.press("ArrowRight" if at[3] < 2 else "ArrowLeft")
    expect(page.locator(".update-kernels .note").last).to_contain_text(f"column {moved[3]}")
    until(page, lambda: chosen(page) == moved)
    expect_numbers(page, book, "conv1", moved)
    page.get_by_role("button", name="Next update").click()
    expect(sentence).to_contain_text("Step 2")
    book = Book(recipe, digits, 2)
    expect_numbers(page, book, "conv1", moved)
    second = page.locator(".update-product").nth(1)
    second.click()
    expect(second).to_have_attribute("aria-pressed", "true")
    settle(page)
    factors = [number(each) for each in second.locator(".update-factors").inner_text().split("×")]
    product = number(second.locator(".sum-number").inner_text())
    assert factors[0] * factors[1] == pytest.approx(product, rel=1e-2)

    # The link brings the same weight of the same update.
    where = "-".join(map(str, moved))
    expect(page).to_have_url(re.compile(f"at=scratch%7E2%7Econv1%7E{where}"))
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator(".update-sentence")).to_contain_text("Step 2")
    until(again, lambda: chosen(again) == moved)
    again.close()

    # A dense layer of a trained network.
    page.get_by_role("button", name="Trained").click()
    page.locator(".update-layer-choice select").select_option("fc2")
    expect(page.locator(".update-weight h2")).to_contain_text("fc2")
    expect(sentence).to_contain_text("Step 1")
    expect(page.locator(".update-story")).to_contain_text("Adam’s moments begin at 0 here")
    until(page, lambda: len(chosen(page)) == 2)

    def agree() -> None:
        shown = line(page, "gradient")
        assert shown[0] == pytest.approx(shown[1], rel=1e-3, abs=1e-10)

    eventually(page, agree)


def ends_by(pictures: Locator, right: float) -> bool:
    """Whether none of some pictures goes beyond a place, in CSS px."""
    ends = pictures.evaluate_all("all => all.map((each) => each.getBoundingClientRect().right)")
    return bool(max(ends) <= right)


def test_an_update_on_a_phone_in_the_dark(
    visit: Any, axe: Any, screenshot: Any, watch: Any
) -> None:
    page = visit(UPDATE, size=PHONE, theme="dark", touch=True)
    expect(page.locator(".update-lines .katex").last).to_be_visible(timeout=FIRST_UPDATE_MS)
    width = "document.documentElement.scrollWidth"
    until(page, lambda: page.evaluate(width) <= PHONE["width"])
    # Nor are a dense unit's pictures wider than a small phone, and one points at them there.
    page.set_viewport_size({"width": 360, "height": 780})
    for layer, last in {"fc1": 55, "fc2": 15}.items():
        page.locator(".update-layer-choice select").select_option(layer)
        expect(page.locator(".update-weight h2")).to_contain_text(layer)
        grids = page.locator(".update-kernel-row.is-dense value-grid canvas")
        expect(grids).to_have_count(4)
        until(page, lambda: page.evaluate(width) <= 360)
        until(page, partial(ends_by, grids, 349))
        settle(page)
        box = grids.last.bounding_box()
        assert box
        grids.last.tap(position={"x": box["width"] - 1.5, "y": 1})
        until(page, partial(lambda column: chosen(page)[1:] == (column,), last))
    page.set_viewport_size(PHONE)
    # A recipe that cannot be taken is said, and what was shown stays.
    watch.expect("status of 422")
    page.get_by_label("batch size").fill("600")
    page.get_by_label("batch size").press("Enter")
    expect(page.locator(".update-problem")).to_contain_text("at most 512")
    expect(page.locator(".update-lines")).to_be_visible()
    # What dropout leaves out is drawn, unit by unit; where it is judged, nothing is left out.
    page.goto("/train#view=experiments")
    page.get_by_role("button", name="Units left out by chance").click()
    page.get_by_role("button", name="See inside one update").click()
    boards = page.get_by_role("region", name="Left out by chance").locator("figure")
    expect(boards.first).to_contain_text("left out")
    expect(boards.first.locator(".unit")).to_have_count(128)
    settle(page)
    count = boards.first.locator(".is-left-out").count()
    expect(boards.first).to_contain_text(f"{count} left out")
    assert 10 < count < 100
    expect(boards.first.locator(".unit")).to_have_count(128)
    expect(boards.last.locator(".is-left-out")).to_have_count(0)
    until(page, lambda: page.evaluate(width) <= PHONE["width"])
    axe(page)
    screenshot(page, "train-update-phone-dark", full_page=True)
