"""Drawing, samples, uploads, preparation and the link, as a person does them."""

from __future__ import annotations

import io
import itertools
import json
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Response, Route, expect

from tests.pages import oracle
from tests.pages.network import NetworkPage, opened
from tests.pages.rest import settle, until

SEVEN = [(0.25, 0.22), (0.72, 0.22), (0.45, 0.8)]
ONE = [(0.5, 0.15), (0.5, 0.85)]
ZERO = [(0.5 + 0.22 * np.sin(t), 0.5 - 0.33 * np.cos(t)) for t in np.linspace(0, 2 * np.pi, 25)]


@pytest.fixture
def network(visit: Any) -> NetworkPage:
    """The page as a first-time visitor finds it."""
    return opened(visit("/"))


def png(image: Any) -> bytes:
    """The bytes of a grey PNG."""
    buffer = io.BytesIO()
    Image.fromarray(np.asarray(image, dtype=np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def upload(image: Any) -> FilePayload:
    """An image as a file that a person picks."""
    return {"name": "digit.png", "mimeType": "image/png", "buffer": png(image)}


def half_size(digit: Any) -> Any:
    """A digit at half size in the lower right corner of a bright 280×280 sheet."""
    sheet = np.full((280, 280), 255, np.uint8)
    small = Image.fromarray(digit).resize((140, 140), Image.Resampling.BICUBIC)
    sheet[136:276, 136:276] = 255 - np.asarray(small)
    return sheet


@pytest.mark.parametrize(("points", "label"), [(SEVEN, 7), (ONE, 1), (ZERO, 0)])
def test_a_drawn_digit_is_recognised(network: NetworkPage, points: Any, label: int) -> None:
    network.button("Clear").click()
    network.stroke(points)
    network.expect_prediction(label)


def test_the_picture_follows_during_the_stroke(network: NetworkPage) -> None:
    network.button("Clear").click()
    box = network.surface.bounding_box()
    assert box is not None
    # What fades has all beside the paper painted anew, frame by frame.
    fades = network.page.locator(".drawing-tools").evaluate_handle(
        """tools => {
            const fades = [];
            tools.addEventListener('transitionrun', ({ target }) => fades.push(target.className));
            return fades;
        }"""
    )
    mouse = network.page.mouse
    mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.15 * box["height"])
    mouse.down()
    mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.85 * box["height"], steps=12)
    network.expect_prediction(1)  # the button is still down
    mouse.up()
    assert fades.json_value() == []


def test_while_the_pen_moves_what_is_read_comes_together_and_seldom(network: NetworkPage) -> None:
    """No text changes more than ten times a second, and the brush's ring stands still."""
    network.button("Clear").click()
    page, ring = network.page, network.page.locator(".surface-ring")
    box = network.surface.bounding_box()
    assert box
    x, y, side = box["x"], box["y"], box["width"]
    page.mouse.move(x + 0.2 * side, y + 0.1 * side)
    page.mouse.down()
    page.mouse.move(x + 0.2 * side, y + 0.2 * side)
    settle(page)
    page.evaluate(
        """() => {
            globalThis.written = new Map();
            const now = () => document.timeline.currentTime;
            const note = (changes) => changes.forEach(({ target }) => {
                const place = target.parentElement?.closest('.bars, .frames, [data-place]');
                const name = place?.dataset.place ?? place?.className ?? '';
                globalThis.written.set(now(), [...(globalThis.written.get(now()) ?? []), name]);
            });
            new MutationObserver(note).observe(document, { subtree: true, characterData: true });
            globalThis.pictures = 0;
            new PerformanceObserver((list) => (globalThis.pictures += list.getEntries().length))
                .observe({ type: 'measure' });
        }"""
    )
    before = ring.get_attribute("style")
    for step in range(1, 60):
        page.mouse.move(x + (0.2 + 0.01 * step) * side, y + (0.1 + 0.3 * (step % 3)) * side)
    assert ring.get_attribute("style") == before
    written = dict(page.evaluate("[...written]"))
    assert page.evaluate("pictures") > len(written)
    page.mouse.up()
    assert ring.get_attribute("style") != before
    gaps = [now - last for last, now in itertools.pairwise(sorted(written))]
    assert len(gaps) > 1
    assert min(gaps) > 95
    places = {place.split(" ")[0] for names in written.values() for place in names}
    assert {"bars", "prediction", "legend", "frames"} <= places


def test_undo_redo_clear_and_fifty_steps(network: NetworkPage) -> None:
    network.wait_for_exact_values()  # the keys are there, too
    network.button("Clear").click()
    network.stroke(ONE)
    network.expect_prediction(1)
    network.button("Clear").click()
    network.stroke(ZERO)
    network.expect_prediction(0)
    network.button("Undo").click()
    network.button("Undo").click()
    network.expect_prediction(1)
    network.button("Redo").click()
    network.button("Redo").click()
    network.expect_prediction(0)
    for step in range(55):
        network.stroke([(0.1 + 0.01 * step, 0.93), (0.105 + 0.01 * step, 0.93)], steps=1)
    for _ in range(55):
        network.page.keyboard.press("Control+z")
    network.expect_prediction(0)


