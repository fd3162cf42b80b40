"""The left column of the Lab as a person finds it: by the names of its controls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from tests.pages.rest import settle


def number(text: str) -> float:
    """A number as a cell shows it: a true minus sign, maybe no zero before the point."""
    return float(text.replace("\u2212", "-"))


@dataclass(frozen=True)
class Controls:
    """A page at `/lab`, once its controls stand."""

    page: Page

    @property
    def column(self) -> Locator:
        """The column itself."""
        return self.page.locator("#lab-controls")

    @property
    def remark(self) -> Locator:
        """The line that says why something ends or was not taken."""
        return self.column.locator("#lab-remark")

    def caption(self, plane: str) -> Locator:
        """What the stage says below the input, the kernel or the output."""
        name = self.page.get_by_text(plane, exact=True)
        return self.page.locator("#lab-stage p").filter(has=name)

    def choose(self, name: str) -> None:
        """Chooses one of several by what it is called, as a click does."""
        radio = self.column.get_by_role("radio", name=name, exact=True)
        radio.locator("xpath=..").click()
        expect(radio).to_be_checked()

    def try_to_choose(self, name: str) -> None:
        """Clicks on what cannot be chosen."""
        # Playwright waits for what is disabled to become enabled; a person just clicks.
        radio = self.column.get_by_role("radio", name=name, exact=True)
        radio.locator("xpath=..").click(force=True)

    def slider(self, name: str) -> Locator:
        """A slider by its name."""
        return self.column.get_by_role("slider", name=name, exact=True)

    def slide(self, name: str, key: str, times: int = 1) -> int:
        """Moves a slider by a key, and gives the value it then has."""
        slider = self.slider(name)
        slider.focus()
        for _ in range(times):
            slider.press(key)
        self.rest()
        return int(slider.input_value())

    def set(self, name: str, value: float) -> None:
        """Types a number into a field."""
        field = self.column.get_by_role("spinbutton", name=name, exact=True)
        field.fill(str(value))
        field.press("Enter")
        self.rest()

    def cells(self, side: str) -> Locator:
        """The cells of the `Input` or the `Kernel`."""
        group = self.column.get_by_role("group", name=f"{side}, cell by cell")
        return group.get_by_role("textbox")

    def values(self, side: str, columns: int) -> NDArray[np.float64]:
        """The numbers in the cells, none of which has the focus."""
        shown = self.cells(side).evaluate_all("cells => cells.map((cell) => cell.value)")
        return np.array([number(text) for text in shown]).reshape(-1, columns)

    def rest(self) -> None:
        """Returns once what was done is on the screen."""
        settle(self.page)


def opened(page: Page) -> Controls:
    """The controls of a page that was just opened."""
    controls = Controls(page)
    expect(controls.cells("Kernel").first).to_be_visible()
    return controls
