"""The bare pages of the benchmarks paint what they are told to, after the event that asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from app.bench import browser, lab_page, pen_to_picture, protocol
from app.bench.bodies import SAFETENSORS
from app.bench.pen import Pen
from app.bench.processes import Server, bare_server
from app.bench.stage import Stage

PICTURES = ((40, 20), (30, 10))
CELL = 30
BOXES = {"x": 8, "y": 8, "rows": 4, "columns": 5}
BOARDS = [{"cell": CELL, "boxes": [{**BOXES, "columns": count}]} for count in (5, 3)]
# In the very next frame. A Chromium without windows may tell of a pointer at rest in the corner,
# too, until it is moved.
ANSWERED = "(wanted) => benchAnswers.some(({ kind, frames }) => kind === wanted && frames === 1)"


@pytest.fixture(scope="module")
def bare() -> Iterator[Server]:
    with bare_server(500, SAFETENSORS) as server:
        yield server


@pytest.fixture
def lab(browser: Browser, bare: Server) -> Iterator[Page]:
    page = lab_page._new_page(browser, lab_page.bare_page(bare.url, (400, 200), BOARDS))
    yield page
    page.close()


def painted(page: Page, x: int, y: int) -> bool:
    return bool(
        page.evaluate(
            "([x, y]) => document.querySelector('canvas').getContext('2d')"
            ".getImageData(x, y, 1, 1).data[3] > 0",
            [x, y],
        )
    )


def test_the_bare_network_paints_every_picture_after_every_movement(bare: Server) -> None:
    with protocol.tab(browser.flags()) as tab:
        pen = Pen(tab, pen_to_picture.bare_page(bare.url, PICTURES))
        assert tab.evaluate(pen_to_picture.PAINTED)["bytes"] == 500
        pen.forget()
        pen.draw(3)
        recording = pen.recording()
        assert len(recording.moves) > 20
        assert len(recording.waits_ms) == len(recording.moves)
        assert min(recording.durations_ms) > 0
        # "0", of which every byte of the bare answer consists, as a grey of full opacity.
        assert tab.evaluate(
            "[...document.querySelectorAll('#maps canvas')].map((canvas) => ["
            "canvas.width, canvas.height, ...canvas.getContext('2d')"
            ".getImageData(canvas.width - 1, canvas.height - 1, 1, 1).data])"
        ) == [[width, height, 48, 48, 48, 255] for width, height in PICTURES]


def test_the_bare_lab_paints_the_cells_of_its_slider(lab: Page) -> None:
    stage = Stage(lab)
    right, below = 8 + 4 * CELL + 15, 8 + 3 * CELL + 15
    assert painted(lab, right, below)
    assert not painted(lab, right + CELL, below)
    stage.slide(0)
    lab.wait_for_function(ANSWERED, arg="keydown")
    assert not painted(lab, right, below)
    assert painted(lab, right - 2 * CELL, below)


def test_the_bare_lab_answers_the_pointer_in_the_next_frame(lab: Page) -> None:
    stage = Stage(lab)
    stage.point(0)
    lab.wait_for_function(ANSWERED, arg="pointermove")