def test_a_sample_is_one_click(network: NetworkPage) -> None:
    for label in (3, 8, 0):
        network.button(f"Sample {label}").first.click()
        network.expect_prediction(label)
    until(network.page, lambda: network.probabilities()[0] > 0.5)


def test_an_uploaded_half_size_digit_in_a_corner_is_recognised(network: NetworkPage) -> None:
    images, labels = oracle.test_digits()
    for label in (2, 5):
        digit = images[labels == label][3]
        file = upload(half_size(digit))
        with network.page.expect_file_chooser() as chooser:
            network.button("Upload", exact=False).click()
        chooser.value.set_files(file)
        network.expect_prediction(label)
        expect(network.page.locator(".filmstrip")).to_contain_text("invert")


def test_dropping_and_pasting(network: NetworkPage) -> None:
    images, labels = oracle.test_digits()
    for kind, label in (("drop", 4), ("paste", 6)):
        content = list(png(half_size(images[labels == label][1])))
        network.page.evaluate(
            """([kind, content]) => {
                const transfer = new DataTransfer();
                const bytes = new Uint8Array(content);
                transfer.items.add(new File([bytes], 'a.png', { type: 'image/png' }));
                const options = { bubbles: true, cancelable: true };
                document.body.dispatchEvent(kind === 'drop'
                    ? new DragEvent('drop', { ...options, dataTransfer: transfer })
                    : new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
            }""",
            [kind, content],
        )
        network.expect_prediction(label)


def test_a_bad_file_is_told_beside_the_button_and_nothing_is_lost(
    network: NetworkPage, watch: Any
) -> None:
    watch.expect("status of 4(15|00|22)")
    network.button("Sample 3").first.click()
    network.expect_prediction(3)
    with network.page.expect_file_chooser() as chooser:
        network.button("Upload", exact=False).click()
    chooser.value.set_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"this is no picture"}
    )
    expect(network.page.locator("#upload-error")).not_to_be_empty()
    network.expect_prediction(3)


def test_each_step_can_be_switched_off_and_the_prediction_follows(network: NetworkPage) -> None:
    images, labels = oracle.test_digits()
    file = upload(half_size(images[labels == 5][3]))
    with network.page.expect_file_chooser() as chooser:
        network.button("Upload", exact=False).click()
    chooser.value.set_files(file)
    network.expect_prediction(5)
    before = network.probabilities()
    crop = network.button("crop")
    crop.click()
    expect(crop).to_have_attribute("aria-pressed", "false")
    expect(network.page).to_have_url(re.compile("without=crop"))
    until(network.page, lambda: network.probabilities() != before)
    crop.click()
    network.expect_prediction(5)


def test_a_link_shows_the_same_in_a_fresh_browser(network: NetworkPage, visit: Any) -> None:
    network.button("Clear").click()
    network.stroke(SEVEN)
    network.expect_prediction(7)
    network.open(network.fragment("ink=") + "&open=conv2.3.5.7&range=map")
    expect(network.detail.locator(".check")).to_be_visible()
    network.wait_for_exact_values()
    link = network.fragment("range=map")
    assert "ink=" in link
    other = NetworkPage(visit(f"/#{link}"))
    expect(other.detail.locator(".check")).to_be_visible()
    check = [n.detail.locator(".check") for n in (network, other)]
    until(other.page, lambda: check[0].inner_text() == check[1].inner_text())
    until(other.page, lambda: np.array_equal(network.pixels("conv2"), other.pixels("conv2")))


@pytest.mark.parametrize(
    "address",
    [
        "#ink=%00garbage",
        "#open=conv9.1",
        "#open=conv2.99999.0.0",
        "#open=....",
        "#zoom=NaN&range=x&invert=7",
    ],
)
def test_a_broken_link_falls_back(visit: Any, address: str) -> None:
    opened(visit("/" + address))


def test_the_strip_at_rest_is_of_what_is_drawn(network: NetworkPage) -> None:
    """While a pen draws, answers come without the steps of the preparation too."""
    page = network.page
    answers: list[Response] = []
    page.on("response", lambda told: answers.append(told) if "/forward?" in told.url else None)
    network.button("Clear").click()
    network.stroke(ZERO, steps=6)
    network.expect_prediction(0)
    until(page, lambda: "steps=none" not in answers[-1].url and "float32" in answers[-1].url)
    drawn = [answer.url for answer in answers if "float32" in answer.url]
    assert any("steps=none" in url for url in drawn), drawn
    body = answers[-1].body()
    head = json.loads(body[8 : 8 + int.from_bytes(body[:8], "little")])
    steps = json.loads(head["__metadata__"]["document"])["steps"]
    told = {step["name"]: step["detail"] for step in steps}
    assert "The ink's box" in told["cropped"]
    for name in ("cropped", "scaled", "centred", "normalized"):
        expect(page.locator(f"#step-{name}")).to_have_text(told[name])


