"""The side of the Lab as a person finds it: sweep, comparison, and what one takes away."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@dataclass(frozen=True)
class Side:
    """A page at `/lab`, once PyTorch's numbers have come."""

    page: Page

    @property
    def column(self) -> Locator:
        """The column itself."""
        return self.page.locator("#lab-side")

    def part(self, title: str) -> Locator:
        """One of its parts by its heading."""
        return self.column.get_by_role("region", name=title, exact=True)

    def copied(self, kind: str) -> str:
        """The text that is on the clipboard after one of the texts was copied."""
        self.choose_text(kind)
        button = self.part("Take away").get_by_role("button", name="Copy", exact=True)
        expect(button).to_be_enabled()
        button.click()
        expect(
            self.part("Take away").get_by_role("button", name="Copied", exact=True)
        ).to_be_visible()
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text

    def choose_text(self, kind: str) -> None:
        """Shows one of the texts."""
        radio = self.part("Take away").get_by_role("radio", name=kind, exact=True)
        radio.locator("xpath=..").click()
        expect(radio).to_be_checked()

    def saved(self, button: str) -> bytes:
        """The file that a button saves."""
        with self.page.expect_download() as download:
            self.part("Take away").get_by_role("button", name=button, exact=True).click()
        return Path(download.value.path()).read_bytes()

    def tensors(self) -> list[str]:
        """The names of the tensors whose numbers can be saved."""
        options = self.part("Take away").get_by_label("Whose numbers").locator("option")
        names: list[str] = options.evaluate_all("options => options.map(({ value }) => value)")
        return names

    def choose_tensor(self, name: str) -> None:
        """Whose numbers are saved."""
        self.part("Take away").get_by_label("Whose numbers").select_option(name)

    def array(self, name: str) -> NDArray[np.float64]:
        """One tensor, saved for numpy and loaded by it."""
        self.choose_tensor(name)
        loaded: NDArray[np.float64] = np.load(io.BytesIO(self.saved("NPY")), allow_pickle=False)
        return loaded

    def cells(self, kernel: str | None = None) -> Locator:
        """The cells of the sweep, all of them or those of one grid."""
        grids = self.part("Sweep").get_by_role("table")
        grid = grids if kernel is None else grids.filter(has_text=f"kernel {kernel}")
        return grid.get_by_role("cell").get_by_role("button")


def opened(page: Page) -> Side:
    """The side as soon as there is a program to copy."""
    side = Side(page)
    expect(side.part("Take away").get_by_text("import torch")).to_be_visible()
    return side
