"""Everything one takes away from the Lab is run or reopened, and holds the numbers torch gives."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageSequence
from playwright.sync_api import Page, Route, expect
from torch import Tensor
from torch.nn import functional

from tests.pages.lab_side import CLIPBOARD, Side, opened
from tests.pages.lab_stage import Stage
from tests.pages.programs import PROGRAM_SECONDS, run
from tests.pages.rest import until

Compute = Callable[[Tensor, Tensor], Tensor]

# What a link asks for, and what torch makes of the same operands.
CASES: dict[str, tuple[str, Compute]] = {
    "stride": ("", lambda x, w: functional.conv2d(x, w, stride=2)),
    "reflect": (
        "#stride=1&padding=2&padding_mode=reflect&dilation=2",
        lambda x, w: functional.conv2d(functional.pad(x, [2] * 4, "reflect"), w, dilation=2),
    ),
    "transposed": (
        "#operation=conv_transpose2d&stride=2&padding=1&output_padding=1",
        lambda x, w: functional.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1),
    ),
    "max": (
        "#operation=max&kernel_size=3&stride=2&padding=1&ceil_mode=true",
        lambda x, _: functional.max_pool2d(x, 3, 2, 1, ceil_mode=True),
    ),
    "average": (
        "#operation=average&kernel_size=3&stride=2&padding=1&count_include_pad=false",
        lambda x, _: functional.avg_pool2d(x, 3, 2, 1, count_include_pad=False),
    ),
    "lp": (
        "#operation=lp&kernel_size=2&stride=2&norm_type=3",
        lambda x, _: functional.lp_pool2d(x, 3.0, 2, 2),
    ),
    "adaptive": (
        "#operation=adaptive_average&output_size=3,5",
        lambda x, _: functional.adaptive_avg_pool2d(x, (3, 5)),
    ),
}
each_case = pytest.mark.parametrize("case", CASES)


@pytest.fixture
def open_side(visit: Any) -> Callable[[str], Side]:
    """Opens the Lab by a link, allowed to use the clipboard."""

    def open_link(address: str) -> Side:
        return opened(visit(f"/lab{address}", permissions=CLIPBOARD))

    return open_link


def wanted(side: Side, case: str) -> NDArray[np.float64]:
    """What torch makes of the operands that the page shows."""
    input = torch.from_numpy(side.array("input"))
    has_weight = "weight" in side.tensors()
    weight = torch.from_numpy(side.array("weight")) if has_weight else torch.empty(0)
    output: NDArray[np.float64] = CASES[case][1](input, weight).numpy()
    return output


def numbers_in(text: str) -> list[float]:
    """The numbers with a point in a printed text."""
    return [float(number) for number in re.findall(r"-?\d+\.\d*(?:e[+-]\d+)?", text)]


def printed_by(program: str, folder: Path) -> list[float]:
    """The numbers that a program prints before any further line of whole ones."""
    return numbers_in(run(program, folder))


@each_case
def test_programs_and_the_command_give_the_shown_numbers(
    open_side: Callable[[str], Side], case: str, base_url: str, tmp_path: Path
) -> None:
    side = open_side(CASES[case][0])
    expected = wanted(side, case)
    shown = side.array("output")
    np.testing.assert_allclose(shown, expected, rtol=1e-12, atol=1e-12)
    for library in ("PyTorch", "NumPy"):
        program = side.copied(library)
        assert ("torch" in program) is (library == "PyTorch")
        printed = printed_by(program, tmp_path)
        assert printed == pytest.approx(expected.ravel().tolist(), abs=1e-4), library
    answer = answer_of(side.copied("curl"), base_url)
    assert answer["output"]["dtype"] == "float64"
    np.testing.assert_allclose(answer["output"]["data"], shown, rtol=1e-12)


def test_copied_is_said_of_the_text_that_was_copied(open_side: Callable[[str], Side]) -> None:
    side = open_side("")
    # What is said for a while is said for ever: it ends by another text alone.
    side.page.evaluate(
        "() => { const usual = setTimeout; globalThis.setTimeout = (act, ms, ...rest) =>"
        " ms >= 2000 ? 0 : usual(act, ms, ...rest); }"
    )
    take = side.part("Take away")
    copy = take.get_by_role("button", name="Copy", exact=True)
    was_copied = take.get_by_role("button", name="Copied", exact=True)
    side.copied("PyTorch")
    side.choose_text("curl")
    expect(copy).to_be_enabled()
    side.choose_text("PyTorch")
    expect(was_copied).to_be_visible()
    # It was, whatever becomes of it since.
    side.page.get_by_role("slider", name="stride", exact=True).press("ArrowRight")
    expect(take.get_by_role("region", name="As PyTorch")).to_contain_text("stride=3")
    expect(was_copied).to_be_visible()


def answer_of(command: str, base_url: str) -> Any:
    """What the server answers to the command; sent by hand where there is no curl."""
    if shutil.which("curl") and shutil.which("sh"):
        done = subprocess.run(
            ["sh", "-c", command],
            capture_output=True,
            text=True,
            timeout=PROGRAM_SECONDS,
            check=True,
        )
        return json.loads(done.stdout)
    head, _, body = command.partition("<<'JSON'\n")
    address = head.split()[2]
    assert address.startswith(base_url)
    headers = {"content-type": "application/json"}
    return httpx2.post(address, content=body.rpartition("\nJSON\n")[0], headers=headers).json()


def test_a_large_input_is_read_from_its_file(
    open_side: Callable[[str], Side], tmp_path: Path
) -> None:
    side = open_side("#stride=3")
    column = side.page.locator("#lab-controls")
    for name in ("input rows", "input columns"):
        field = column.get_by_role("spinbutton", name=name)
        field.fill("40")
        field.press("Enter")
    take = side.part("Take away")
    expect(take.get_by_text("numpy.load")).to_be_visible()
    program = side.copied("PyTorch")
    (tmp_path / "input.npy").write_bytes(side.saved("input.npy"))
    printed = printed_by(program, tmp_path)
    expected = functional.conv2d(
        torch.from_numpy(np.load(tmp_path / "input.npy")),
        torch.from_numpy(side.array("weight")),
        stride=3,
    )
    assert printed == pytest.approx(expected.ravel().tolist(), abs=1e-4)


def test_the_numbers_are_the_same_in_every_form(open_side: Callable[[str], Side]) -> None:
    side = open_side("#operation=max&kernel_size=2&stride=2")
    input = torch.from_numpy(side.array("input"))
    values, indices = functional.max_pool2d(input, 2, return_indices=True)
    for name, wanted in {"output": values, "indices": indices, "input": input}.items():
        array = side.array(name)
        assert array.dtype == np.float64, name
        document = json.loads(side.saved("JSON"))
        assert document["shape"] == list(array.shape), name
        np.testing.assert_array_equal(np.array(document["data"]), array, name)
        rows = list(csv.reader(io.StringIO(side.saved("CSV").decode())))
        np.testing.assert_array_equal(np.array(rows, dtype=float)[None], array, name)
        np.testing.assert_array_equal(array, wanted.numpy(), name)


BACKWARD: dict[str, tuple[str, Callable[..., Tensor]]] = {
    "conv2d": (
        "#see=backward&stride=1",
        lambda x, w, b=None: functional.conv2d(x, w, b),
    ),
    "stride 2": ("#see=backward", lambda x, w, b=None: functional.conv2d(x, w, b, stride=2)),
    "flipped": (
        "#see=backward&stride=2&padding=1&flip_kernel=true",
        lambda x, w, b=None: functional.conv2d(x, w.flip(-2, -1), b, stride=2, padding=1),
    ),
    "transposed": (
        "#operation=conv_transpose2d&see=backward&stride=2&padding=1",
        lambda x, w, b=None: functional.conv_transpose2d(x, w, b, stride=2, padding=1),
    ),
    "max": (
        "#operation=max&see=backward&kernel_size=3&stride=2&padding=1",
        lambda x: functional.max_pool2d(x, 3, 2, 1),
    ),
    "average": (
        "#operation=average&see=backward&kernel_size=3&stride=2",
        lambda x: functional.avg_pool2d(x, 3, 2),
    ),
}
each_backward = pytest.mark.parametrize("case", BACKWARD)


def wanted_gradients(side: Side, case: str) -> dict[str, Tensor]:
    """What autograd makes of the operands and the output gradient that the page shows."""
    offered = side.tensors()
    names = [name for name in ("input", "weight", "bias") if name in offered]
    operands = {name: torch.from_numpy(side.array(name)).requires_grad_() for name in names}
    output = BACKWARD[case][1](*operands.values())
    by_output = torch.from_numpy(side.array("output_gradient"))
    found = torch.autograd.grad(output, list(operands.values()), by_output)
    return dict(zip(names, found, strict=True))


@each_backward
def test_the_gradients_can_be_saved_run_and_asked_for(
    open_side: Callable[[str], Side], case: str, base_url: str, tmp_path: Path
) -> None:
    side = open_side(BACKWARD[case][0])
    expected = wanted_gradients(side, case)
    answer = answer_of(side.copied("curl"), base_url)
    expect(side.part("Take away")).to_contain_text("Asks this server for the same gradients.")
    gradients = [f"{name}_gradient" for name in (*expected, "output")]
    assert side.tensors()[: len(gradients)] == gradients
    program = side.copied("PyTorch")
    printed = run(program, tmp_path)
    for name, gradient in expected.items():
        shown = side.array(f"{name}_gradient")
        np.testing.assert_allclose(shown, gradient.numpy(), rtol=1e-12, atol=1e-12)
        asked = answer[f"{name}_gradient"]["data"]
        np.testing.assert_allclose(asked, shown, rtol=1e-12, atol=1e-12)
        part = printed.partition(f"gradient of {name}\n")[2].partition("gradient of ")[0]
        assert numbers_in(part) == pytest.approx(gradient.ravel().tolist(), abs=1e-4)


def test_an_edited_output_gradient_is_in_every_text(
    open_side: Callable[[str], Side], base_url: str, tmp_path: Path
) -> None:
    side = open_side("#see=backward&frame=8")
    assert side.array("output_gradient").tolist() == np.ones((1, 3, 3)).tolist()
    field = side.page.locator("#lab-controls").get_by_label("bias", exact=True)
    field.fill("0.25")
    field.press("Enter")
    stage = Stage(side.page)
    stage.click("output", (3, 3), 1, 2)
    side.page.mouse.move(5, 500)
    weight = stage.label.get_by_label("output gradient")
    weight.fill("-2.5")
    weight.press("Enter")
    given = np.ones((1, 3, 3))
    given[0, 1, 2] = -2.5
    np.testing.assert_array_equal(side.array("output_gradient"), given)
    expected = wanted_gradients(side, "stride 2")
    printed = run(side.copied("PyTorch"), tmp_path)
    part = printed.partition("gradient of weight\n")[2]
    both = [*expected["weight"].ravel().tolist(), *expected["bias"].tolist()]
    assert numbers_in(part) == pytest.approx(both, abs=1e-4)
    answer = answer_of(side.copied("curl"), base_url)
    np.testing.assert_allclose(answer["weight_gradient"]["data"], expected["weight"], rtol=1e-12)


def test_numbers_that_are_not_finite_have_their_name(open_side: Callable[[str], Side]) -> None:
    side = open_side("#operation=max&kernel_size=2&stride=1&padding=1&dilation=2&input=ramp.1x1x1")
    array = side.array("output")
    assert array.tolist() == [[[-np.inf]]]
    assert json.loads(side.saved("JSON"))["data"] == [[["-Infinity"]]]
    read = np.loadtxt(io.BytesIO(side.saved("CSV")), delimiter=",", ndmin=2)
    np.testing.assert_array_equal(read[None], array)


def test_many_files_in_a_row_all_come(open_side: Callable[[str], Side]) -> None:
    side = open_side("")
    came: list[str] = []
    side.page.on("download", lambda download: came.append(download.suggested_filename))
    button = side.part("Take away").get_by_role("button", name="NPY", exact=True)
    for _ in range(24):
        button.evaluate("button => button.click()")
    until(side.page, lambda: len(came) >= 24)
    assert came == ["output.npy"] * 24


def test_the_film_has_a_frame_for_each_output_position(open_side: Callable[[str], Side]) -> None:
    side = open_side("")
    with Image.open(io.BytesIO(side.saved("GIF"))) as film:
        assert film.format == "GIF"
        assert getattr(film, "n_frames", 1) == side.array("output").size == 9
        frames = [np.array(frame.convert("RGB")) for frame in ImageSequence.Iterator(film)]
        durations = [frame.info["duration"] for frame in ImageSequence.Iterator(film)]
    assert all((one != two).any() for one, two in pairwise(frames))
    assert len(set(durations[:-1])) == 1
    assert durations[-1] > durations[0]
    # The output grows: of its cells ever fewer are empty.
    changed = [(frame != frames[-1]).any(axis=2).sum() for frame in frames]
    assert changed[0] > changed[-2] > 0


def test_a_long_film_is_cut_and_can_be_called_off(open_side: Callable[[str], Side]) -> None:
    side = open_side("#operation=average&kernel_size=1&stride=1")
    column = side.page.locator("#lab-controls")
    for name in ("input rows", "input columns"):
        field = column.get_by_role("spinbutton", name=name)
        field.fill("64")
        field.press("Enter")
    take = side.part("Take away")
    # What makes it is held, so that it cannot be made before it is called off.
    held: list[Route] = []
    side.page.route("**/film.js", lambda route: held.append(route))
    came: list[str] = []
    side.page.on("download", lambda download: came.append(download.suggested_filename))
    take.get_by_role("button", name="GIF", exact=True).click()
    take.get_by_role("button", name=re.compile("Call off the animation")).click()
    (route,) = held
    route.continue_()
    expect(take.get_by_role("button", name="GIF", exact=True)).to_be_enabled()
    assert came == []


def test_the_picture_is_the_stage(open_side: Callable[[str], Side]) -> None:
    side = open_side("")
    with Image.open(io.BytesIO(side.saved("PNG"))) as picture:
        picture.load()
        assert picture.format == "PNG"
        assert min(picture.size) > 400
        colours = picture.convert("RGB").getcolors(1 << 24)
        assert colours is not None
        assert len(colours) > 50


def test_the_drawing_holds_every_number(open_side: Callable[[str], Side]) -> None:
    side = open_side("#frame=8")
    drawing = ElementTree.fromstring(side.saved("SVG"))
    space = {"svg": "http://www.w3.org/2000/svg"}
    texts = [text.text or "" for text in drawing.findall("svg:text", space)]
    numbers = [float(t.replace("\u2212", "-")) for t in texts if re.fullmatch("\u2212?[\\d.]+", t)]
    assert len(numbers) == 64 + 9 + 9
    shown = side.array("output").ravel()
    assert numbers[-9:] == pytest.approx(shown.tolist(), abs=0.051)
    assert [t for t in texts if t.startswith("8 × 8")]
    assert len(drawing.findall("svg:rect", space)) > 82


def test_the_link_opens_the_same_elsewhere(open_side: Callable[[str], Side]) -> None:
    side = open_side("")
    side.page.locator("#lab-controls").get_by_role("slider", name="stride", exact=True).press(
        "Home"
    )
    side.page.locator("#lab-controls").get_by_role("button", name="Random").click()
    link = side.copied("Link")
    elsewhere = open_side(link.partition("/lab")[2])
    for name in ("input", "weight", "output"):
        np.testing.assert_array_equal(elsewhere.array(name), side.array(name))
    assert elsewhere.copied("PyTorch") == side.copied("PyTorch")


def test_latex_holds_the_numbers(open_side: Callable[[str], Side]) -> None:
    side = open_side("")
    text = side.copied("LaTeX")
    displays = re.findall(r"\\\[\n(.*?)\n\\\]", text, re.DOTALL)
    assert len(displays) == 2
    output = side.array("output")[0]
    matrix = displays[0].rpartition(r"\begin{pmatrix}")[2].partition(r"\end{pmatrix}")[0]
    rows = [[float(value) for value in row.split("&")] for row in matrix.split(r"\\")]
    np.testing.assert_allclose(rows, output, atol=0.0051)


def test_what_cannot_be_reached_is_said(open_side: Callable[[str], Side], watch: Any) -> None:
    side = open_side("")
    watch.expect("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    side.page.context.set_offline(True)
    side.page.locator("#lab-controls").get_by_role("button", name="Random").click()
    take = side.part("Take away")
    expect(take.get_by_role("button", name="Copy", exact=True)).to_be_disabled()
    expect(take.get_by_role("region", name="As PyTorch")).not_to_contain_text("import torch")
    side.choose_text("curl")
    expect(take.get_by_role("button", name="Copy", exact=True)).to_be_enabled()
    side.page.context.set_offline(False)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_side_is_accessible(visit: Any, axe: Any, theme: str) -> None:
    page: Page = visit("/lab", theme=theme)
    side = opened(page)
    side.part("Sweep").get_by_role("button", name="Ranges").click()
    axe(page, "#lab-side")
