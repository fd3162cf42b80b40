"""The stage of the Lab as a person uses it: by its cells, its label and its buttons."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, Position, expect
from torch import Tensor

from tests.pages.network import number
from tests.pages.rest import eventually, settle

# What the page opens with: a small digit under a Sobel kernel.
GLYPH = torch.tensor(
    [
        [0, 0, 0.2, 0.5, 0.5, 0.2, 0, 0],
        [0, 0.2, 0.7, 1, 1, 0.7, 0.2, 0],
        [0, 0.3, 1, 0.3, 0.2, 1, 0.5, 0],
        [0, 0.2, 0.3, 0, 0.2, 1, 0.5, 0],
        [0, 0, 0, 0.2, 0.8, 0.8, 0.2, 0],
        [0, 0, 0.3, 1, 0.8, 0.2, 0, 0],
        [0, 0.2, 1, 1, 0.8, 0.8, 0.7, 0.2],
        [0, 0.2, 0.7, 0.7, 0.7, 0.7, 0.5, 0.2],
    ],
    dtype=torch.float64,
)
SOBEL = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=torch.float64)


@dataclass(frozen=True)
class Stage:
    """A page at `/lab`, once its planes stand."""

    page: Page

    @property
    def element(self) -> Locator:
        """The stage itself."""
        return self.page.locator("#lab-stage lab-stage")

    @property
    def label(self) -> Locator:
        """What stands beside the explained cell."""
        return self.page.locator(".lab-label")

    @property
    def check(self) -> Locator:
        """Our number, PyTorch's, the difference."""
        return self.page.locator(".lab-check")

    @property
    def count(self) -> Locator:
        """The frame that is shown, of how many."""
        return self.page.locator(".transport-count")

    def frame(self, side: str) -> Locator:
        """What takes the focus for one side."""
        return self.element.locator(f'.lab-frame[data-side="{side}"]')

    def caption(self, title: str) -> Locator:
        """The line below a plane."""
        name = self.page.get_by_text(title, exact=True)
        return self.element.locator(".lab-caption").filter(has=name)

    def button(self, name: str) -> Locator:
        """A button below the planes."""
        return self.page.locator("#lab-stage").get_by_role("button", name=name, exact=True)

    def place(self, side: str, shape: tuple[int, int], row: int, column: int) -> Position:
        """The middle of a cell of a side with one plane, on the page at rest."""
        self.rest()
        box = self.frame(side).bounding_box()
        assert box is not None
        return {
            "x": box["x"] + box["width"] * (column + 0.5) / shape[1],
            "y": box["y"] + box["height"] * (row + 0.5) / shape[0],
        }

    def hover(self, side: str, shape: tuple[int, int], row: int, column: int) -> None:
        """Moves the pointer to a cell."""
        at = self.place(side, shape, row, column)
        self.page.mouse.move(at["x"], at["y"])
        self.rest()

    def click(self, side: str, shape: tuple[int, int], row: int, column: int) -> None:
        """Clicks on a cell."""
        at = self.place(side, shape, row, column)
        self.page.mouse.click(at["x"], at["y"])
        self.rest()

    def drag(self, shape: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> None:
        """Paints over the input from one cell to another."""
        first, last = self.place("input", shape, *start), self.place("input", shape, *end)
        mouse = self.page.mouse
        mouse.move(first["x"], first["y"])
        mouse.down()
        mouse.move(last["x"], last["y"], steps=3)
        mouse.up()
        self.rest()

    def value(self) -> float:
        """The number at the end of the label."""
        return number(self.label.locator(".lab-label-value").inner_text())

    def expect_value(self, value: float, abs: float = 5e-5) -> None:
        """The number at the end of the label is this one, as soon as it follows."""

        def is_so() -> None:
            assert self.value() == pytest.approx(value, abs=abs)

        eventually(self.page, is_so)

    def spoken(self) -> Locator:
        """What a screen reader was told last."""
        return self.element.locator("[aria-live]")

    def pixels(self, side: str, shape: tuple[int, int], row: int, column: int) -> NDArray[np.uint8]:
        """What a cell looks like, without its edges: (rows, columns, RGB)."""
        box = self.frame(side).bounding_box()
        assert box is not None
        width, height = box["width"] / shape[1], box["height"] / shape[0]
        at = self.place(side, shape, row, column)
        picture = self.page.screenshot(
            clip={
                "x": at["x"] - width / 2 + 4,
                "y": at["y"] - height / 2 + 4,
                "width": width - 8,
                "height": height - 8,
            }
        )
        return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))

    def rest(self) -> None:
        """Returns once what was done is on the screen."""
        settle(self.page)


def opened(page: Page) -> Stage:
    """The stage as soon as its planes stand, at rest."""
    stage = Stage(page)
    expect(stage.caption("input")).to_be_visible()
    stage.rest()
    return stage


def batch(plane: Tensor) -> Tensor:
    """One plane as torch's functions take it."""
    return plane[None, None]
