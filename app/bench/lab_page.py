"""The Lab in Chromium: from a slider to the repainted stage, from the pointer to the answer.

Beside it a bare page paints the same cells with a number in each by plain calls of the canvas,
after the same key, and outlines the cell under the pointer. Both are told in turn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from app.bench import browser
from app.bench.bodies import SAFETENSORS
from app.bench.options import Options
from app.bench.pace import route_ms, slowness, sway, work_ms
from app.bench.processes import bare_server, our_server
from app.bench.row import Amount, Row
from app.bench.stage import BOARD, KEEP_ANSWERS, SIZE, Answer, Stage
from app.bench.timing import percentile, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "lab"
SIDE = 32
STRIDES = 4
REST_MS = 600
TARGET = 1.5


def measure(options: Options) -> list[Row]:
    """A 32×32 input with its numbers: a slider moved by key, the pointer over the cells."""
    turns = options.count(42, 12)
    with our_server() as server, bare_server(1, SAFETENSORS) as bare, browser.chromium() as program:
        ours = Stage(_opened(program, server.url))
        theirs = Stage(_new_page(program, bare_page(bare.url, *_boards(ours))))
        both = (ours, theirs)
        before_ms = work_ms()
        slid = _in_turn(both, "keydown", turns, Stage.slide)
        swayed = sway([*before_ms, *work_ms()])
        hovered = _in_turn(both, "pointermove", turns, Stage.point)
        requests: int = ours.page.evaluate("benchRequests")
    return [*_slider_rows(*slid, route_ms(), swayed), _hover_row(*hovered, requests)]


def _new_page(program: Browser, url: str) -> Page:
    """A page that tells when its stage has answered."""
    page = program.new_page(viewport=browser.WINDOW)
    page.add_init_script(KEEP_ANSWERS)
    page.goto(url)
    page.locator("lab-stage canvas").first.wait_for()
    return page


def _opened(program: Browser, url: str) -> Page:
    """The Lab with a 32×32 input, its cells large enough for numbers, at rest."""
    page = _new_page(program, f"{url}/lab")
    page.get_by_role("button", name="Pause").click()
    for name in ("rows", "columns"):
        field = page.get_by_label(f"input {name}")
        field.fill(str(SIDE))
        field.press("Enter")
    page.get_by_role("button", name="Numbers in every cell").click()
    page.wait_for_timeout(REST_MS)
    return page


def _boards(stage: Stage) -> tuple[tuple[int, int], list[dict[str, Any]]]:
    """The size of the stage in pixels, and where its planes stand with each stride."""
    boards = [stage.page.evaluate(BOARD)]
    for turn in range(2 * (STRIDES - 1)):  # there and back
        stage.slide(turn)
        boards.append(stage.page.evaluate(BOARD))
    width, height = stage.page.evaluate(SIZE)
    return (width, height), boards[:STRIDES]


def bare_page(url: str, size: tuple[int, int], boards: Sequence[dict[str, Any]]) -> str:
    """The address of the bare page with a stage of this size and these planes.

    Args:
        size: width and height in pixels.
        boards: for each step of the slider the size of a cell, and each plane's place in pixels and
            its rows and columns.
    """
    told_to_it = json.dumps({"width": size[0], "height": size[1], "boards": list(boards)})
    return f"{url}/pages/lab#{quote(told_to_it)}"


def _in_turn(
    stages: tuple[Stage, Stage], kind: str, turns: int, do: Callable[[Stage, int], None]
) -> tuple[Sequence[Answer], Sequence[Answer]]:
    """What both stages answered when they were told the same in turn."""
    for stage in stages:
        # The pointer beside everything: what moves under it would be looked for in every frame.
        stage.page.mouse.move(2, 2)
        stage.page.wait_for_timeout(REST_MS)
        stage.forget()
    for turn in range(turns):
        for stage in stages:
            do(stage, turn)
    ours, theirs = (stage.answers(kind) for stage in stages)
    return ours, theirs


def _slider_rows(
    ours: Sequence[Answer], theirs: Sequence[Answer], answered_ms: float, swayed: float
) -> tuple[Row, Row]:
    """The rows of the slider: p50 against the bare page's, p95 against our own p50."""
    durations_ms, bare_ms = ([answer["ms"] for answer in side] for side in (ours, theirs))
    p50, p95 = (percentile(durations_ms, percent) for percent in (50, 95))
    bare_p50 = percentile(bare_ms, 50)
    return (
        Row(
            f"{NAME}, slider",
            f"from the key on the stride's slider to the frame with the stage painted anew, a "
            f"{SIDE}×{SIDE} input with its numbers, in Chromium at 1440×900, p50; against a bare "
            "page that paints the same cells with a number in each by fillRect and fillText",
            Amount(p50, "ms"),
            Amount(bare_p50, "ms"),
            TARGET,
            slowness(bare_p50, answered_ms),
            details=(f"ours: {told(durations_ms)}", f"bare: {told(bare_ms)}"),
        ),
        Row(
            f"{NAME}, slider, p95",
            "the same, against its own p50: how steady it is",
            Amount(p95, "ms"),
            Amount(p50, "ms"),
            TARGET,
            slowness(bare_p50, answered_ms, swayed),
            details=(f"the same work, before and after: p95 by p50 {swayed:.2f}",),
        ),
    )


def _hover_row(ours: Sequence[Answer], theirs: Sequence[Answer], requests: int) -> Row:
    """The row of the pointer."""
    later = sum(answer["frames"] > 1 for answer in ours)
    frames, bare_frames = (
        percentile([answer["frames"] for answer in side], 95) for side in (ours, theirs)
    )
    return Row(
        f"{NAME}, hover",
        "how many frames after the pointer moved to another cell its answer was painted, p95; "
        "against a bare page that outlines the cell",
        Amount(frames, "frames"),
        Amount(bare_frames, "frames"),
        target=1,
        details=(
            f"{len(ours):,} movements, {later:,} of them answered later than in the next frame",
            f"from the event to the painted frame: {told([answer['ms'] for answer in ours])}",
            f"the bare page's: {told([answer['ms'] for answer in theirs])}",
            f"{requests:,} requests were made meanwhile",
        ),
    )