def test_a_late_answer_is_never_shown(network: NetworkPage) -> None:
    """The first answer after Clear is held back; what is drawn meanwhile still wins."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if not held:
            held.append(route)
            network.page.wait_for_timeout(400)
        route.continue_()

    network.page.route("**/forward?*", hold)
    network.button("Clear").click()
    network.stroke(ONE)
    network.expect_prediction(1)
    network.page.wait_for_timeout(600)
    network.expect_prediction(1)


def test_when_the_server_refuses_a_sentence_says_so(network: NetworkPage, watch: Any) -> None:
    watch.expect("status of 503")
    problem = {"type": "about:blank", "title": "Busy", "status": 503, "detail": "Too much to do."}
    expect(network.button("Sample 2").first).to_be_visible()
    network.page.route(
        "**/forward?*",
        lambda route: route.fulfill(
            status=503, content_type="application/problem+json", body=json.dumps(problem)
        ),
    )
    network.button("Sample 2").first.click()
    told = network.page.get_by_role("alert").filter(has_text="Too much to do.")
    expect(told).to_be_visible()
    network.page.set_viewport_size({"width": 390, "height": 844})
    network.page.evaluate("scrollTo(0, 0)")  # to the paper, far above the network
    expect(told).to_be_in_viewport()
    network.page.unroute("**/forward?*")
    network.button("Sample 8").first.click()
    network.expect_prediction(8)
    expect(network.page.get_by_text("Too much to do.")).to_have_count(0)


def test_what_is_no_longer_drawn_fades_until_it_is_true_again(
    network: NetworkPage, watch: Any
) -> None:
    """A quick answer fades nothing; one that fails or is late does."""
    watch.expect("status of 503|ERR_FAILED")
    page = network.page
    expect(page.locator("[data-share]")).to_be_enabled()
    opacity = "element => Number(getComputedStyle(element).opacity)"
    flow = page.locator("network-flow")
    seen = page.evaluate_handle(
        """() => {
            const seen = [];
            new MutationObserver(() => seen.push(document.body.className))
                .observe(document.body, { attributes: true });
            return seen;
        }"""
    )
    network.button("Sample 2").first.click()
    network.expect_prediction(2)
    assert seen.json_value() == []
    page.route("**/forward?*", lambda route: route.abort())
    network.button("Sample 3").first.click()
    expect(page.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()
    until(page, lambda: flow.evaluate(opacity) < 0.5)
    assert network.surface.evaluate(opacity) == 1
    page.unroute("**/forward?*")
    network.expect_prediction(3)
    until(page, lambda: flow.evaluate(opacity) == 1)


def test_drawing_by_keyboard(network: NetworkPage) -> None:
    # The keys are learned behind the first picture, and described from then on.
    expect(network.surface).to_have_accessible_description(re.compile("arrow keys move the cross"))
    network.button("Clear").click()
    network.surface.focus()
    keys = network.page.keyboard
    for _ in range(5):
        keys.press("Shift+ArrowUp")
    keys.press("Space")
    for _ in range(10):
        keys.press("Shift+ArrowDown")
    keys.press("Space")
    network.expect_prediction(1)


def test_back_changes_what_is_open_and_never_the_drawing(network: NetworkPage) -> None:
    network.button("Clear").click()
    network.stroke(ONE)
    network.expect_prediction(1)
    network.page.get_by_role("button", name=re.compile(r"^conv1")).first.click()
    expect(network.detail.locator("h2").first).to_be_visible()
    network.stroke([(0.3, 0.15), (0.7, 0.15)])
    network.page.go_back()
    expect(network.detail).to_have_count(0)
    expect(network.surface).to_have_attribute("aria-label", re.compile("2 strokes"))


def test_a_link_with_a_sample_that_is_not_there_still_draws(visit: Any, watch: Any) -> None:
    watch.expect("status of 404")
    network = opened(visit("/#ink=AQEKZGlnaXQtOS05OQ"))
    network.stroke(ONE)
    network.expect_prediction(1)


def test_an_unknown_network_in_a_link_falls_back(visit: Any, watch: Any) -> None:
    watch.expect("status of 404")
    network = opened(visit("/#network=nowhere"))
    network.expect_prediction(7)


def test_the_picture_catches_up_once_the_server_is_back(network: NetworkPage, watch: Any) -> None:
    watch.expect("status of 503")
    network.button("Clear").click()
    refused: list[Route] = []

    def refuse(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route)
            route.fulfill(status=503, content_type="application/problem+json", body="{}")

    network.page.route("**/forward?*", refuse)
    network.stroke(ONE)
    network.expect_prediction(1)
    expect(network.page.get_by_role("alert").filter(has_text="503")).to_have_count(0)
